"""What IAM calls the actions and the resources of requests."""

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


_SCHEDULE_IN_DEFAULT_GROUP = ":schedule/default/"


@patch(
    "schedule-groups-in-arns",
    requires=[
        symbol(
            "ministack.core.iam_actions:extract_resource_arn",
            *("service", "method", "path", "headers", "body", "query_params", "region", "account_id"),
        ),
        symbol("ministack.core.iam_actions:_param", "body", "query_params", "fields"),
    ],
)
def schedule_groups_in_arns() -> None:
    """A schedule's ARN names the group of the request; the engine asks for one in the default group."""
    extract = iam_actions.extract_resource_arn

    def extract_resource_arn(service, method, path, headers, body, query_params, *where):
        arn = extract(service, method, path, headers, body, query_params, *where)
        if service != "scheduler":
            return arn
        group = iam_actions._param(body, query_params, "GroupName", "groupName") or "default"
        return arn.replace(_SCHEDULE_IN_DEFAULT_GROUP, f":schedule/{group}/", 1)

    iam_actions.extract_resource_arn = extract_resource_arn
