"""SageMaker lives in a process of its own; the engine forwards to it."""

import asyncio
import json
import urllib.error
import urllib.request

from ministack import app
from ministack.core import router
from ministack.services import stepfunctions as sfn

from . import guards
from .registry import patch, symbol

SAGEMAKER_URL = guards.take("MOORING_SAGEMAKER_URL")

#: SageMaker itself gives an endpoint 60 s to answer.
FORWARD_TIMEOUT_S = 70

FORWARDED_HEADERS = ("x-amz-target", "content-type", "accept", "authorization")


def _failure(code: str, message: str) -> tuple[int, dict, bytes]:
    body = json.dumps({"__type": code, "Message": message}).encode()
    return 503, {"Content-Type": "application/x-amz-json-1.1"}, body


def forward(method: str, path: str, headers: dict, body: bytes) -> tuple[int, dict, bytes]:
    """Sends one request to the SageMaker process and returns its status, headers and body."""
    if not SAGEMAKER_URL:
        return _failure("ServiceUnavailable", "sagemaker is not part of this local cloud, start one and name its url")
    kept = {
        key: value
        for key, value in headers.items()
        if key.lower() in FORWARDED_HEADERS or key.lower().startswith("x-amzn-sagemaker")
    }
    data = body.encode() if isinstance(body, str) else body
    request = urllib.request.Request(
        SAGEMAKER_URL + path, data=None if method == "GET" else data, headers=kept, method=method
    )
    try:
        with urllib.request.urlopen(request, timeout=FORWARD_TIMEOUT_S) as response:
            return response.status, dict(response.headers), response.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()
    except OSError as error:
        return _failure("ServiceUnavailable", f"sagemaker does not answer: {error}")


def call(action: str, arguments: dict) -> dict:
    """Calls one SageMaker action as Step Functions would, with its error names."""
    headers = {"x-amz-target": f"SageMaker.{action}", "content-type": "application/x-amz-json-1.1"}
    status, _, body = forward("POST", "/", headers, json.dumps(arguments).encode())
    answer = json.loads(body or b"{}")
    if status < 400:
        return answer
    message = answer.get("Message") or answer.get("message") or str(answer)
    raise sfn._ExecutionError("SageMaker.AmazonSageMakerException", message)


@patch(
    "sagemaker-forward",
    requires=[
        symbol("ministack.app:SERVICE_HANDLERS"),
        symbol("ministack.core.router:SERVICE_PATTERNS"),
        symbol("ministack.services.stepfunctions:_AWS_SDK_SERVICE_MAP"),
        symbol("ministack.services.stepfunctions:_AWS_SDK_ERROR_PREFIX"),
        symbol("ministack.services.stepfunctions:_AWS_SDK_ERROR_CODE_OVERRIDES"),
    ],
)
def sagemaker_forward() -> None:
    """SDK clients and aws-sdk:sagemaker tasks reach SageMaker through the engine's one address."""

    async def handle(method, path, headers, body, query_params):
        return await asyncio.to_thread(forward, method, path, headers, body)

    app.SERVICE_HANDLERS["sagemaker"] = handle
    router.SERVICE_PATTERNS["sagemaker"] = {
        "host_patterns": [r"sagemaker\."],
        "target_prefixes": ["SageMaker."],
        "path_patterns": [],
    }
    sfn._AWS_SDK_SERVICE_MAP["sagemaker"] = {"target_prefix": "SageMaker", "protocol": "json"}
    sfn._AWS_SDK_ERROR_PREFIX["sagemaker"] = "SageMaker"
    # The service's codes have no suffix; Step Functions uses the SDK's class names, which have.
    without_suffix = ("ResourceNotFound", "ResourceInUse", "ResourceLimitExceeded")
    sfn._AWS_SDK_ERROR_CODE_OVERRIDES["sagemaker"] = {code: f"{code}Exception" for code in without_suffix}
