"""Addresses of the inbox and its settings."""

from django.urls import path

from kalibaru.notifications import views

urlpatterns = [
    path("follow/", views.follow, name="follow"),
]
