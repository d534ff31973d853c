"""One way to wrap the functions that run a state."""

from collections.abc import Callable

from ministack.services import stepfunctions as sfn

from ..registry import Symbol, symbol

MODULE = "ministack.services.stepfunctions"
Error = sfn._ExecutionError

#: Pass alone is run without its execution.
RUNNERS = ("_execute_task", "_execute_map", "_execute_parallel", "_execute_pass")

NEEDED: list[Symbol] = [
    symbol(f"{MODULE}:_ExecutionError"),
    symbol(f"{MODULE}:_execute_task", "state_def", "raw_input", "execution", "ctx"),
    symbol(f"{MODULE}:_execute_map", "state_def", "raw_input", "execution", "ctx"),
    symbol(f"{MODULE}:_execute_parallel", "state_def", "raw_input", "execution", "ctx"),
    symbol(f"{MODULE}:_execute_pass", "state_def", "raw_input", "ctx"),
]


def is_jsonata(state: dict, ctx: dict) -> bool:
    return sfn._state_query_language(state, ctx) == "JSONata"


def around_states(wrapper: Callable) -> None:
    """Puts `wrapper(run, state, raw_input, execution, ctx)` around every state runner.

    `run(state)` runs the state, possibly an altered copy; `execution` is None for a Pass state.
    """

    def wrap(original: Callable) -> Callable:
        def runner(state, raw_input, *rest):
            execution = rest[0] if len(rest) == 2 else None
            return wrapper(lambda changed: original(changed, raw_input, *rest), state, raw_input, execution, rest[-1])

        return runner

    for name in RUNNERS:
        setattr(sfn, name, wrap(getattr(sfn, name)))
