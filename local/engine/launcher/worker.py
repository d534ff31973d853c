"""Function workers: error names, logs, and the code folder they run from."""

import json
import os
import queue
import shutil
import threading
import time
import zipfile
from hashlib import sha256

from ministack.core import lambda_runtime as runtime
from ministack.services import lambda_svc

from .registry import patch, symbol

NODE_SCRIPT = "ministack.core.lambda_runtime:_NODEJS_WORKER_SCRIPT"
WORKER = "ministack.core.lambda_runtime:Worker"

ERROR_KEY = "__handler_error__"
REJECTED = 'status: "error", error: String(err.message || err), trace: err.stack || ""'
THROWN = 'status: "error", error: e.message, trace: e.stack'

STDOUT_WRITE = "const _realStdoutWrite = process.stdout.write.bind(process.stdout);"
LOG_END = "\u0004end-of-log"
#: A worker that has answered has already written its log; this only bounds a worker that was killed.
LOG_WAIT_S = 0.25


def _error_as_result(variable: str) -> str:
    name = f'({variable} && {variable}.name) || "Error"'
    message = f"String(({variable} && {variable}.message) || {variable})"
    trace = f'String(({variable} && {variable}.stack) || {variable}).split("\\n")'
    return f'status: "ok", result: {{{ERROR_KEY}: {{errorType: {name}, errorMessage: {message}, trace: {trace}}}}}'


@patch(
    "worker-error-name",
    requires=[
        symbol(NODE_SCRIPT, once=(REJECTED, THROWN)),
        symbol("ministack.services.lambda_svc:_execute_function_warm", "func", "event", "request_id"),
    ],
)
def worker_error_name() -> None:
    """A thrown error keeps its name, which Retry and Catch match on, and the worker stays warm.

    The engine reports every error as Runtime.HandlerError and kills the worker.
    """
    script = runtime._NODEJS_WORKER_SCRIPT
    script = script.replace(REJECTED, _error_as_result("err")).replace(THROWN, _error_as_result("e"))
    runtime._NODEJS_WORKER_SCRIPT = script
    execute = lambda_svc._execute_function_warm

    def execute_function_warm(func, event, request_id):
        result = execute(func, event, request_id)
        body = result.get("body")
        if not (isinstance(body, dict) and ERROR_KEY in body):
            return result
        error = body[ERROR_KEY]
        log = "\n".join(filter(None, [result.get("log", ""), *error["trace"]]))
        return {"body": error, "error": True, "log": log}

    lambda_svc._execute_function_warm = execute_function_warm


@patch(
    "worker-log-end",
    requires=[
        symbol(NODE_SCRIPT, once=(STDOUT_WRITE,)),
        symbol(f"{WORKER}._drain_stderr_bounded", "self", "first_line_wait", "idle_confirm", "hard_cap"),
    ],
)
def worker_log_end() -> None:
    """A Node worker marks the end of each invocation's log, so nobody has to wait and guess.

    The engine waits 50 ms for a first line, on every call of a function that prints nothing, and may credit a
    late line to the next invocation.
    """
    marked = (
        "const _plainStdoutWrite = process.stdout.write.bind(process.stdout);\n"
        "const _realStdoutWrite = (text) => {\n"
        # What a module logs while it loads belongs to the first invocation.
        f"  if (!text.includes('\"status\":\"ready\"')) _stderrWrite({json.dumps(LOG_END)} + '\\n');\n"
        "  return _plainStdoutWrite(text);\n};"
    )
    runtime._NODEJS_WORKER_SCRIPT = runtime._NODEJS_WORKER_SCRIPT.replace(STDOUT_WRITE, marked)
    drain_bounded, drain = runtime.Worker._drain_stderr_bounded, runtime.Worker._drain_stderr

    def until_end(self) -> str:
        lines, deadline = [], time.monotonic() + LOG_WAIT_S
        while True:
            try:
                line = self._stderr_queue.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                break
            # The handler may have left a line without a newline before the mark.
            before, mark, _ = line.partition(LOG_END)
            if before:
                lines.append(before)
            if mark:
                break
        return "\n".join(lines)

    def drain_stderr_bounded(self, *args, **kwargs) -> str:
        node = str(self.config.get("Runtime", "")).startswith("nodejs")
        return until_end(self) if node else drain_bounded(self, *args, **kwargs)

    def drain_stderr(self) -> str:
        return "\n".join(line for line in drain(self).split("\n") if LOG_END not in line)

    runtime.Worker._drain_stderr_bounded = drain_stderr_bounded
    runtime.Worker._drain_stderr = drain_stderr


class _SharedCode:
    """Stands in for the `zipfile` module where workers unpack their code.

    Each distinct package is unpacked once; a worker's folder gets hard links to it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __getattr__(self, name):
        return getattr(zipfile, name)

    def ZipFile(self, path):  # noqa: N802, the name is zipfile's
        return _SharedZip(path, self._lock)


class _SharedZip(zipfile.ZipFile):
    def __init__(self, path, lock: threading.Lock) -> None:
        super().__init__(path)
        self._sharing = lock

    def extractall(self, path=None, members=None, pwd=None) -> None:
        if os.path.basename(path) != "code":
            super().extractall(path, members, pwd)
            return
        home = os.path.join(os.environ["TMPDIR"], "functions")
        with open(self.filename, "rb") as archive:
            shared = os.path.join(home, sha256(archive.read()).hexdigest()[:24])
        with self._sharing:
            if not os.path.exists(shared):
                super().extractall(f"{shared}.tmp")
                os.rename(f"{shared}.tmp", shared)
        shutil.copytree(shared, path, copy_function=os.link, dirs_exist_ok=True)
        os.unlink(self.filename)


@patch("worker-shared-code", requires=[symbol(f"{WORKER}._spawn", "self"), symbol("ministack.core.lambda_runtime:zipfile")])
def worker_shared_code() -> None:
    """Workers of one function share one unpacked copy of its code, as they would a read-only /var/task.

    The engine unpacks (and stores the archive) once for every worker: 95 MB each with DuckDB inside.
    """
    runtime.zipfile = _SharedCode()
