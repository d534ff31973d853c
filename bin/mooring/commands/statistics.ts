import type { Command } from 'commander';
import type { StatisticEntry } from '../../../lib/domain/statistics/catalogue/entry.ts';
import { CATALOGUE } from '../../../lib/domain/statistics/catalogue.ts';
import { equivalentShift } from '../../../lib/domain/statistics/equivalent-shift.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';

const STATISTICS_HELP = `
* decides a verdict; the others are told beside it. As a shift: by how many σ the mean of a normal column must move for warn.
--json also has what each is of, its range and its source.`;

export function addStatisticsCommand(program: Command, session: Session): void {
  program
    .command('statistics')
    .description('what each statistic of a drift report means, without any cloud')
    .addHelpText('after', STATISTICS_HELP)
    .action(() => session.answer(CATALOGUE, table(HEADINGS, CATALOGUE.map(rowOf))));
}

const HEADINGS = ['name', 'what it is', 'unit', 'warn', 'alert', 'as a shift'];

function rowOf({ name, title, decides, unit, ...entry }: StatisticEntry): readonly unknown[] {
  const { warn, alert, shift } = entry;
  const moved = shift && warn !== undefined ? equivalentShift(shift, warn) : undefined;
  return [
    decides ? `${name} *` : name,
    title,
    unit,
    threshold(entry, warn),
    threshold(entry, alert),
    moved === undefined ? undefined : `${Number(moved.toPrecision(2))} σ`,
  ];
}

/** `≥ 0.1`, `≤ 0.05`, `1 ± 0.25`. */
function threshold({ worse, neutral = 0 }: Pick<StatisticEntry, 'worse' | 'neutral'>, value?: number) {
  if (value === undefined) return undefined;
  const shown = Number(value.toPrecision(3));
  if (worse === 'both') return neutral === 0 ? `± ${shown}` : `${neutral} ± ${shown}`;
  return worse === 'lower' ? `≤ ${shown}` : `≥ ${shown}`;
}
