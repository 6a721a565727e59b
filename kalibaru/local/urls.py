"""Addresses of the local profile, under /dev/."""

from django.urls import path

from kalibaru.local import views

urlpatterns = [
    path("mail/", views.mailbox, name="dev_mail"),
    path("mail/<slug:name>/", views.message, name="dev_mail_message"),
    path("mail/<slug:name>/html", views.message_html, name="dev_mail_html"),
    path("mail/<slug:name>/attachment/<int:number>", views.attachment, name="dev_mail_attachment"),
]
