import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { EXECUTION_TIMEOUT_SECONDS } from '../names.ts';
import { type Definition, expr, type MapState, type State, started } from './asl.ts';
import { CLOSE, definition, errorOf } from './closing.ts';
import { distributed } from './distributed.ts';
import { eachApart, FIRST_FAILURE, failuresAfter } from './each-apart.ts';
import { WORKERS_AT_A_TIME } from './intake.ts';
import { invoke } from './invoke.ts';
import { EXECUTION_OUTAGES } from './outages.ts';

export interface MonitoringFunctions {
  readonly planWindows: IFunction;
  readonly compactLog: IFunction;
  readonly mergeDay: IFunction;
  readonly scoreWindow: IFunction;
  readonly measureQuality: IFunction;
  readonly routeCauses: IFunction;
  readonly exportWindow: IFunction;
  readonly raiseSignal: IFunction;
  readonly closeRun: IFunction;
}

/** Days that are merged at a time: each reads the profiles of all its parts. */
const DAYS_AT_A_TIME = 10;

/** Labels of its distributed maps. */
export const MONITORING_MAPS = ['CompactTheParts'] as const;

/** Scored and measured windows, each once; what a window says of its data and of its quality is asked together. */
const TO_ROUTE =
  '[$distinct($append([$plan.windows.{"model": model, "version": version, "start": start, "end": end}], $plan.quality))]';

/** What was looked at for faults without a failure: a window that was not is kept back. */
const ROUTED_EXPORTS = '[$exports[(version & start) in $states.result[$exists(route)].(version & start)]]';

/**
 * What a model served is compacted by parts of a day, which are merged to days, judged by window, compared with its labels, and its causes are found; labelled windows
 * without a fault come back as data; and only after that a drift that was found is announced, so that a run it starts finds the
 * newest data. A window that fails in one of these steps costs no other window anything, and the drift is announced; then the execution
 * fails, and the next tick tries again what it left.
 *
 * @param data name of the bucket that the log and the lists of its parts are in
 */
export function monitoring(functions: MonitoringFunctions, intake: IStateMachine, data: string): Definition {
  const model = expr(started('model'));
  return definition({
    name: 'monitoring',
    comment: 'Closed windows are compacted, scored and compared with labels',
    closeRun: functions.closeRun,
    id: started('model'),
    attempt: '1',
    StartAt: 'Plan The Windows',
    States: {
      'Plan The Windows': invoke({
        name: 'plan-windows',
        fn: functions.planWindows,
        payload: { model },
        assign: { plan: expr('$states.result.Payload') },
        next: 'Is There Anything To Compact',
      }),
      ...compacting(functions, data),
      'Score The Windows': eachApart({
        items: '$plan.windows',
        states: {
          'Score One Window': invoke({
            name: 'score-window',
            fn: functions.scoreWindow,
            payload: expr('$states.input'),
          }),
        },
        aside: 'Leave It Without A Score',
        assign: { failures: failuresAfter() },
        next: 'Measure Quality',
      }),
      'Measure Quality': eachApart({
        items: '$plan.quality',
        states: {
          'Measure One Window': invoke({
            name: 'measure-quality',
            fn: functions.measureQuality,
            payload: expr('$states.input'),
          }),
        },
        aside: 'Leave It Without A Measure',
        assign: {
          failures: failuresAfter('$failures'),
          exports: expr(
            '[$states.result[export].{"model": model, "version": version, "start": start, "end": end}]',
          ),
        },
        next: 'Route The Causes',
      }),
      'Route The Causes': eachApart({
        items: TO_ROUTE,
        states: {
          'Route One Window': invoke({
            name: 'route-causes',
            fn: functions.routeCauses,
            payload: expr('$states.input'),
          }),
        },
        aside: 'Leave It Without A Cause',
        assign: { failures: failuresAfter('$failures'), exports: expr(ROUTED_EXPORTS) },
        next: 'Return Labelled Windows',
      }),
      'Return Labelled Windows': eachApart({
        items: '$exports',
        states: exporting(functions.exportWindow, intake),
        aside: 'Leave It For The Next Tick',
        assign: { failures: failuresAfter('$failures') },
        next: 'Announce Drift',
      }),
      'Announce Drift': invoke({
        name: 'raise-signal',
        fn: functions.raiseSignal,
        payload: { model },
        next: 'Did All Go Well',
      }),
      'Did All Go Well': {
        Type: 'Choice',
        Choices: [{ Condition: expr(`$exists(${FIRST_FAILURE}) = false`), Next: 'Done' }],
        Default: 'Tell Of The First Failure',
      },
      'Tell Of The First Failure': {
        Type: 'Pass',
        Assign: errorOf(expr(`${FIRST_FAILURE}.Error`), expr(`${FIRST_FAILURE}.Cause`)),
        Next: CLOSE,
      },
      Done: { Type: 'Succeed' },
    },
  });
}

