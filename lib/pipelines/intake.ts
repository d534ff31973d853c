import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Definition, expr, type State, started, type TaskState } from './asl.ts';
import { definition } from './closing.ts';
import { distributed } from './distributed.ts';
import { invoke } from './invoke.ts';
import { SECOND_TRY } from './outages.ts';

export interface IntakeFunctions {
  readonly openIntake: IFunction;
  readonly profileObject: IFunction;
  readonly mergeProfiles: IFunction;
  readonly judgeDataset: IFunction;
  readonly closeRun: IFunction;
}

/** Half of an account's thousand concurrent functions: the rest goes on serving. */
export const WORKERS_AT_A_TIME = 500;

/** Label of each distributed map: its children's names begin with it. */
export const INTAKE_MAPS = ['ProfileEveryBatch', 'MergeALevel'] as const;

const model = expr(started('model'));
const uploadId = expr(started('uploadId'));
const ofItem = (field: string) => expr(`$states.context.Map.Item.Value.${field}`);

/**
 * An upload becomes a dataset version with a verdict: batches of its objects are profiled by as many workers as there are, the profiles
 * are merged as a tree, level by level, and the one that is left is judged.
 *
 * @param artifacts name of the bucket that the lists of items, the shards and the results are in
 */
export function intake(functions: IntakeFunctions, artifacts: string): Definition {
  return definition({
    name: 'intake',
    comment: 'An upload becomes a dataset version, accepted or rejected',
    closeRun: functions.closeRun,
    id: started('uploadId'),
    attempt: '1',
    StartAt: 'Open The Upload',
    States: { ...opening(functions), ...fanOut(functions, artifacts), ...judging(functions) },
  });
}

function opening({ openIntake }: IntakeFunctions): Readonly<Record<string, State>> {
  return {
    'Open The Upload': invoke({
      name: 'open-intake',
      fn: openIntake,
      payload: { model, uploadId },
      assign: { upload: expr('$states.result.Payload'), level: 0 },
      next: 'Is There Anything To Profile',
    }),
    'Is There Anything To Profile': {
      Type: 'Choice',
      Choices: [
        { Condition: expr('$upload.duplicate'), Next: 'Nothing New' },
        { Condition: expr('$upload.batches = 0'), Next: 'Judge Without Data' },
      ],
      Default: 'Profile Every Batch',
    },
    'Nothing New': { Type: 'Succeed', Output: expr('$upload.{"datasetId": datasetId, "duplicate": true}') },
  };
}

function fanOut(functions: IntakeFunctions, bucket: string): Readonly<Record<string, State>> {
  const folder = expr('$upload.folder');
  return {
    'Profile Every Batch': distributed({
      label: INTAKE_MAPS[0],
      bucket,
      itemsKey: expr('$upload.batchesKey'),
      resultsPrefix: expr('$upload.resultsPrefix'),
      select: { folder, batch: ofItem('batch') },
      atATime: WORKERS_AT_A_TIME,
      // The merge finds what left no shard; whoever judges decides what it means.
      toleratedFailurePercentage: 100,
      assign: { resultsKey: expr('$states.result.ResultWriterDetails.Key') },
      states: { 'Profile One Batch': profileBatch(functions.profileObject) },
      next: 'Merge A Level',
    }),
    'Merge A Level': distributed({
      label: INTAKE_MAPS[1],
      bucket,
      itemsKey: expr('$upload.mergeKeys[$level]'),
      resultsPrefix: expr('$upload.resultsPrefix'),
      select: { folder, level: ofItem('level'), group: ofItem('group') },
      atATime: WORKERS_AT_A_TIME,
      assign: { level: expr('$level + 1') },
      states: {
        'Merge One Group': invoke({
          name: 'merge-profiles',
          fn: functions.mergeProfiles,
          payload: expr('$states.input'),
        }),
      },
      next: 'Is It One Profile',
    }),
    'Is It One Profile': {
      Type: 'Choice',
      Choices: [{ Condition: expr('$level < $upload.levels'), Next: 'Merge A Level' }],
      Default: 'Judge The Dataset',
    },
  };
}

function judging({ judgeDataset }: IntakeFunctions): Readonly<Record<string, State>> {
  const payload = {
    model,
    uploadId,
    datasetId: expr('$upload.datasetId'),
    folder: expr('$upload.folder'),
  };
  const judge = { name: 'judge-dataset', fn: judgeDataset } as const;
  return {
    'Judge The Dataset': invoke({ ...judge, payload: { ...payload, resultsKey: expr('$resultsKey') } }),
    'Judge Without Data': invoke({ ...judge, payload }),
  };
}

function profileBatch(fn: IFunction): TaskState {
  const once = invoke({ name: 'profile-object', fn, payload: expr('$states.input') });
  return { ...once, Retry: [...once.Retry, SECOND_TRY] };
}
