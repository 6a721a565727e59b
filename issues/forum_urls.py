"""Addresses of forums."""

app_name = "forums"
urlpatterns: list = []
