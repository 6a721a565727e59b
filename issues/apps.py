"""Priority problems, what is known about them, who has a stake, and where help is needed."""

from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "issues"
    verbose_name = "Masalah prioritas"
