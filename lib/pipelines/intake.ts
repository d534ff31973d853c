import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Definition, expr, started } from './asl.ts';
import { definition } from './closing.ts';
import { invoke } from './invoke.ts';

export interface IntakeFunctions {
  readonly openIntake: IFunction;
  readonly profileObject: IFunction;
  readonly judgeDataset: IFunction;
  readonly closeRun: IFunction;
}

/** Objects profiled at a time; each is one function with DuckDB. */
const OBJECTS_AT_A_TIME = 4;

/** An upload becomes a dataset version with a verdict: every object is profiled, the profiles are merged and judged. */
export function intake(functions: IntakeFunctions): Definition {
  return definition({
    name: 'intake',
    comment: 'An upload becomes a dataset version, accepted or rejected',
    closeRun: functions.closeRun,
    id: started('uploadId'),
    attempt: '1',
    StartAt: 'Open The Upload',
    States: {
      'Open The Upload': invoke({
        name: 'open-intake',
        fn: functions.openIntake,
        payload: { model: expr(started('model')), uploadId: expr(started('uploadId')) },
        assign: { upload: expr('$states.result.Payload') },
        next: 'Is It Known Already',
      }),
      'Is It Known Already': {
        Type: 'Choice',
        Choices: [{ Condition: expr('$upload.duplicate'), Next: 'Nothing New' }],
        Default: 'Profile Every Object',
      },
      'Nothing New': { Type: 'Succeed', Output: expr('$upload.{"datasetId": datasetId, "duplicate": true}') },
      'Profile Every Object': {
        Type: 'Map',
        Items: expr('$upload.objects'),
        MaxConcurrency: OBJECTS_AT_A_TIME,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'Profile One Object',
          States: {
            'Profile One Object': invoke({
              name: 'profile-object',
              fn: functions.profileObject,
              payload: expr(PROFILE_INPUT),
              output: expr('$states.result.Payload.{"index": index, "shardKey": shardKey}'),
            }),
          },
        },
        Next: 'Judge The Dataset',
      },
      'Judge The Dataset': invoke({
        name: 'judge-dataset',
        fn: functions.judgeDataset,
        payload: {
          model: expr(started('model')),
          uploadId: expr(started('uploadId')),
          datasetId: expr('$upload.datasetId'),
          shards: expr('$states.input'),
        },
      }),
    },
  });
}

/** A model without a champion has no champion's binning, and an absent field is no `null`. */
const PROFILE_INPUT = `$merge([$upload.{
  "model": model, "uploadId": uploadId, "datasetId": datasetId, "binningKey": binningKey
}, $exists($upload.championBinningKey) ? {"championBinningKey": $upload.championBinningKey} : {},
{"index": $states.input.index}])`.replaceAll(/\s*\n\s*/g, ' ');
