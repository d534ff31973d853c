import type { ColumnPair } from './column-pair.ts';

/** A library whose rules can be followed beside our own. */
export type PresetName = 'evidently' | 'sagemaker' | 'tfdv' | 'nannyml';

/** When a score means drift: compared with its threshold. */
export type AlarmWhen = 'below' | 'at-most' | 'above' | 'at-least';

/** One way in which a library compares a column; all of a library's are a table. */
export interface PresetMethod {
  readonly title: string;
  readonly appliesTo: 'numeric' | 'categorical' | 'both';
  /** Undefined where the library has none, or learns it. */
  readonly threshold?: number;
  readonly alarm: AlarmWhen;
  /** Undefined when it cannot be measured, as when it needs raw values and has a profile. */
  readonly score: (pair: ColumnPair) => number | undefined;
}

/** What a library would say about a column. */
export interface PresetScore {
  readonly preset: PresetName;
  /** The library's own name of the method. */
  readonly method: string;
  /** Absent where it cannot be measured: without rows, without the values it needs, or beyond what a double holds. */
  readonly score?: number;
  readonly threshold?: number;
  readonly alarm: AlarmWhen;
  /** False also where there is no score or no threshold. */
  readonly drifted: boolean;
}

/**
 * A method's score held against a threshold. One that is no finite number, as of values near the largest double, whose squares
 * overflow, is no score: it compares with nothing, and JSON would make it a null.
 */
export function judged(
  preset: PresetName,
  method: string,
  { alarm }: Pick<PresetMethod, 'alarm'>,
  measured: number | undefined,
  threshold: number | undefined,
): PresetScore {
  const score = Number.isFinite(measured) ? measured : undefined;
  const known = score !== undefined && threshold !== undefined;
  return {
    preset,
    method,
    alarm,
    drifted: known && alarms(alarm, score, threshold),
    ...(score !== undefined && { score }),
    ...(threshold !== undefined && { threshold }),
  };
}

function alarms(alarm: AlarmWhen, score: number, threshold: number): boolean {
  if (alarm === 'below') return score < threshold;
  if (alarm === 'at-most') return score <= threshold;
  return alarm === 'above' ? score > threshold : score >= threshold;
}
