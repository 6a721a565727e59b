"""Addresses of forums."""

from django.urls import path

from issues import forum_views as views

app_name = "forums"
urlpatterns = [
    path("", views.index, name="list"),
    path("list.<str:file_format>", views.download, name="export"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/publish/", views.publish, name="publish"),
]
