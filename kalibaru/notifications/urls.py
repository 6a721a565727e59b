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
    path("address/check/", views.address_check, name="address_check"),
    path("address/confirm/<str:token>/", views.address_confirm, name="address_confirm"),
    path("mail-report/<slug:provider>/", views.mail_report, name="mail_report"),
    path("push/", views.push_start, name="push_start"),
    path("push/stop/", views.push_stop, name="push_stop"),
    path("operations/", views.operations, name="operations"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
