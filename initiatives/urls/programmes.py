"""Addresses of programmes."""

from django.urls import path

from initiatives.views import imports, matrix, realisation
from initiatives.views import programmes as views

app_name = "programmes"
urlpatterns = [
    path("", views.index, name="list"),
    path("list.<str:file_format>", views.download, name="export"),
    path("new/", views.new, name="new"),
    path("matrix/", matrix.index, name="matrix"),
    path("matrix/download.xlsx", matrix.download, name="matrix_download"),
    path("realisation/", realisation.grid, name="realisation"),
    path("realisation/copy/", realisation.copy, name="realisation_copy"),
    path("import/", imports.index, name="imports"),
    path("import/template.xlsx", imports.template, name="import_template"),
    path("import/<uuid:pk>/", imports.detail, name="import"),
    path("import/<uuid:pk>/replace/", imports.replace, name="import_replace"),
    path("import/<uuid:pk>/apply/", imports.apply, name="import_apply"),
    path("import/<uuid:pk>/cancel/", imports.cancel, name="import_cancel"),
    path("import/<uuid:pk>/columns/", imports.columns, name="import_columns"),
    path("import/<uuid:pk>/marked.xlsx", imports.marked_sheet, name="import_marked"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/edit/", views.edit, name="edit"),
    path("<uuid:pk>/publish/", views.publish, name="publish"),
    path("<uuid:pk>/finish/", views.finish, name="finish"),
    path("<uuid:pk>/notes/new/", views.note, name="note"),
]
