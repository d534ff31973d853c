"""Limits that keep a burst from filling the machine."""

import threading
import time

from ministack.core import lambda_runtime as runtime
from ministack.services import lambda_svc
from ministack.services.cloudformation import custom_resource

from . import guards
from .registry import patch, symbol

#: Two cores run no more than this at once; further calls queue instead of starting a process each.
WORKERS_PER_FUNCTION = int(guards.take("MOORING_WORKERS_PER_FUNCTION", "4"))

#: A call that found no free worker for this long is throttled, as it would be at a reserved concurrency.
QUEUE_WAIT_S = 60.0

#: Nothing we deploy needs longer, and the engine's default of an hour looks like a hang.
CUSTOM_RESOURCE_TIMEOUT_S = int(guards.take("MOORING_CUSTOM_RESOURCE_TIMEOUT_S", "60"))


@patch(
    "worker-limit",
    requires=[
        symbol(
            "ministack.core.lambda_runtime:acquire_worker",
            *("func_name", "config", "code_zip", "qualifier", "max_concurrency"),
        ),
        symbol("ministack.core.lambda_runtime:release_worker", "worker"),
        symbol("ministack.services.lambda_svc:acquire_worker"),
        symbol("ministack.services.lambda_svc:release_worker"),
    ],
)
def worker_limit() -> None:
    """A function has a bounded number of workers, and calls beyond it wait for a free one.

    The engine starts a process for every concurrent call, without limit.
    """
    freed = threading.Condition()
    acquire, release = runtime.acquire_worker, runtime.release_worker

    def acquire_worker(func_name, config, code_zip, qualifier="$LATEST", max_concurrency=None):
        limit = min(max_concurrency or WORKERS_PER_FUNCTION, WORKERS_PER_FUNCTION)
        deadline = time.monotonic() + QUEUE_WAIT_S
        with freed:
            while True:
                worker, reason = acquire(func_name, config, code_zip, qualifier=qualifier, max_concurrency=limit)
                left = deadline - time.monotonic()
                if worker is not None or left <= 0:
                    return worker, reason
                # Workers are also dropped without being released, when a function is updated.
                freed.wait(timeout=min(left, 1.0))

    def release_worker(worker):
        with freed:
            release(worker)
            freed.notify_all()

    runtime.acquire_worker = lambda_svc.acquire_worker = acquire_worker
    runtime.release_worker = lambda_svc.release_worker = release_worker


@patch(
    "custom-resource-timeout",
    requires=[
        symbol(
            "ministack.services.cloudformation.custom_resource:invoke_custom_resource",
            *("request_type", "logical_id", "props", "stack_name", "stack_id", "resource_type"),
            *("physical_id", "old_props"),
        )
    ],
)
def custom_resource_timeout() -> None:
    """A custom resource that never answers fails its stack after a minute; the engine waits an hour."""
    invoke = custom_resource.invoke_custom_resource

    def invoke_custom_resource(request_type, logical_id, props, *args, **kwargs):
        return invoke(request_type, logical_id, {"ServiceTimeout": CUSTOM_RESOURCE_TIMEOUT_S, **props}, *args, **kwargs)

    custom_resource.invoke_custom_resource = invoke_custom_resource
