"""Addresses of problems."""

app_name = "issues"
urlpatterns: list = []
