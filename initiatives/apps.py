"""Programmes, proposals, and the joint initiatives they become."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = "Inisiatif"
