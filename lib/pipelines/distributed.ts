import type { DistributedMapState, JsonObject, State } from './asl.ts';

export interface Distributed {
  readonly label: string;
  /** Name of a bucket; the items and the results are in it. */
  readonly bucket: string;
  /** Expression of the key of a JSON array of items. */
  readonly itemsKey: string;
  /** Expression of the prefix that the results are written below. */
  readonly resultsPrefix: string;
  /** What a child gets of an item, as `$states.context.Map.Item.Value`, and of this execution. */
  readonly select: JsonObject;
  readonly atATime: number;
  readonly toleratedFailurePercentage?: number;
  readonly assign?: JsonObject;
  readonly states: Readonly<Record<string, State>>;
  readonly next: string;
}

/** A map over any number of items: they are read from S3 and run as child executions, and what came of them is written to S3. */
export function distributed(map: Distributed): DistributedMapState {
  return {
    Type: 'Map',
    Label: map.label,
    ItemReader: {
      Resource: 'arn:aws:states:::s3:getObject',
      ReaderConfig: { InputType: 'JSON' },
      Arguments: { Bucket: map.bucket, Key: map.itemsKey },
    },
    ItemSelector: map.select,
    MaxConcurrency: map.atATime,
    ...(map.toleratedFailurePercentage !== undefined && {
      ToleratedFailurePercentage: map.toleratedFailurePercentage,
    }),
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: Object.keys(map.states)[0] ?? '',
      States: map.states,
    },
    ResultWriter: {
      Resource: 'arn:aws:states:::s3:putObject',
      Arguments: { Bucket: map.bucket, Prefix: map.resultsPrefix },
    },
    ...(map.assign && { Assign: map.assign }),
    Output: {},
    Next: map.next,
  };
}
