"""API Gateway and its authorizers.

- Who throws exactly `Unauthorized` means 401, on HTTP and WebSocket APIs as on REST APIs; any other
  failure is a 500. (MiniStack answers 500 to both, so a refusal would pass for a fault.)
- A REQUEST authorizer without IdentitySource has none. (MiniStack demands the Authorization header.)
- An HTTP API gives its functions the cookies of a request apart, and not among the headers.
- FlushStageAuthorizersCache and ResetAuthorizersCache, which MiniStack does not know, forget what
  authorizers have said.

Left out: throttling of HTTP APIs, access logs, the subprotocol in the answer to a WebSocket
handshake, and a list as the answer of a function that resolves a field of AppSync.
"""

import json
from urllib.parse import unquote

from .place import module, replace

http_api = module("services.apigateway")
rest_api = module("services.apigateway_v1")
provisioners = module("services.cloudformation.provisioners")
responses = module("core.responses")


class Unauthorized(Exception):
    """The authorizer has thrown it."""


def apply():
    replace(http_api, "run_reentrant", noticing)
    replace(http_api, "_authorize_request_v2", answering(
        (401, {"Content-Type": "application/json"}, b'{"message":"Unauthorized"}')))
    replace(http_api, "_authorize_ws_connect", answering((401, "Unauthorized")))
    handlers = provisioners._RESOURCE_HANDLERS["AWS::ApiGatewayV2::Authorizer"]
    replace(handlers, "create", without_identity(1))
    replace(handlers, "update", without_identity(2))
    replace(http_api, "handle_request", flushing(http_api, "apis", 204))
    replace(rest_api, "handle_request", flushing(rest_api, "restapis", 202))


def noticing(original):
    async def run_reentrant(fn, *args, thread_name="ministack-reentrant"):
        if thread_name == "ministack-apigw-invoke":
            function, event = args
            args = (function, with_cookies(event))
        result = await original(fn, *args, thread_name=thread_name)
        if thread_name == "ministack-apigw-authorizer" and result.get("error") and message_of(result) == "Unauthorized":
            raise Unauthorized
        return result

    return run_reentrant


def with_cookies(event):
    headers = {name: value for name, value in event["headers"].items() if name.lower() != "cookie"}
    sent = event["headers"].get("cookie")
    cookies = {"cookies": sent.split("; ")} if sent else {}
    return {**event, **cookies, "headers": headers}


def message_of(result):
    body = result.get("body")
    if isinstance(body, (str, bytes)):
        body = json.loads(body)
    return body.get("errorMessage")


def answering(refusal):
    def make(original):
        async def authorize(*args, **named):
            try:
                return await original(*args, **named)
            except Unauthorized:
                return refusal, None

        return authorize

    return make


def without_identity(position):
    def make(original):
        def run(*args, **named):
            props = args[position]
            if props.get("AuthorizerType") == "REQUEST":
                props = {"IdentitySource": [], **props}
            return original(*args[:position], props, *args[position + 1:], **named)

        return run

    return make


def flushing(api, kind, status):
    """DELETE /restapis/ID/stages/STAGE/cache/authorizers, and the same below /v2/apis."""

    def make(original):
        async def handle_request(method, path, headers, body, query_params):
            parts = unquote(path).strip("/").removeprefix("v2/").split("/")
            if method != "DELETE" or parts[0] != kind or parts[4:] != ["cache", "authorizers"]:
                return await original(method, path, headers, body, query_params)
            where = (responses.get_account_id(), responses.get_region(), parts[1], parts[3])
            for key in list(api._authorizer_cache):
                account, region, api_id, _authorizer, stage, *_ = key
                if (account, region, api_id, stage) == where:
                    del api._authorizer_cache[key]
            return status, {}, b""

        return handle_request

    return make
