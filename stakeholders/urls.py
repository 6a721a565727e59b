"""Addresses of organisations."""

from django.urls import path

from stakeholders.views import moderation, people, public, registration

app_name = "stakeholders"
urlpatterns = [
    path("", public.organisation_list, name="list"),
    path("list.<str:file_format>", public.organisation_export, name="export"),
    path("register/", registration.register, name="register"),
    path("lookalikes/", registration.lookalike_list, name="lookalikes"),
    path("memberships/<uuid:pk>/", people.invitation, name="invitation"),
    path("memberships/<uuid:pk>/<slug:deed>/", people.membership_deed, name="membership"),
    path("<slug:slug>/", public.organisation_detail, name="detail"),
    path("<slug:slug>/edit/", registration.edit, name="edit"),
    path("<slug:slug>/submit/", registration.submit, name="submit"),
    path("<slug:slug>/members/", people.members, name="members"),
    path("<slug:slug>/join/", people.join, name="join"),
    path("<slug:slug>/documents/<uuid:pk>/", public.organisation_document, name="document"),
    path("<slug:slug>/decide/", moderation.decide, name="decide"),
    path("<slug:slug>/merge/", moderation.merge, name="merge"),
]
