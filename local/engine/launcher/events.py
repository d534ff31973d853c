"""Events that come from AWS services themselves."""

import json

from ministack.services import eventbridge

from . import guards
from .registry import patch, symbol

EVENT_TOKEN = guards.take("MOORING_EVENT_TOKEN")
TOKEN_HEADER = "x-local-event-token"


@patch(
    "aws-source-events",
    requires=[
        symbol("ministack.services.eventbridge:handle_request", "method", "path", "headers", "body", "query_params"),
        symbol("ministack.services.eventbridge:_put_events", "data", "allow_aws_source"),
    ],
)
def aws_source_events() -> None:
    """The SageMaker twin may publish events whose source is aws.sagemaker, if it sends the engine's token.

    PutEvents refuses sources that begin with aws. for everybody else, as on AWS.
    """
    handle = eventbridge.handle_request

    async def handle_request(method, path, headers, body, query_params):
        if EVENT_TOKEN and headers.get(TOKEN_HEADER) == EVENT_TOKEN:
            return eventbridge._put_events(json.loads(body), allow_aws_source=True)
        return await handle(method, path, headers, body, query_params)

    eventbridge.handle_request = handle_request
