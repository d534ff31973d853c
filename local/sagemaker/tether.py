"""Becomes the given command, tied to the process that started it: when that one dies, however it dies, so does this one."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

parent, command = int(sys.argv[1]), sys.argv[2:]
ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
if os.getppid() != parent:
    sys.exit("the parent is gone already")
os.execv(command[0], command)
