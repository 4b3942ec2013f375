"""Conditions in CloudFormation: texts that are joined are one text. (MiniStack compares the function itself, and
takes what no text is equal to.)

Left out: whatever else than texts is in a Fn::Join of a condition; our template has none.
"""

from .place import module, replace

OWNERS = [module(f"services.cloudformation.{name}") for name in ("engine", "changesets", "handlers", "stacks")]


def apply():
    for owner in OWNERS:
        replace(owner, "_evaluate_conditions", evaluating)


def evaluating(original):
    def evaluate(template, params):
        return original({**template, "Conditions": joined(template.get("Conditions", {}))}, params)

    return evaluate


def joined(value):
    if isinstance(value, list):
        return [joined(one) for one in value]
    if not isinstance(value, dict):
        return value
    separator, texts = value.get("Fn::Join", (None, [None]))
    if all(isinstance(text, str) for text in texts):
        return separator.join(texts)
    return {name: joined(one) for name, one in value.items()}
