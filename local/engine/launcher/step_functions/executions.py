"""How an execution ends: by its own timeout, by being stopped, and as somebody's child."""

import contextvars
import json
import threading
from dataclasses import dataclass, field

from ministack.services import stepfunctions as sfn

from ..registry import patch, symbol
from .states import MODULE, NEEDED, Error, around_states


@dataclass(frozen=True)
class RunningTask:
    """The task a service integration is called for, so that it can notice it is no longer wanted."""

    execution: dict
    parent: dict
    timed_out: threading.Event = field(default_factory=threading.Event)

    def wanted(self) -> bool:
        running = self.execution["status"] == "RUNNING" and self.parent["status"] == "RUNNING"
        return running and not self.timed_out.is_set()


RUNNING_TASK: contextvars.ContextVar[RunningTask | None] = contextvars.ContextVar("running_task", default=None)


def _parent(execution: dict, ctx: dict) -> dict:
    """The execution itself, or for a child of a distributed map the execution that has the map."""
    return sfn._executions.get(ctx.get("Execution", {}).get("Id")) or execution


@patch(
    "ended-stays-ended",
    requires=[
        *NEEDED,
        symbol(f"{MODULE}:_fail_execution", "execution", "error", "cause"),
        symbol(f"{MODULE}:_invoke_resource_with_timeout", "resource", "input_data", "timeout"),
    ],
)
def ended_stays_ended() -> None:
    """A stopped or timed out execution starts no further state and does not become FAILED afterwards.

    In the engine its parallel branches run on, and a task that then fails overwrites the status.
    """
    fail, with_timeout = sfn._fail_execution, sfn._invoke_resource_with_timeout

    def fail_execution(execution, error, cause):
        if execution["status"] == "RUNNING":
            fail(execution, error, cause)

    def invoke_resource_with_timeout(resource, input_data, timeout):
        try:
            return with_timeout(resource, input_data, timeout)
        except Error as error:
            task = RUNNING_TASK.get()
            if task and error.error == "States.Timeout":
                task.timed_out.set()
            raise

    def wrapper(run, state, raw_input, execution, ctx):
        if execution is None:
            return run(state)
        task = RunningTask(execution, _parent(execution, ctx))
        if not task.wanted():
            raise Error("States.Aborted", "The execution has ended")
        before = RUNNING_TASK.set(task)
        try:
            return run(state)
        finally:
            RUNNING_TASK.reset(before)

    sfn._fail_execution = fail_execution
    sfn._invoke_resource_with_timeout = invoke_resource_with_timeout
    around_states(wrapper)


@patch(
    "execution-timeout",
    requires=[
        symbol(f"{MODULE}:_run_execution", "exec_arn"),
        symbol(f"{MODULE}:_add_event", "execution", "event_type", "details"),
        symbol(f"{MODULE}:_emit_execution_status_event", "execution"),
    ],
)
def execution_timeout() -> None:
    """A state machine's TimeoutSeconds ends its execution as TIMED_OUT, with the event; the engine ignores it."""
    run = sfn._run_execution

    def expire(execution: dict) -> None:
        if execution["status"] == "RUNNING":
            execution.update(status="TIMED_OUT", error="States.Timeout", stopDate=sfn.now_iso())
            sfn._add_event(execution, "ExecutionTimedOut", {})
            sfn._emit_execution_status_event(execution)

    def run_execution(exec_arn):
        execution = sfn._executions.get(exec_arn)
        machine = sfn._state_machines.get(execution["stateMachineArn"]) if execution else None
        limit = json.loads(machine["definition"]).get("TimeoutSeconds") if machine else None
        if not limit:
            run(exec_arn)
            return
        # A timer is a thread of its own, which does not inherit the account and region.
        timer = threading.Timer(limit, contextvars.copy_context().run, args=(expire, execution))
        timer.daemon = True
        timer.start()
        try:
            run(exec_arn)
        finally:
            timer.cancel()

    sfn._run_execution = run_execution


@patch("nested-failure-name", requires=[symbol(f"{MODULE}:_nested_execution_failure", "payload")])
def nested_failure_name() -> None:
    """A child execution's failure is States.TaskFailed with the child as its cause.

    The engine raises the child's own error name in the parent.
    """
    sfn._nested_execution_failure = lambda payload: ("States.TaskFailed", json.dumps(payload, default=str))
