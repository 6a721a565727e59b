"""Addresses of sign-in (allauth) and of one's own account."""

from django.urls import include, path

from kalibaru.accounts import views

urlpatterns = [
    path("settings/", views.account_settings, name="account_settings"),
    path("settings/export/", views.export, name="account_export"),
    path("settings/erase/", views.erase, name="account_erase"),
    path("", include("allauth.urls")),
]
