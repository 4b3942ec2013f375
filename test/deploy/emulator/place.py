"""Where MiniStack is changed. Each place is named by module and name; one that is not there stops the start."""

from importlib import import_module
from importlib.metadata import version

KNOWN = "1.5.33"


def check_version():
    found = version("ministack")
    if found != KNOWN:
        raise SystemExit(f"these changes are for ministack {KNOWN}, not {found}: look at each again")


def module(name):
    return import_module(f"ministack.{name}")


def replace(owner, name, make):
    """Puts make(what is there) in the place of what is there.

    :param owner: a module, or a table of handlers
    """
    there = owner.get(name) if isinstance(owner, dict) else getattr(owner, name, None)
    if there is None:
        raise SystemExit(f"ministack {KNOWN} has no {name} in {getattr(owner, '__name__', 'its table')}")
    made = make(there)
    if isinstance(owner, dict):
        owner[name] = made
    else:
        setattr(owner, name, made)


def add(table, name, value):
    """Adds what is unknown to it. One that is known by now may be better than ours."""
    if name in table:
        raise SystemExit(f"ministack {KNOWN} knows {name} by itself")
    table[name] = value
