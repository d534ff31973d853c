"""Starts MiniStack on 127.0.0.1 with our named patches applied in this process."""

import sys

# The repository stays free of __pycache__; pip compiled the installed packages already.
sys.dont_write_bytecode = True

from launcher import guards  # noqa: E402

guards.check()
guards.follow_parent()
guards.remove_temporary_folder_at_exit()

# Importing a module registers its patches, in this order.
from launcher import addresses, cloudformation, emf, events, iam, limits, sagemaker, versions, worker  # noqa: E402, F401
from launcher.step_functions import (  # noqa: E402, F401
    callback,
    distributed_map,
    executions,
    parallel,
    paths,
    sagemaker_jobs,
    sdk,
    variables,
)
from launcher.registry import apply_all, describe_all  # noqa: E402

if "--list-patches" in sys.argv:
    print(describe_all())
    sys.exit(0)

apply_all()

import ministack.app  # noqa: E402

ministack.app.main()
