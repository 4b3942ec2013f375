"""What a program tells the test that runs it, one JSON object a line, and what it is told.

{"promise": name, "kept": true}            what it promised, or with "why" for what was not kept
{"visit": url}                             asks for the callback that a user's browser ends at, who signs in
                                           and allows; it is the next line of standard input
"""

import json
import os
from contextlib import contextmanager

ISSUER = os.environ["ISSUER"]
API = os.environ["API"]
CLIENT_ID = os.environ["CLIENT_ID"]
CLIENT_SECRET = os.environ["CLIENT_SECRET"]
REDIRECT_URI = os.environ["REDIRECT_URI"]
SCOPE = os.environ["SCOPE"]
OWN_ID = os.environ["OWN_ID"]
OWN_SECRET = os.environ["OWN_SECRET"]


def say(**line):
    print(json.dumps(line), flush=True)


def visited(url):
    say(visit=url)
    return input()


@contextmanager
def promise(name):
    """Of a promise that is not kept the program goes on: the others have their own say."""
    try:
        yield
        say(promise=name, kept=True)
    except Exception as error:  # noqa: BLE001
        say(promise=name, kept=False, why=f"{type(error).__name__}: {error}")


@contextmanager
def refused(name, *expected):
    """Kept by an error, and by no other kind of it than is expected."""
    try:
        yield
    except expected as error:
        say(promise=name, kept=True, why=f"{type(error).__name__}: {error}")
    except Exception as error:  # noqa: BLE001
        say(promise=name, kept=False, why=f"{type(error).__name__}: {error}")
    else:
        say(promise=name, kept=False, why="it was not refused")


def with_other_signature(token):
    """The same, but for the first character of its signature, every bit of which counts."""
    head, body, signature = token.split(".")
    return f"{head}.{body}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
