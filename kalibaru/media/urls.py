"""Addresses of photos."""

urlpatterns: list = []
