"""A Python that has imported the heavy libraries already and forks for each script, which saves a second of start a job.

Reads one JSON object a line on stdin: {"id", "argv", "cwd", "env", "output"}; `output` is a Unix socket that gets what the
script prints. Answers on stdout: {"id", "pid"}, later {"id", "code", "signal"}. Ends when stdin does,
its children with it, and removes the folder of its argument, where the sockets are: whoever made it may have been killed.
The scripts see what they would see in a process of their own: environment, folder, arguments, session, random state.
"""

import atexit
import contextlib
import ctypes
import importlib
import json
import os
import runpy
import selectors
import shutil
import signal
import socket
import sys
import traceback

PRELOADED = ("numpy", "scipy.sparse", "pyarrow.parquet", "pyarrow.compute", "joblib", "sklearn.ensemble", "sklearn.linear_model", "http.server")
PR_SET_PDEATHSIG = 1


def preload():
    for name in PRELOADED:
        # A user's environment need not hold them all; what is missing is the script's to complain about.
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def become(order, parent):
    """In the child: leave nothing of the parent but the imported modules."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    output = socket.socket(socket.AF_UNIX)
    output.connect(order["output"])
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (output.fileno(), 1), (output.fileno(), 2)):
        os.dup2(source, target)
    output.close()
    # What else is open is the parent's: its selector and wake-up pipe.
    os.closerange(3, 256)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    sys.argv = order["argv"]
    sys.path[0] = os.path.dirname(sys.argv[0])
    sys.stdout = os.fdopen(1, "w", buffering=1)
    sys.stderr = os.fdopen(2, "w", buffering=1)


def apply_settings():
    """What libraries read from the environment when they load has to be said again: they are loaded."""
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    if threads := os.environ.get("OMP_NUM_THREADS"):
        importlib.import_module("threadpoolctl").threadpool_limits(int(threads))


def run_script():
    try:
        apply_settings()
        runpy.run_path(sys.argv[0], run_name="__main__")
        return 0
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1


def start(order):
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        become(order, parent)
        code = run_script()
        atexit._run_exitfuncs()
        sys.stdout.flush()
    finally:
        os._exit(code)


def say(message):
    os.write(1, (json.dumps(message) + "\n").encode())


def reap(ids):
    while ids:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        code = os.waitstatus_to_exitcode(status)
        ended = {"code": code, "signal": None} if code >= 0 else {"code": None, "signal": signal.Signals(-code).name}
        say({"id": ids.pop(pid), **ended})


def main():
    preload()
    wake, waker = os.pipe()
    for end in (wake, waker):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    # Ctrl-C goes to the whole terminal; the end of stdin is what ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    selector = selectors.DefaultSelector()
    selector.register(0, selectors.EVENT_READ)
    selector.register(wake, selectors.EVENT_READ)
    ids, rest = {}, b""
    while True:
        ready = {key.fd for key, _ in selector.select()}
        if wake in ready:
            os.read(wake, 4096)
            reap(ids)
        if 0 in ready:
            chunk = os.read(0, 65536)
            if not chunk:
                return shutil.rmtree(sys.argv[1], ignore_errors=True)
            *lines, rest = (rest + chunk).split(b"\n")
            for order in map(json.loads, lines):
                pid = start(order)
                ids[pid] = order["id"]
                say({"id": order["id"], "pid": pid})


if __name__ == "__main__":
    main()
