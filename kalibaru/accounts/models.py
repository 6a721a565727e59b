"""People. What a person may do follows from memberships and from the group `moderators`, not from a column."""

import uuid
from functools import cached_property

import pghistory
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MODERATORS = "moderators"


class UserQuerySet(models.QuerySet["User"]):
    """Questions about people."""

    def moderators(self) -> "UserQuerySet":
        """Return the people of the secretariat who may sign in."""
        return self.filter(groups__name=MODERATORS, is_active=True)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Makes users by e-mail."""

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Create a person; the e-mail is kept in lower case."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        """Create a person who may do everything in the back office."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by e-mail whatever its capitals."""
        return self.get(email=(username or "").lower())


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Public pages show `display_name` only, never the e-mail."""

    class Language(models.TextChoices):
        """Language of pages after sign-in and of mail."""

        ID = "id", _("Bahasa Indonesia")
        EN = "en", _("Inggris")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, verbose_name=_("nomor pengenal"))
    email = models.EmailField(_("surel"), unique=True)
    display_name = models.CharField(_("nama tampilan"), max_length=80)
    language = models.CharField(_("bahasa"), max_length=2, choices=Language, default=Language.ID)
    time_zone = models.CharField(_("zona waktu"), max_length=40, default="Asia/Jakarta")
    consent_version = models.CharField(_("versi persetujuan"), max_length=20, blank=True)
    consented_at = models.DateTimeField(_("waktu persetujuan"), null=True, blank=True)
    is_active = models.BooleanField(_("aktif"), default=True)
    is_staff = models.BooleanField(_("boleh masuk halaman pengurus"), default=False)
    is_demo = models.BooleanField(_("akun contoh"), default=False)
    erased_at = models.DateTimeField(_("dihapus pada"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("bergabung"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True, verbose_name=_("diperbarui"))

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("orang")
        verbose_name_plural = _("orang")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self) -> str:
        return self.display_name or _("Tanpa nama")

    def get_full_name(self) -> str:
        """Return the name that the back office shows beside the menu, instead of the e-mail."""
        return str(self)

    @cached_property
    def is_moderator(self) -> bool:
        """Whether the person is in the secretariat's group of moderators, or a superuser."""
        return self.is_active and (self.is_superuser or self.groups.filter(name=MODERATORS).exists())
