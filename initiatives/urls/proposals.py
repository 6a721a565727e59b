"""Addresses of proposals."""

from django.urls import path

from initiatives.views.proposals import deciding, reading, writing

app_name = "proposals"
urlpatterns = [
    path("", reading.index, name="list"),
    path("new/", writing.new, name="new"),
    path("<uuid:pk>/", reading.detail, name="detail"),
    path("<uuid:pk>/edit/", writing.edit, name="edit"),
    path("<uuid:pk>/files/<uuid:file>/", reading.download, name="file"),
    path("<uuid:pk>/co-sponsors/<uuid:sponsor>/<str:answer>/", deciding.answer_invitation, name="answer_invitation"),
    path("<uuid:pk>/<str:name>/", deciding.deed, name="deed"),
]
