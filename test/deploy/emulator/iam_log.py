"""Every decision of IAM, one JSON line each, in the file of $IAM_LOG:

{"principal": ARN, "action": "dynamodb:GetItem", "resource": ARN, "context": {key: value}, "decision": "Allow"}

`decision` is Allow, Deny, ImplicitDeny, or the code of an error of the credentials. What root asks is
allowed by nobody's policy and is not in it.
"""

import json
import os

from .place import module, replace

evaluator = module("core.iam_evaluator")
responses = module("core.responses")


def apply():
    replace(evaluator, "enforce", deciding)


def deciding(original):
    def enforce(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
        context = {**(service_context or {}), **getattr(resource_arn, "context", {})}
        denied = original(access_key_id, iam_action, service, region,
                          resource_arn=str(resource_arn), service_context=context)
        decision = "Allow" if denied is None else getattr(denied, "decision", None) or denied.code
        principal = evaluator.resolve_principal(access_key_id or "", responses.get_account_id())
        if getattr(principal, "policies", ()) is not None:
            write({"principal": getattr(principal, "arn", access_key_id), "action": iam_action,
                   "resource": str(resource_arn), "context": context, "decision": decision})
        return denied

    return enforce


def write(entry):
    with open(os.environ["IAM_LOG"], "a") as file:
        file.write(json.dumps(entry, default=str) + "\n")
