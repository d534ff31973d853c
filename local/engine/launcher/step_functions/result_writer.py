"""ResultWriter: a distributed map's results as objects, with a manifest that names them."""

import json

from ministack.services import stepfunctions as sfn

from .sdk import call_service
from .states import Error


def _row(child: dict) -> dict:
    return {
        "ExecutionArn": child["executionArn"],
        "Input": child["input"],
        "InputDetails": {"Included": True},
        "Name": child["name"],
        "Output": child.get("output"),
        "OutputDetails": {"Included": True},
        "Error": child.get("error"),
        "Cause": child.get("cause"),
        "StartDate": child["startDate"],
        "StopDate": child["stopDate"],
        "StateMachineArn": child["stateMachineArn"],
        "Status": child["status"],
    }


def _put(bucket: str, key: str, document) -> int:
    body = json.dumps(document).encode()
    status, _, answer = call_service("s3", "PUT", f"/{bucket}/{key}", body)
    if status >= 400:
        raise Error("States.ResultWriterFailed", answer.decode(errors="replace"))
    return len(body)


def write_results(map_run_arn: str, destination: dict, config: dict) -> dict:
    """Writes the children's results below the destination and returns the state's result."""
    if config.get("OutputType", "JSON") != "JSON" or config.get("Transformation", "NONE") != "NONE":
        raise Error("States.Runtime", f"a ResultWriter writes plain JSON in the local cloud, got {json.dumps(config)}")
    bucket, prefix = destination["Bucket"], destination.get("Prefix", "").rstrip("/")
    base = f"{prefix}/{map_run_arn.rsplit(':', 1)[-1]}".lstrip("/")
    children = [child for child in list(sfn._executions.values()) if child.get("mapRunArn") == map_run_arn]
    files: dict[str, list] = {"FAILED": [], "PENDING": [], "SUCCEEDED": []}
    for status in ("SUCCEEDED", "FAILED"):
        rows = [_row(child) for child in children if child["status"] == status]
        if rows:
            key = f"{base}/{status}_0.json"
            files[status] = [{"Key": key, "Size": _put(bucket, key, rows)}]
    manifest = {"DestinationBucket": bucket, "MapRunArn": map_run_arn, "ResultFiles": files}
    _put(bucket, f"{base}/manifest.json", manifest)
    return {"MapRunArn": map_run_arn, "ResultWriterDetails": {"Bucket": bucket, "Key": f"{base}/manifest.json"}}
