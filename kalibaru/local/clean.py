"""`make clean`: forget everything this checkout wrote on this machine."""

import shutil
from contextlib import ExitStack

from kalibaru.local.place import Place, say
from kalibaru.local.postgres import socket_folder
from kalibaru.local.process import end_leftovers

PURPOSES = ("", "test", "bench")


def clean() -> None:
    """End what is left, then remove `.local/`: database, mail, uploads, secrets and environment."""
    with ExitStack() as stack:
        places = [stack.enter_context(Place.named(purpose).held()) for purpose in PURPOSES]
        for place in places:
            end_leftovers(place)
        say(f"· removing {places[0].base} (database, uploads, mail, secrets, Python environment)")
        for place in places:
            shutil.rmtree(socket_folder(place), ignore_errors=True)
        shutil.rmtree(places[0].base)
