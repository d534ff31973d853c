"""The optimized integration arn:aws:states:::sagemaker:*, which waits for jobs."""

import json
import time

from ministack.services import stepfunctions as sfn

from .. import sagemaker
from ..registry import patch, symbol
from .executions import RUNNING_TASK
from .states import MODULE, Error

POLL_S = 0.25

JOBS = {
    f"create{kind}": kind for kind in ("TrainingJob", "TransformJob", "ProcessingJob", "HyperParameterTuningJob")
}
OTHERS = ("createEndpoint", "createEndpointConfig", "createModel", "updateEndpoint")


def _wait_for(kind: str, name: str) -> dict:
    task = RUNNING_TASK.get()
    key = {f"{kind}Name": name}
    while True:
        job = sagemaker.call(f"Describe{kind}", key)
        status = job[f"{kind}Status"]
        if status == "Completed":
            return job
        if status in ("Failed", "Stopped"):
            raise Error("States.TaskFailed", json.dumps(job))
        if task and not task.wanted():
            # Step Functions stops the job of a task that timed out or was stopped.
            sagemaker.call(f"Stop{kind}", key)
            raise Error("States.Timeout", f"Task ended before {kind} {name} did")
        time.sleep(POLL_S)


def run(resource: str, arguments: dict) -> dict:
    action = resource.split(":")[-1]
    wait = action.endswith(".sync")
    action = action.removesuffix(".sync")
    kind = JOBS.get(action)
    if kind is None and (wait or action not in OTHERS):
        raise Error("States.Runtime", f"{resource} is not a service integration of Step Functions")
    created = sagemaker.call(action[0].upper() + action[1:], arguments)
    return _wait_for(kind, arguments[f"{kind}Name"]) if wait else created


@patch("sagemaker-tasks", requires=[symbol(f"{MODULE}:_SERVICE_DISPATCH")])
def sagemaker_tasks() -> None:
    """sagemaker:createTrainingJob.sync and its like run; the engine has no SageMaker."""
    sfn._SERVICE_DISPATCH["arn:aws:states:::sagemaker:"] = run
