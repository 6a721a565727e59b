"""Addresses of comments and reports."""

from django.urls import path

from kalibaru.discussions import views

app_name = "discussions"
urlpatterns = [
    path("on/<slug:subject_type>/<uuid:subject_id>/", views.add, name="add"),
    path("comments/<uuid:pk>/", views.comment, name="comment"),
    path("comments/<uuid:pk>/report/", views.report, name="report"),
    path("comments/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("comments/<uuid:pk>/hide/", views.hide, name="hide"),
    path("comments/<uuid:pk>/unhide/", views.unhide, name="unhide"),
    path("reports/<uuid:pk>/", views.report_decide, name="report_decide"),
    path("reports/<uuid:pk>/uphold/", views.uphold, name="uphold"),
    path("reports/<uuid:pk>/dismiss/", views.dismiss, name="dismiss"),
]
