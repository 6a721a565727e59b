"""Addresses of programmes."""

from django.urls import path

from initiatives.views import programmes as views

app_name = "programmes"
urlpatterns = [
    path("", views.index, name="list"),
    path("list.<str:file_format>", views.download, name="export"),
    path("new/", views.new, name="new"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/edit/", views.edit, name="edit"),
    path("<uuid:pk>/publish/", views.publish, name="publish"),
    path("<uuid:pk>/finish/", views.finish, name="finish"),
    path("<uuid:pk>/notes/new/", views.note, name="note"),
]
