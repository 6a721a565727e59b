"""Addresses of the pages that compose all rooms."""

from django.urls import path

from kalibaru.portal import desks, styleguide, views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("areas/<str:code>/", views.area, name="area"),
    path("areas/<str:code>/share/", views.share_area, name="share_area"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("workspace/", desks.workspace, name="workspace"),
    path("moderation/", desks.moderation, name="moderation"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
