"""One persona set and one set of rows for all tests."""

import factory
from django.contrib.auth.models import Group
from django.utils import timezone

from initiatives.models import ExpectedResult, Initiative, Partner, Programme, Proposal
from issues.models import Indicator, Measurement, Need, PriorityIssue
from kalibaru.accounts.models import MODERATORS, User
from kalibaru.places.models import Area
from stakeholders.models import Membership, Organisation


class UserFactory(factory.django.DjangoModelFactory):
    """A person with a verified e-mail."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"orang{n}@warga.example")
    display_name = factory.Sequence(lambda n: f"Orang {n}")
    password = factory.django.Password("kalibaru-hub-demo")

    @factory.post_generation
    def verified(user, create, extracted, **_kwargs):
        """allauth lets nobody in without a verified address."""
        if create and extracted is not False:
            user.emailaddress_set.create(email=user.email, verified=True, primary=True)


def moderator(**fields) -> User:
    """Return a person of the secretariat."""
    user = UserFactory(is_staff=True, **fields)
    user.groups.add(Group.objects.get_or_create(name=MODERATORS)[0])
    return user


class AreaFactory(factory.django.DjangoModelFactory):
    """A kelurahan."""

    class Meta:
        model = Area
        django_get_or_create = ("code",)

    code = "31.72.04.1004"
    level = Area.Level.WARD
    name = "Kalibaru"


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A verified NGO."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Contoh Organisasi {n}")
    slug = factory.Sequence(lambda n: f"contoh-organisasi-{n}")
    platform = "civil"
    kind = Organisation.Kind.NGO
    state = Organisation.State.VERIFIED
    is_demo = True


class MembershipFactory(factory.django.DjangoModelFactory):
    """An active owner."""

    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    role = Membership.Role.OWNER
    state = Membership.State.ACTIVE


class PriorityIssueFactory(factory.django.DjangoModelFactory):
    """A published problem."""

    class Meta:
        model = PriorityIssue

    title = factory.Sequence(lambda n: f"Contoh Masalah {n}")
    slug = factory.Sequence(lambda n: f"contoh-masalah-{n}")
    summary = "Contoh ringkasan masalah."
    state = PriorityIssue.State.PUBLISHED
    is_demo = True


class NeedFactory(factory.django.DjangoModelFactory):
    """An open need."""

    class Meta:
        model = Need

    issue = factory.SubFactory(PriorityIssueFactory)
    kind = Need.Kind.VOLUNTEERS
    title = factory.Sequence(lambda n: f"Contoh kebutuhan {n}")


class ProgrammeFactory(factory.django.DjangoModelFactory):
    """A published programme of a government organisation."""

    class Meta:
        model = Programme

    organisation = factory.SubFactory(OrganisationFactory, platform="government", kind="agency")
    programme_name = "Contoh program"
    activity_name = factory.Sequence(lambda n: f"Contoh kegiatan {n}")
    output = "Contoh keluaran"
    unit = "orang"
    funding_source = "apbd"
    state = Programme.State.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)
    is_demo = True


class ProposalFactory(factory.django.DjangoModelFactory):
    """A complete draft."""

    class Meta:
        model = Proposal
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    issue = factory.SubFactory(PriorityIssueFactory)
    title = factory.Sequence(lambda n: f"Contoh usulan {n}")
    summary = "Contoh ringkasan usulan."
    approach = "Contoh cara kerja."
    is_demo = True

    @factory.post_generation
    def complete(proposal, create, extracted, **_kwargs):
        """An area and a result, without which nothing is submitted."""
        if create and extracted is not False:
            proposal.areas.add(AreaFactory())
            ExpectedResult.objects.create(proposal=proposal, name="Contoh hasil", unit="orang", goal=100)


class InitiativeFactory(factory.django.DjangoModelFactory):
    """A published, running initiative. Its facet arrays are set by `initiatives.services.facets`."""

    class Meta:
        model = Initiative

    title = factory.Sequence(lambda n: f"Contoh inisiatif {n}")
    slug = factory.Sequence(lambda n: f"contoh-inisiatif-{n}")
    summary = "Contoh ringkasan inisiatif."
    state = Initiative.State.ACTIVE
    published_at = factory.LazyFunction(timezone.now)
    is_demo = True


class PartnerFactory(factory.django.DjangoModelFactory):
    """A lead partner."""

    class Meta:
        model = Partner

    initiative = factory.SubFactory(InitiativeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Partner.Role.LEAD


class IndicatorFactory(factory.django.DjangoModelFactory):
    """A local indicator on its way from 10 (end of 2023) up to 50 (end of 2027)."""

    class Meta:
        model = Indicator

    issue = factory.SubFactory(PriorityIssueFactory)
    name = factory.Sequence(lambda n: f"Contoh indikator {n}")
    unit = "persen"
    baseline, baseline_year, target, target_year = 10, 2023, 50, 2027
    is_demo = True


class MeasurementFactory(factory.django.DjangoModelFactory):
    """A draft figure with a source."""

    class Meta:
        model = Measurement

    indicator = factory.SubFactory(IndicatorFactory)
    area = factory.SubFactory(AreaFactory)
    year, part, value = 2025, 0, 30
    source_title = "Contoh catatan"
    is_demo = True
