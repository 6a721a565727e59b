"""Addresses of organisations."""

app_name = "stakeholders"
urlpatterns: list = []
