import type { StatisticEntry } from './catalogue/entry.ts';
import { NUMBERS } from './catalogue/numbers.ts';
import { OTHER_SUBJECTS } from './catalogue/other-subjects.ts';
import { SHARES } from './catalogue/shares.ts';

/**
 * All statistics, with their usual thresholds. Those that decide are effects: they do not grow with the number of rows, as a
 * test's p does.
 */
export const CATALOGUE: readonly StatisticEntry[] = [...NUMBERS, ...SHARES, ...OTHER_SUBJECTS];

const BY_NAME = new Map(CATALOGUE.map((entry) => [entry.name, entry]));

/** What the catalogue says of a statistic; undefined for a name it does not have. */
export function statisticEntry(name: string): StatisticEntry | undefined {
  return BY_NAME.get(name);
}

/** From where a statistic is worth a look. Throws for a name without a usual threshold. */
export function warnAt(name: string): number {
  return thresholdOf(name, 'warn');
}

/** From where a statistic is much. Throws for a name without a usual threshold. */
export function alertAt(name: string): number {
  return thresholdOf(name, 'alert');
}

function thresholdOf(name: string, level: Level): number {
  const threshold = BY_NAME.get(name)?.[level];
  if (threshold === undefined) throw new Error(`the catalogue has no ${level} threshold of ${name}`);
  return threshold;
}

export type Level = 'warn' | 'alert';

/**
 * How much a value is by the usual thresholds.
 *
 * @returns undefined below them, and for a statistic without any
 * @example levelOf('psi-10', 0.3) // 'alert'
 */
export function levelOf(name: string, value: number): Level | undefined {
  const entry = BY_NAME.get(name);
  if (entry === undefined) return undefined;
  const reaches = (threshold: number | undefined) => {
    if (threshold === undefined) return false;
    if (entry.worse === 'lower') return value <= threshold;
    const distance = entry.worse === 'both' ? Math.abs(value - (entry.neutral ?? 0)) : value;
    return distance >= threshold;
  };
  if (reaches(entry.alert)) return 'alert';
  return reaches(entry.warn) ? 'warn' : undefined;
}
