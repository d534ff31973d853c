"""What must hold before the engine starts, and what must not outlive it."""

import atexit
import os
import shutil
import signal
import sys
import threading
import time
from importlib.metadata import version

PINNED_VERSION = "1.5.33"
LOOPBACK = "127.0.0.1"

#: An orderly stop takes one to three seconds; a request that never ends would prolong it for ever.
STOP_DEADLINE_S = 10

#: Folders with this prefix are ours to delete.
TEMPORARY_PREFIX = "engine-"


def _refuse(reason: str) -> None:
    print(f"engine refuses to start: {reason}", file=sys.stderr, flush=True)
    sys.exit(2)


def check() -> None:
    """The engine's own default is to listen on every interface, without any authentication."""
    host = os.environ.get("BIND_HOST", "")
    if host != LOOPBACK:
        _refuse(f"BIND_HOST must be {LOOPBACK}, got {host or 'nothing'}")
    installed = version("ministack")
    if installed != PINNED_VERSION:
        _refuse(f"ministack must be {PINNED_VERSION}, got {installed}")


def take(name: str, default: str = "") -> str:
    """Reads a setting and removes it, because every function inherits the engine's environment."""
    return os.environ.pop(name, default)


def follow_parent() -> None:
    """Stops the engine when whoever started it is gone: their end of our standard input closes."""
    if take("MOORING_FOLLOW_PARENT") != "1":
        return

    def wait() -> None:
        while os.read(0, 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_DEADLINE_S)
        shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
        # We lead a process group of our own, with every function worker in it.
        os.killpg(os.getpgrp(), signal.SIGKILL)

    threading.Thread(target=wait, daemon=True, name="follow-parent").start()


def remove_temporary_folder_at_exit() -> None:
    """Every function worker unpacks its code below TMPDIR, and the engine alone would leave it there."""
    folder = os.environ.get("TMPDIR", "")
    if not os.path.basename(folder).startswith(TEMPORARY_PREFIX):
        _refuse(f"TMPDIR must be a folder named {TEMPORARY_PREFIX}*, got {folder or 'nothing'}")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
