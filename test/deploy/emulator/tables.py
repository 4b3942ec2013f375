"""DynamoDB in CloudFormation: a name that is taken stops a deployment. (MiniStack empties the table.)

Left out: deletion by TTL, point-in-time recovery and encryption, of which it keeps no more than the
settings.
"""

from .place import module, replace

tables = module("services.dynamodb")
provisioners = module("services.cloudformation.provisioners")


def apply():
    replace(provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::Table"], "create", creating)


def creating(original):
    def create(logical_id, props, stack_name):
        name = props.get("TableName")
        if name in tables._tables:
            raise ValueError(f"Resource of type 'AWS::DynamoDB::Table' with identifier '{name}' already exists.")
        return original(logical_id, props, stack_name)

    return create
