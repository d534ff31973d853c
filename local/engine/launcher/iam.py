"""What IAM calls the actions of requests."""

from ministack.core import iam_actions

from .registry import patch, symbol

# IAM knows no batch actions of SQS: the permission for one message is the permission for ten.
_PERMISSIONS = {
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
}


@patch(
    "sqs-batch-permissions",
    requires=[
        symbol(
            "ministack.core.iam_actions:extract_iam_action",
            *("service", "method", "path", "headers", "body", "query_params"),
        ),
    ],
)
def sqs_batch_permissions() -> None:
    """A batch of SQS needs the permission of its single action; the engine asks for one that IAM does not have."""
    extract = iam_actions.extract_iam_action

    def extract_iam_action(*args, **kwargs):
        action = extract(*args, **kwargs)
        return _PERMISSIONS.get(action, action)

    iam_actions.extract_iam_action = extract_iam_action
