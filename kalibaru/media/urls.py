"""Addresses of photos. Documents have none: the room they belong to sends them."""

from django.urls import re_path

from kalibaru.media import views

urlpatterns = [
    re_path(r"^photos/(?P<name>\d{4}/\d{2}/[0-9a-zA-Z_-]{1,100}\.webp)$", views.photo, name="photo"),
]
