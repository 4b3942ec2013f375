"""What IAM is asked about a request, as far as our roles speak of it.

- dynamodb:LeadingKeys, dynamodb:Attributes and dynamodb:Select of each request, and of each item of a
  transaction or a batch for itself. (MiniStack knows projections alone.)
- A batch at a queue needs the right to do each single thing: sqs:SendMessage for SendMessageBatch.
  (MiniStack asks for actions that IAM does not know.)
- aws:SecureTransport is true: what comes by http here goes to AWS by https, and a bucket's policy may ask.
- secretsmanager:resource/AllowRotationLambdaArn: the function that rotates the secret.
- A mail is sent by the identity of its sender's domain, and ses:FromAddress is the sender.

Left out: what KMS is asked through DynamoDB and Secrets Manager, and what Lambda does on a function's
behalf (reading streams and queues, writing logs): nobody asks IAM about these here.

See "Using IAM policy conditions for fine-grained access control" in the DynamoDB Developer Guide.
"""

import json
import re

from .place import module, replace

actions = module("core.iam_actions")
evaluator = module("core.iam_evaluator")
tables = module("services.dynamodb")
secrets = module("services.secretsmanager")

EXPRESSIONS = ("ProjectionExpression", "UpdateExpression", "ConditionExpression", "FilterExpression",
               "KeyConditionExpression")
# A name of an expression: no value, no function, no step of a path but the first.
NAME = re.compile(r"(?<![\w:.#])(#?[A-Za-z_]\w*)(?!\w*\s*\()")
WORDS = {"SET", "REMOVE", "ADD", "DELETE", "AND", "OR", "NOT", "BETWEEN", "IN"}
EQUALITY = re.compile(r"(#?[A-Za-z_]\w*)\s*=\s*(:\w+)")


class Item(str):
    """The ARN of a table or an identity, with what the request does to one item of it or by it."""

    context: dict


def apply():
    replace(actions, "dynamodb_service_context", lambda _original: request_context)
    replace(actions, "dynamodb_transaction_checks", item_by_item)
    replace(actions, "request_tag_context", with_rotation)
    replace(actions, "extract_iam_action", one_by_one)
    replace(actions, "_ses_v2_resource_arn", identity_of_sender)
    replace(evaluator, "pin_request_origin", lambda original: lambda source_ip, _: original(source_ip, True))


def request_context(body):
    request = parsed(body)
    details = list(batch_details(request)) or [request]
    contexts = [context_of(one) for one in details]
    merged = {}
    for key in ("dynamodb:LeadingKeys", "dynamodb:Attributes"):
        values = [value for one in contexts for value in one.get(key, [])]
        if values:
            merged[key] = sorted(set(values))
    return {**contexts[0], **merged}


def batch_details(request):
    for table, given in (request.get("RequestItems") or {}).items():
        reads = isinstance(given, dict)
        for one in [given] if reads else [next(iter(write.values())) for write in given]:
            yield {**one, "TableName": table}


def item_by_item(original):
    def checks(action, body, region, account):
        items = [detail for item in parsed(body).get("TransactItems", []) for detail in item.values()]
        found = original(action, body, region, account)
        if len(found) not in (0, len(items)):
            raise RuntimeError("a transaction whose items are not understood")
        enclosing = {"dynamodb:EnclosingOperation": [action.split(":")[1]]}
        return [(one, item_of(arn, {**context_of(detail), **enclosing}))
                for (one, arn), detail in zip(found, items)]

    return checks


def item_of(arn, context):
    item = Item(arn)
    item.context = context
    return item


def context_of(detail):
    names = detail.get("ExpressionAttributeNames") or {}
    attributes = set(detail.get("Item") or {}) | set(detail.get("Key") or {})
    for key in detail.get("Keys") or []:
        attributes |= set(key)
    for expression in EXPRESSIONS:
        for name in NAME.findall(detail.get(expression) or ""):
            if name.upper() not in WORDS:
                attributes.add(names.get(name, name))
    select = detail.get("Select") or ("SPECIFIC_ATTRIBUTES" if detail.get("ProjectionExpression") else "ALL_ATTRIBUTES")
    context = {"dynamodb:Select": select, "dynamodb:Attributes": sorted(attributes)}
    leading = sorted(set(leading_keys(detail, names)))
    return {**context, "dynamodb:LeadingKeys": leading} if leading else context


def leading_keys(detail, names):
    partition = partition_key(detail)
    for item in [detail.get("Item"), detail.get("Key"), *(detail.get("Keys") or [])]:
        if item and partition in item:
            yield from item[partition].values()
    for name, value in EQUALITY.findall(detail.get("KeyConditionExpression") or ""):
        if names.get(name, name) == partition:
            yield from detail["ExpressionAttributeValues"][value].values()


def partition_key(detail):
    """Of the table or the index that is asked."""
    table = tables._tables.get(str(detail.get("TableName")).split("/")[-1]) or {}
    indexes = {index["IndexName"]: index for index in table.get("GlobalSecondaryIndexes") or []}
    schema = indexes.get(detail.get("IndexName"), table).get("KeySchema") or []
    return next((key["AttributeName"] for key in schema if key["KeyType"] == "HASH"), None)


def with_rotation(original):
    def request_tag_context(service, action, body, params):
        context = original(service, action, body, params)
        if service != "secretsmanager":
            return context
        _, secret = secrets._resolve(parsed(body).get("SecretId"))
        rotation = (secret or {}).get("RotationLambdaARN")
        return {**context, "secretsmanager:resource/AllowRotationLambdaArn": rotation} if rotation else context

    return request_tag_context


def identity_of_sender(original):
    def resource_arn(method, path, body, region, account):
        if not path.endswith("/outbound-emails"):
            return original(method, path, body, region, account)
        sender = parsed(body).get("FromEmailAddress", "")
        identity = f"arn:aws:ses:{region}:{account}:identity/{sender.split('@')[-1]}"
        return item_of(identity, {"ses:FromAddress": sender})

    return resource_arn


def one_by_one(original):
    def extract_iam_action(*args):
        action = original(*args)
        return action.removesuffix("Batch") if action and action.startswith("sqs:") else action

    return extract_iam_action


def parsed(body):
    try:
        read = json.loads(body or b"{}")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
