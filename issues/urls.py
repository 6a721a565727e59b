"""Addresses of problems."""

from django.urls import path

from issues import measurement_views as figures
from issues import views

app_name = "issues"
urlpatterns = [
    path("", views.index, name="list"),
    path("list.<str:file_format>", views.download, name="export"),
    path("needs/<uuid:pk>/edit/", views.edit_need, name="edit_need"),
    path("needs/<uuid:pk>/<slug:deed>/", views.settle_need, name="settle_need"),
    path("indicators/<uuid:pk>/", figures.indicator, name="indicator"),
    path("indicators/<uuid:pk>/figures.<str:file_format>", figures.download, name="figures"),
    path("indicators/<uuid:pk>/figures/new/", figures.new, name="new_measurement"),
    path("figures/<uuid:pk>/", figures.detail, name="measurement"),
    path("figures/<uuid:pk>/edit/", figures.edit, name="edit_measurement"),
    path("figures/<uuid:pk>/correct/", figures.correct, name="correct_measurement"),
    path("figures/<uuid:pk>/evidence/", figures.evidence, name="measurement_evidence"),
    path("figures/<uuid:pk>/<slug:deed>/", figures.decide, name="decide_measurement"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/state/<slug:deed>/", views.change_state, name="change_state"),
    path("<slug:slug>/needs/new/", views.new_need, name="new_need"),
]
