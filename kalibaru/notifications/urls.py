"""Addresses of the inbox and its settings."""

from django.urls import path

from kalibaru.notifications import views

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("open/", views.open_line, name="inbox_open"),
    path("read/", views.read_all, name="inbox_read_all"),
    path("settings/", views.notification_settings, name="notification_settings"),
    path("follow/", views.follow, name="follow"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
