"""Addresses of comments and reports."""

app_name = "discussions"
urlpatterns: list = []
