"""Addresses of initiatives."""

from django.urls import path

from initiatives.views.initiatives import detail, edit, lists, work

app_name = "initiatives"
urlpatterns = [
    path("", lists.index, name="list"),
    path("list.<str:file_format>", lists.download, name="export"),
    path("new/", edit.new, name="new"),
    path("<slug:slug>/", detail.detail, name="detail"),
    path("<slug:slug>/edit/", edit.edit, name="edit"),
    path("<slug:slug>/state/<slug:deed>/", edit.state, name="state"),
    path("<slug:slug>/partners/", edit.partners, name="partners"),
    path("<slug:slug>/partners/<uuid:pk>/role/", edit.role, name="role"),
    path("<slug:slug>/partners/<uuid:pk>/remove/", edit.remove, name="remove"),
    path("<slug:slug>/milestones/", work.milestones, name="milestones"),
    path("<slug:slug>/milestones/<uuid:pk>/", work.edit_milestone, name="edit_milestone"),
    path("<slug:slug>/milestones/<uuid:pk>/<slug:deed>/", work.close_milestone, name="close_milestone"),
    path("<slug:slug>/targets/", work.targets, name="targets"),
    path("<slug:slug>/targets/<uuid:pk>/", work.record, name="record"),
    path("<slug:slug>/updates/new/", work.new_update, name="new_update"),
    path("<slug:slug>/lessons/new/", work.new_lesson, name="new_lesson"),
]
