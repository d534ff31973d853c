"""The aws-sdk:* integrations our pipelines use and the engine lacks or gets wrong."""

import json
from functools import partial

from ministack import app
from ministack.services import s3
from ministack.services import stepfunctions as sfn

from .. import sagemaker
from ..registry import patch, symbol
from .states import MODULE, Error


def call_service(service: str, method: str, path: str, body: bytes = b"", query=None, headers=None):
    """One request to a service of the engine, in process: its status, lower-case headers and body."""
    sent = {"host": "127.0.0.1", "content-type": "application/json", **(headers or {})}
    # Where IAM is enforced, S3 takes a request without credentials for anybody's, unless it comes from another service.
    handler = partial(s3.handle_request, internal=True) if service == "s3" else app.SERVICE_HANDLERS[service]
    status, received, answer = app.call_service_handler_sync(handler, method, path, sent, body, query or {})
    return status, {key.lower(): value for key, value in received.items()}, answer


def _text(value) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


def _s3_object(method: str, arguments: dict, body: bytes = b"", headers=None) -> tuple[dict, bytes]:
    status, received, answer = call_service(
        "s3", method, f"/{arguments['Bucket']}/{arguments['Key']}", body, headers=headers
    )
    if status >= 400:
        name = "S3.NoSuchKeyException" if b"NoSuchKey" in answer else "S3.S3Exception"
        raise Error(name, answer.decode(errors="replace"))
    version = {"VersionId": received["x-amz-version-id"]} if "x-amz-version-id" in received else {}
    return {"ETag": received.get("etag"), **version}, answer


def _put_object(arguments: dict) -> dict:
    headers = {"content-type": arguments.get("ContentType", "application/octet-stream")}
    if arguments.get("IfNoneMatch"):
        headers["if-none-match"] = arguments["IfNoneMatch"]
    return _s3_object("PUT", arguments, _text(arguments.get("Body", "")).encode(), headers)[0]


def _get_object(arguments: dict) -> dict:
    output, body = _s3_object("GET", arguments)
    return {**output, "Body": body.decode("utf-8"), "ContentLength": len(body)}


def _invoke_function(arguments: dict) -> dict:
    payload = arguments.get("Payload")
    payload = json.loads(payload) if isinstance(payload, str) else payload
    return {"StatusCode": 200, "Payload": sfn._call_lambda(arguments["FunctionName"], payload)}


def _schedule(method: str, arguments: dict) -> dict:
    query = {"groupName": [arguments["GroupName"]]} if arguments.get("GroupName") else {}
    body = b"" if method in ("GET", "DELETE") else json.dumps({"ClientToken": "local", **arguments}).encode()
    status, _, answer = call_service("scheduler", method, f"/schedules/{arguments['Name']}", body, query)
    output = json.loads(answer or b"{}")
    if status >= 400:
        name = output.get("__type") or output.get("Code") or "SchedulerException"
        raise Error(f"Scheduler.{name}", output.get("message") or output.get("Message") or "")
    return output


def _invoke_endpoint(arguments: dict) -> dict:
    path = f"/endpoints/{arguments['EndpointName']}/invocations"
    headers = {"content-type": arguments.get("ContentType", "application/json")}
    status, received, answer = sagemaker.forward("POST", path, headers, _text(arguments.get("Body", "")).encode())
    if status >= 400:
        raise Error("SageMakerRuntime.SageMakerRuntimeException", answer.decode(errors="replace"))
    content_type = {key.lower(): value for key, value in received.items()}.get("content-type")
    return {"Body": answer.decode(), "ContentType": content_type, "InvokedProductionVariant": "AllTraffic"}


CALLS = {
    ("s3", "putObject"): _put_object,
    ("s3", "getObject"): _get_object,
    ("lambda", "invoke"): _invoke_function,
    ("scheduler", "createSchedule"): lambda arguments: _schedule("POST", arguments),
    ("scheduler", "updateSchedule"): lambda arguments: _schedule("PUT", arguments),
    ("scheduler", "getSchedule"): lambda arguments: _schedule("GET", arguments),
    ("scheduler", "deleteSchedule"): lambda arguments: _schedule("DELETE", arguments),
    ("sagemakerruntime", "invokeEndpoint"): _invoke_endpoint,
}


@patch(
    "sdk-calls",
    requires=[
        symbol(f"{MODULE}:_invoke_aws_sdk_integration", "resource", "input_data"),
        symbol(f"{MODULE}:_call_lambda", "func_ref", "event"),
        symbol(
            "ministack.app:call_service_handler_sync",
            *("handler", "method", "path", "headers", "body", "query_params", "timeout"),
        ),
        symbol(
            "ministack.services.s3:handle_request",
            *("method", "path", "headers", "body", "query_params", "signed_path", "enforce_bucket_region", "internal"),
            *("access_point_region", "access_point"),
        ),
    ],
)
def sdk_calls() -> None:
    """s3 get and put, lambda:invoke, scheduler and sagemakerruntime work as aws-sdk tasks; the engine refuses them."""
    invoke = sfn._invoke_aws_sdk_integration

    def invoke_aws_sdk_integration(resource, input_data):
        service, action = resource.replace(".waitForTaskToken", "").split(":")[-2:]
        ours = CALLS.get((service.lower(), action))
        return ours(input_data) if ours else invoke(resource, input_data)

    sfn._invoke_aws_sdk_integration = invoke_aws_sdk_integration
