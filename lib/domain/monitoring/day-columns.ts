import type { Binning } from '../profile/binning.ts';
import { type ColumnSpec, inputColumns, type ModelSpec } from '../spec.ts';

/** A column of a compacted day: where the log says it and what it is. */
export interface LogColumn {
  readonly name: string;
  /** JSON path in one logged row. */
  readonly path: string;
  readonly type: ColumnSpec['type'];
}

/** Column names that every compacted day has. */
export const PREDICTION_ID = 'predictionId';
export const CALLER_ID = 'id';
export const EVENT_TIME = '_time';
export const RECEIVED_AT = 'receivedAt';
export const OUTPUT_LABEL = 'output.label';
export const OUTPUT_SCORE = 'output.score';

/**
 * The columns of a version's compacted log: ids and times, its inputs as the spec types them, its features as its binning
 * counts them, its answer.
 *
 * @example dayColumns(spec, binning).map((c) => c.name) // ['predictionId', …, 'input.temp', 'feature.temperature', 'output.score', …]
 */
export function dayColumns(spec: ModelSpec, binning: Binning): readonly LogColumn[] {
  const features = Object.entries(binning.columns).flatMap(([name, { kind }]): LogColumn[] => {
    const feature = name.startsWith('feature.') ? name.slice('feature.'.length) : undefined;
    if (feature === undefined) return [];
    return [{ name, path: pathOf('feature', feature), type: kind === 'numeric' ? 'number' : 'string' }];
  });
  return [
    { name: PREDICTION_ID, path: '$.predictionId', type: 'string' },
    { name: CALLER_ID, path: '$.id', type: 'string' },
    { name: EVENT_TIME, path: '$.eventTime', type: 'timestamp' },
    { name: RECEIVED_AT, path: '$.receivedAt', type: 'timestamp' },
    ...inputColumns(spec).map(({ name, type }) => ({
      name: `input.${name}`,
      path: pathOf('input', name),
      type,
    })),
    ...features,
    { name: OUTPUT_SCORE, path: '$.output.score', type: 'number' },
    { name: OUTPUT_LABEL, path: '$.output.label', type: 'string' },
  ];
}

/** Names of features are the user's; quoted, they may hold what a bare path may not. */
function pathOf(part: string, name: string): string {
  return `$.${part}."${name.replaceAll('"', '\\"')}"`;
}
