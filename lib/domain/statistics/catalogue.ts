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
