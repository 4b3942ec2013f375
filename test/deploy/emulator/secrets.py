"""Secrets Manager, where rotation depends on it.

- A version may be there without a value, or without the label that is asked for with it: it cannot be
  read then. (MiniStack answers all the same.)
- PutSecretValue moves every label it names. (MiniStack takes AWSPENDING off what becomes current,
  and leaves it on two versions.)
- `Ref` of a secret is its ARN. (MiniStack: its name, which is no resource of a policy.)
- A name that is taken stops a deployment. (MiniStack overwrites the secret.)
- A secret can be imported into a stack, by its ARN. (MiniStack imports no secret.)

Left out: replicas, random passwords, and that a deleted secret keeps its name for a week.
"""

from .place import add, module, replace

secrets = module("services.secretsmanager")
provisioners = module("services.cloudformation.provisioners")
changesets = module("services.cloudformation.changesets")
responses = module("core.responses")


def apply():
    replace(secrets, "_get_secret_value", reading)
    replace(secrets, "_put_secret_value", writing)
    handlers = provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"]
    replace(handlers, "create", creating)
    replace(handlers, "update", by_name)
    replace(handlers, "delete", by_name)
    add(handlers, "import", lambda identifier: (identifier["Id"], {"Id": identifier["Id"], "Arn": identifier["Id"]}))
    add(changesets._IMPORT_LOOKUPS, "AWS::SecretsManager::Secret", (("Id",), missing))


def reading(original):
    def get_secret_value(data):
        _, secret = secrets._resolve(data.get("SecretId"))
        stage = data.get("VersionStage", "AWSCURRENT")
        version = data.get("VersionId") or (secret and secrets._find_stage_version(secret, stage)[0])
        found = secret and secret["Versions"].get(version)
        if found and not readable(found, data):
            text = f"Secrets Manager can't find the specified secret value for VersionId: {version}"
            return responses.error_response_json("ResourceNotFoundException", text, 400)
        return original(data)

    return get_secret_value


def readable(version, wanted):
    if version.get("SecretString") is None and version.get("SecretBinary") is None:
        return False
    return "VersionStage" not in wanted or wanted["VersionStage"] in version["Stages"]


def writing(original):
    def put_secret_value(data):
        answer = original(data)
        _, secret = secrets._resolve(data.get("SecretId"))
        if answer[0] == 200 and "AWSPENDING" in data.get("VersionStages", []):
            version = data["ClientRequestToken"]
            secrets._remove_stage_everywhere(secret, "AWSPENDING", except_version_id=version)
            secrets._add_stage(secret, version, "AWSPENDING")
        return answer

    return put_secret_value


def creating(original):
    def create(logical_id, props, stack_name):
        if props.get("Name") in secrets._secrets:
            raise ValueError(f"The operation failed because the secret {props['Name']} already exists.")
        _, attributes = original(logical_id, props, stack_name)
        return attributes["Arn"], attributes

    return create


def missing(arn):
    """What is wrong with an import of it, if anything."""
    return None if secrets._resolve(arn)[1] else f"Secrets Manager can't find the specified secret: {arn}"


def by_name(original):
    """For what MiniStack looks up by the name that it took for the physical id."""

    def run(physical_id, *rest, **named):
        name, _ = secrets._resolve(physical_id)
        outcome = original(name or physical_id, *rest, **named)
        return (outcome[1]["Arn"], outcome[1]) if outcome else outcome

    return run
