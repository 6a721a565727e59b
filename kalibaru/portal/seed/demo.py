"""The demonstration set: people, organisations and what they do together."""

from kalibaru.places.models import Area
from kalibaru.portal.seed.demo_examples import SUDIN
from kalibaru.portal.seed.demo_figures import add_figures
from kalibaru.portal.seed.demo_initiatives import seed_demo_initiatives
from kalibaru.portal.seed.demo_people import seed_demo_organisations, seed_people
from kalibaru.portal.seed.demo_sheets import seed_demo_sheets
from kalibaru.portal.seed.demo_work import seed_demo_work


def seed_demo(kalibaru: Area) -> None:
    """Make what is missing of the demonstration set."""
    people = seed_people()
    organisations = seed_demo_organisations(people, kalibaru)
    initiatives = seed_demo_initiatives(organisations, kalibaru)
    seed_demo_work(people, organisations, initiatives, kalibaru)
    add_figures(people, organisations, kalibaru)
    seed_demo_sheets(people["dewi"], organisations[SUDIN])
