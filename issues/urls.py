"""Addresses of problems."""

from django.urls import path

from issues import views

app_name = "issues"
urlpatterns = [
    path("", views.index, name="list"),
    path("list.<str:file_format>", views.download, name="export"),
    path("needs/<uuid:pk>/edit/", views.edit_need, name="edit_need"),
    path("needs/<uuid:pk>/<slug:deed>/", views.settle_need, name="settle_need"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/state/<slug:deed>/", views.change_state, name="change_state"),
    path("<slug:slug>/needs/new/", views.new_need, name="new_need"),
]
