"""`python -m kalibaru.local COMMAND`: what the Makefile calls once the environment stands."""

import sys

from kalibaru.local.place import Stop


def main(arguments: list[str]) -> int:
    """Run one command; a Stop is one line for the person, never a traceback."""
    from kalibaru.local import checking, clean, prepare, run, testing

    commands = {
        "run": run.run,
        "prepare": prepare.prepare,
        "template": prepare.template,
        "test": testing.test,
        "e2e": testing.end_to_end,
        "bench": testing.bench,
        "faults": testing.faults,
        "lint": checking.lint,
        "format": checking.format_code,
        "lock": checking.lock,
        "clean": clean.clean,
    }
    if not arguments or arguments[0] not in commands:
        print(f"usage: python -m kalibaru.local {'|'.join(commands)}", file=sys.stderr)
        return 2
    try:
        return int(commands[arguments[0]](*arguments[1:]) or 0)
    except Stop as stop:
        if str(stop):
            print(f"Kalibaru HUB: {stop}", file=sys.stderr)
        return stop.code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
