"""What a template of a WebSocket API has and MiniStack makes by its API alone, not by CloudFormation:
AWS::ApiGatewayV2::Deployment and AWS::ApiGatewayV2::RouteResponse."""

import json

from .place import add, module

http_api = module("services.apigateway")
provisioners = module("services.cloudformation.provisioners")


def apply():
    add(provisioners._RESOURCE_HANDLERS, "AWS::ApiGatewayV2::Deployment", {
        "create": deploy,
        "update": lambda physical_id, old, new, stack_name: deploy(physical_id, new, stack_name),
        "delete": lambda physical_id, props: http_api._delete_deployment(props["ApiId"], physical_id),
    })
    add(provisioners._RESOURCE_HANDLERS, "AWS::ApiGatewayV2::RouteResponse", {
        "create": respond,
        "update": lambda physical_id, old, new, stack_name: respond(physical_id, new, stack_name),
        "delete": lambda physical_id, props: http_api._delete_route_response(
            props["ApiId"], route_of(props), physical_id),
    })


def deploy(logical_id, props, stack_name):
    made = done(http_api._create_deployment(props["ApiId"], {"description": props.get("Description", "")}))
    return made["deploymentId"], {"DeploymentId": made["deploymentId"]}


def respond(logical_id, props, stack_name):
    response = {"routeResponseKey": props["RouteResponseKey"]}
    made = done(http_api._create_route_response(props["ApiId"], route_of(props), response))
    return made["routeResponseId"], {"RouteResponseId": made["routeResponseId"]}


def route_of(props):
    """`Ref` of a route is its id; here it has that of the API in front."""
    return props["RouteId"].split("/")[-1]


def done(answer):
    status, _, body = answer
    if status >= 400:
        raise ValueError(body.decode())
    return json.loads(body)
