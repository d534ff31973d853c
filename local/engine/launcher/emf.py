"""Metrics written as log lines in CloudWatch's embedded metric format."""

import json
import logging
import time

from ministack.services import cloudwatch, lambda_svc

from .registry import patch, symbol

logger = logging.getLogger("mooring.emf")


def _datum(document: dict, definition: dict, dimensions: list, at: float) -> dict:
    value = document[definition["Name"]]
    return {
        "MetricName": definition["Name"],
        "Unit": definition.get("Unit", "None"),
        "Timestamp": at,
        "Dimensions": [{"Name": name, "Value": str(document[name])} for name in dimensions],
        **({"Values": value} if isinstance(value, list) else {"Value": value}),
    }


def _publish(line: str) -> None:
    document = json.loads(line[line.index("{") :])
    metadata = document["_aws"]
    at = metadata.get("Timestamp", time.time() * 1000) / 1000
    for directive in metadata["CloudWatchMetrics"]:
        data = [
            _datum(document, definition, dimensions, at)
            for dimensions in directive.get("Dimensions") or [[]]
            for definition in directive["Metrics"]
            if definition["Name"] in document
        ]
        body = {"Namespace": directive["Namespace"], "MetricData": data}
        cloudwatch._put_metric_data(body, body, is_cbor=False, is_json=True)


@patch(
    "embedded-metrics",
    requires=[
        symbol(
            "ministack.services.lambda_svc:_emit_lambda_logs",
            *("func", "request_id", "log_text", "error", "duration_ms", "log_source"),
        ),
        symbol("ministack.services.cloudwatch:_put_metric_data", "params", "cbor_data", "is_cbor", "is_json"),
    ],
)
def embedded_metrics() -> None:
    """Log lines in embedded metric format become metrics, which alarms watch; the engine only stores the line."""
    emit = lambda_svc._emit_lambda_logs

    def emit_lambda_logs(func, request_id, log_text, error, duration_ms, **kwargs):
        emit(func, request_id, log_text, error, duration_ms, **kwargs)
        for line in (log_text or "").splitlines():
            if '"_aws"' in line and '"CloudWatchMetrics"' in line:
                try:
                    _publish(line)
                except (ValueError, KeyError, TypeError):
                    logger.exception("line in embedded metric format could not be read")

    lambda_svc._emit_lambda_logs = emit_lambda_logs
