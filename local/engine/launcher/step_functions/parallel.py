"""Parallel states."""

import copy

from ministack.services import stepfunctions as sfn

from ..registry import patch, symbol
from .states import MODULE, is_jsonata


@patch("branch-context", requires=[symbol(f"{MODULE}:_run_sub_machine", "states", "start_at", "input_data", "execution", "ctx")])
def branch_context() -> None:
    """Each branch has its own variables and context; in the engine they overwrite each other's."""
    run = sfn._run_sub_machine
    sfn._run_sub_machine = lambda states, start_at, input_data, execution, ctx: run(
        states, start_at, input_data, execution, copy.deepcopy(ctx)
    )


@patch(
    "parallel-jsonata",
    requires=[symbol(f"{MODULE}:_run_parallel_branches", "state_def", "raw_input", "execution", "ctx")],
)
def parallel_jsonata() -> None:
    """Arguments, Output and Assign of a JSONata Parallel state are evaluated; the engine ignores them."""
    run = sfn._run_parallel_branches

    def run_parallel_branches(state, raw_input, execution, ctx):
        if not is_jsonata(state, ctx):
            return run(state, raw_input, execution, ctx)
        plain = {key: state[key] for key in ("Branches", "Next", "End") if key in state}
        result, following = run(plain, sfn._apply_jsonata_arguments(state, raw_input, ctx), execution, ctx)
        output = sfn._apply_jsonata_output(state, raw_input, ctx, result=result, default=result)
        sfn._apply_state_assign(state, raw_input, ctx, result=result)
        return output, following

    sfn._run_parallel_branches = run_parallel_branches
