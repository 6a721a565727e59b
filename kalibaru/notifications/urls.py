"""Addresses of the inbox and its settings."""

from django.urls import path

from kalibaru.notifications import views

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("open/", views.open_line, name="inbox_open"),
    path("read/", views.read_all, name="inbox_read_all"),
    path("settings/", views.notification_settings, name="notification_settings"),
    path("figures/", views.figures, name="figures"),
    path("following/", views.my_follows, name="following"),
    path("following/adopt/", views.adopt, name="adopt_guest"),
    path("follow/", views.follow, name="follow"),
    path("follow/search/", views.follow_search, name="follow_search"),
    path("follow/search/stop/", views.stop_search, name="stop_search"),
    path("follow/mail/", views.guest_follow, name="guest_follow"),
    path("follow/mail/confirm/<str:token>/", views.guest_confirm, name="guest_confirm"),
    path("follow/mail/manage/<str:token>/", views.guest_manage, name="guest_manage"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
