import { pad } from '../../names.ts';
import type { KeyRange } from './registry.ts';

/** Sort keys in a model's partition; the prefixes end in `#` and list what they name. */
export const sk = {
  head: 'HEAD',
  spec: (hash: string) => `SPEC#${hash}`,
  dataset: (id: string) => `DATASET#${id}`,
  upload: (uploadId: string) => `UPLOAD#${uploadId}`,
  run: (id: string) => `RUN#${id}`,
  version: (n: number) => `VERSION#${pad(n)}`,
  release: (id: string) => `RELEASE#${id}`,
  approval: (id: string) => `APPROVAL#${id}`,
  window: (start: string, kind: 'drift' | 'quality', version: number) =>
    `WINDOW#${start}#${kind}#${pad(version)}`,
  signal: (id: string) => `SIGNAL#${id}`,
  incident: (id: string) => `INCIDENT#${id}`,
  result: (contentKey: string) => `RESULT#${contentKey}`,
  day: (date: string, version: number) => `DAY#${date}#${pad(version)}`,
  /** When an object last came to a day of a version's log. */
  served: (version: number, date: string) => `SERVED#${pad(version)}#${date}`,
  /** When a refused call last came to an hour (`2013-04-01T05`) of a version. */
  refused: (version: number, hour: string) => `REFUSED#${pad(version)}#${hour}`,
  /** When labels last came to a day. */
  labelled: (date: string) => `LABELLED#${date}`,
  /** A failure that was told, of executions that leave no item. */
  failure: (pipeline: string, execution: string) => `FAILURE#${pipeline}#${execution}`,
  watermark: 'WATERMARK',
  /** `{seq}` of the newest entry known to be on the bus. */
  published: 'PUBLISHED',
  /** On `_platform`: whose token was the first. */
  bootstrap: 'BOOTSTRAP',
  /** On `_platform`: the token that a call issued. */
  issued: (operationId: string) => `ISSUED#${operationId}`,
  ledger: (seq: number) => `LEDGER#${pad(seq)}`,
} as const;

export const skPrefix = {
  spec: 'SPEC#',
  dataset: 'DATASET#',
  upload: 'UPLOAD#',
  run: 'RUN#',
  version: 'VERSION#',
  release: 'RELEASE#',
  approval: 'APPROVAL#',
  window: 'WINDOW#',
  signal: 'SIGNAL#',
  incident: 'INCIDENT#',
  result: 'RESULT#',
  day: 'DAY#',
  served: (version: number) => `SERVED#${pad(version)}#`,
  refused: (version: number) => `REFUSED#${pad(version)}#`,
  labelled: 'LABELLED#',
  ledger: 'LEDGER#',
} as const;

/** Sorts after every character of a key. */
const LAST = '\uffff';

/** The first and the last key that a prefix, or a range of it, may hold. */
export function keysOf(skPrefix: string, { from = '', to = LAST }: KeyRange): readonly [string, string] {
  return [skPrefix + from, skPrefix + to];
}

export const modelPartition = (model: string) => `MODEL#${model}`;
