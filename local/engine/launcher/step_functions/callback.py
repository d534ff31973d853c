"""Tasks that wait for a token to come back."""

import json
import threading
import time

from ministack.services import stepfunctions as sfn

from ..registry import patch, symbol
from .executions import RUNNING_TASK
from .states import MODULE, Error

POLL_S = 0.1


def _wait(token: str, waiting: dict, state: dict) -> None:
    """Returns when the token came back; fails the task at its timeout, a missed heartbeat or a stop."""
    started = last_beat = time.monotonic()
    beat = None
    limit, heartbeat = state.get("TimeoutSeconds"), state.get("HeartbeatSeconds")
    task = RUNNING_TASK.get()
    while not waiting["event"].wait(POLL_S):
        now = time.monotonic()
        if waiting["heartbeat"] != beat:
            beat, last_beat = waiting["heartbeat"], now
        if heartbeat and now - last_beat > heartbeat:
            raise Error("States.HeartbeatTimeout", f"No heartbeat for {heartbeat} seconds")
        if (limit and now - started > limit) or (task and not task.wanted()):
            raise Error("States.Timeout", "Task timed out waiting for callback")


@patch(
    "callback-tasks",
    requires=[
        symbol(f"{MODULE}:_invoke_with_callback", "resource", "input_data", "token", "state_def"),
        symbol(f"{MODULE}:_invoke_resource", "resource", "input_data"),
        symbol(f"{MODULE}:_send_task_heartbeat", "data"),
        symbol(f"{MODULE}:_task_tokens"),
    ],
)
def callback_tasks() -> None:
    """A request that fails fails the task, and heartbeats count.

    In the engine a function that throws is swallowed and HeartbeatSeconds is ignored: both wait for ever.
    """
    send_heartbeat = sfn._send_task_heartbeat

    def invoke_with_callback(resource, input_data, token, state_def):
        waiting = {"event": threading.Event(), "result": None, "error": None, "heartbeat": None}
        sfn._task_tokens[token] = waiting
        try:
            sfn._invoke_resource(resource.replace(".waitForTaskToken", ""), input_data)
            _wait(token, waiting, state_def)
        finally:
            sfn._task_tokens.pop(token, None)
        if waiting["error"]:
            raise Error(waiting["error"].get("Error", "TaskFailed"), waiting["error"].get("Cause", ""))
        return json.loads(waiting["result"]) if isinstance(waiting["result"], str) else waiting["result"]

    def send_task_heartbeat(data):
        response = send_heartbeat(data)
        waiting = sfn._task_tokens.get(data.get("taskToken"))
        if waiting:
            # The engine notes whole seconds, in which two heartbeats look like one.
            waiting["heartbeat"] = time.monotonic()
        return response

    sfn._invoke_with_callback = invoke_with_callback
    sfn._send_task_heartbeat = send_task_heartbeat
