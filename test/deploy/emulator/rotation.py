"""Rotation, which MiniStack does not know: RotateSecret, AWS::SecretsManager::RotationSchedule.

As the API reference says: the new version is announced, empty and labelled AWSPENDING, then the
function is asked for its four steps, one after the other. A step that fails ends the rotation, and the
next request refuses and takes it up again. The function's own policy has to permit the call.

For tests: where the file of $ROTATION_CUT names a step, the rotation ends before that step, once.

Left out: the schedule's clock (nothing rotates by itself), RotateImmediately: false, and the two
retries of Lambda's own before a step counts as failed.
"""

import contextvars
import logging
import os
import threading
import time

from .place import add, module, replace

secrets = module("services.secretsmanager")
functions = module("services.lambda_svc")
provisioners = module("services.cloudformation.provisioners")
responses = module("core.responses")

STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")
log = logging.getLogger("rotation")
running = set()


def apply():
    replace(secrets, "_rotate_secret", rotating)
    handlers = {
        "create": lambda logical_id, props, stack_name: schedule(props),
        "update": lambda physical_id, old, new, stack_name: schedule(new),
        "delete": lambda physical_id, props: unschedule(props),
    }
    add(provisioners._RESOURCE_HANDLERS, "AWS::SecretsManager::RotationSchedule", handlers)


def schedule(props):
    request = {
        "SecretId": props["SecretId"],
        "RotationLambdaARN": props["RotationLambdaARN"],
        "RotationRules": props.get("RotationRules"),
    }
    status, _, body = secrets._rotate_secret(request)
    if status != 200:
        raise ValueError(f"AWS::SecretsManager::RotationSchedule: {body!r}")
    return props["SecretId"], {}


def unschedule(props):
    _, secret = secrets._resolve(props["SecretId"])
    if secret:
        secret.update(RotationEnabled=False, RotationLambdaARN=None, RotationRules=None)


def rotating(original):
    def rotate_secret(data):
        _, secret = secrets._resolve(data.get("SecretId"))
        if not secret or secret.get("DeletedDate"):
            return original(data)
        secret["RotationLambdaARN"] = data.get("RotationLambdaARN") or secret.get("RotationLambdaARN")
        secret["RotationRules"] = data.get("RotationRules") or secret.get("RotationRules")
        if not secret["RotationLambdaARN"]:
            return refusal("InvalidRequestException", "No Lambda rotation function ARN is associated with this secret.")
        if not may_invoke(secret["RotationLambdaARN"]):
            return refusal("AccessDeniedException", "Secrets Manager cannot invoke the specified Lambda function. "
                           "Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com")
        secret["RotationEnabled"] = True
        token = data.get("ClientRequestToken") or responses.new_uuid()
        pending = unfinished(secret)
        if pending and pending != token:
            start(secret, pending)
            return refusal("InvalidRequestException",
                           "A previous rotation isn't complete. That rotation will be reattempted.")
        announce(secret, token)
        start(secret, token)
        return responses.json_response({"ARN": secret["ARN"], "Name": secret["Name"], "VersionId": token})

    return rotate_secret


def refusal(code, text):
    return responses.error_response_json(code, text, 400)


def unfinished(secret):
    """The version that is pending and not current."""
    pending, _ = secrets._find_stage_version(secret, "AWSPENDING")
    current, _ = secrets._find_stage_version(secret, "AWSCURRENT")
    return None if pending == current else pending


def announce(secret, token):
    empty = {"SecretString": None, "SecretBinary": None, "CreatedDate": int(time.time()), "Stages": []}
    secret["Versions"].setdefault(token, empty)
    secrets._remove_stage_everywhere(secret, "AWSPENDING", except_version_id=token)
    secrets._add_stage(secret, token, "AWSPENDING")


def function_of(arn):
    _, region, account = arn.split(":")[2:5]
    return functions._get_func_record_for_ref_in_scope(arn, account_id=account, region=region)


def may_invoke(arn):
    record, _, _ = function_of(arn)
    statements = record["policy"]["Statement"] if record else []
    return any(one.get("Principal", {}).get("Service") == "secretsmanager.amazonaws.com" for one in statements)


def start(secret, token):
    if token in running:
        return
    running.add(token)
    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(run, secret, token), daemon=True).start()


def run(secret, token):
    try:
        for step in STEPS:
            if is_cut(step):
                log.warning("rotation of %s cut before %s", secret["Name"], step)
                return
            record, config, _ = function_of(secret["RotationLambdaARN"])
            event = {"Step": step, "SecretId": secret["ARN"], "ClientRequestToken": token}
            result = functions._execute_function_with_config_scope(
                functions._execution_record_for_config(record, config), event)
            if result.get("error"):
                log.warning("rotation of %s failed at %s: %s", secret["Name"], step, result.get("body"))
                return
    finally:
        running.discard(token)


def is_cut(step):
    path = os.environ.get("ROTATION_CUT", "")
    try:
        with open(path) as file:
            named = file.read().strip() == step
    except OSError:
        return False
    if named:
        os.remove(path)
    return named
