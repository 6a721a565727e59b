"""Addresses of the inbox and its settings."""

urlpatterns: list = []
