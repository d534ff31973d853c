"""Addresses that the engine hands out."""

from ministack.services import sqs
from ministack.services.cloudformation import custom_resource

from .guards import LOOPBACK
from .registry import patch, symbol


@patch(
    "loopback-addresses",
    requires=[
        symbol("ministack.services.sqs:DEFAULT_HOST", once=("localhost",)),
        symbol("ministack.services.sqs:_CANONICAL_NETLOC", once=("localhost",)),
        symbol("ministack.services.cloudformation.custom_resource:_HOST", once=("localhost",)),
    ],
)
def loopback_addresses() -> None:
    """Queue URLs name 127.0.0.1, where the engine listens; for localhost every SQS client logs a warning a call."""
    sqs.DEFAULT_HOST = LOOPBACK
    sqs._CANONICAL_NETLOC = f"{LOOPBACK}:{sqs.DEFAULT_PORT}"
    custom_resource._HOST = LOOPBACK
