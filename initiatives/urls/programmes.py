"""Addresses of programmes."""

app_name = "programmes"
urlpatterns: list = []
