"""MiniStack, an AWS on this machine that others wrote, brought as near to AWS as our template needs.

Each file here says what of MiniStack is changed, why, and what is left out. Started by
test/deploy/stack/emulator.ts, which sets its address and `AUTH=true`: every call is signed, and every
function has the rights of its role and no others.
"""

from . import conditions, gateway, iam_context, iam_log, queries, rotation, secrets, tables, websocket
from .place import check_version, module

check_version()
for changes in (conditions, gateway, iam_context, iam_log, queries, rotation, secrets, tables, websocket):
    changes.apply()
module("app").main()