function exporting(fn: IFunction, intake: IStateMachine): Readonly<Record<string, State>> {
  return {
    'Export One Window': invoke({
      name: 'export-window',
      fn,
      payload: expr('$states.input'),
      next: 'Was It Exported',
    }),
    // A fault that was found since the window was measured keeps it here.
    'Was It Exported': {
      Type: 'Choice',
      Choices: [{ Condition: expr('$exists($states.input.uploadId)'), Next: 'Take It In' }],
      Default: 'Leave It Out',
    },
    'Take It In': takeIn(intake),
    'Leave It Out': { Type: 'Pass', Output: {}, End: true },
  };
}

/** Each part by a worker of its own, then each day of its parts; what they answer is dropped, as the next steps read what they wrote. */
function compacting(
  { compactLog, mergeDay }: MonitoringFunctions,
  bucket: string,
): Readonly<Record<string, State>> {
  const compact = { name: 'compact-log', fn: compactLog, payload: expr('$states.input') } as const;
  const part = (field: string) => expr(`$states.context.Map.Item.Value.${field}`);
  return {
    'Is There Anything To Compact': {
      Type: 'Choice',
      Choices: [{ Condition: expr('$plan.parts = 0'), Next: 'Merge The Days' }],
      Default: 'Compact The Parts',
    },
    'Compact The Parts': distributed({
      label: MONITORING_MAPS[0],
      bucket,
      itemsKey: expr('$plan.partsKey'),
      resultsPrefix: expr('$plan.resultsPrefix'),
      select: {
        model: part('model'),
        version: part('version'),
        date: part('date'),
        revision: part('revision'),
      },
      atATime: WORKERS_AT_A_TIME,
      states: { 'Compact One Part': invoke({ ...compact, output: {} }) },
      next: 'Merge The Days',
    }),
    'Merge The Days': mergeDays(mergeDay),
  };
}

function mergeDays(fn: IFunction): MapState {
  const merge = { name: 'merge-day', fn, payload: expr('$states.input'), output: {} } as const;
  return {
    Type: 'Map',
    Items: expr('$plan.days'),
    MaxConcurrency: DAYS_AT_A_TIME,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'INLINE' },
      StartAt: 'Merge One Day',
      States: { 'Merge One Day': invoke(merge) },
    },
    Output: {},
    Next: 'Score The Windows',
  };
}

/** The upload's own event starts intake as well; the dataset's id is its content, so one of the two finds it known. */
function takeIn(intake: IStateMachine): State {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::states:startExecution.sync:2',
    Arguments: {
      StateMachineArn: intake.stateMachineArn,
      Input: {
        model: expr('$states.input.model'),
        uploadId: expr('$states.input.uploadId'),
      },
    },
    TimeoutSeconds: EXECUTION_TIMEOUT_SECONDS.intake / 2,
    Retry: [EXECUTION_OUTAGES],
    Output: {},
    End: true,
  };
}
