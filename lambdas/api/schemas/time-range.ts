import type { KeyRange } from '../../../lib/stores/registry/registry.ts';
import { isoTime } from './fields.ts';

/** Times at or after `from` and before `to`; either may be left out. */
export const timeRange = { from: isoTime.optional(), to: isoTime.optional() };

export interface TimeRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The same range of keys that begin with a time. */
export function keyRange({ from, to }: TimeRange): KeyRange {
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/** Whether a time lies in a range; all are written alike, and compare as text. */
export function isWithin(time: string, { from, to }: TimeRange): boolean {
  return (from === undefined || time >= from) && (to === undefined || time < to);
}
