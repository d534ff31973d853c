import type { ColumnDrift } from '../lib/domain/drift/column-drift.ts';
import { addEvidence, type EvidenceState, weighEvidence } from '../lib/domain/drift/evidence.ts';
import { binomial } from '../lib/domain/statistics/random/draw-counts.ts';
import { type Random, seededRandom } from '../lib/domain/statistics/random/generator.ts';
import { FAMILIES, type Family, NUMERIC_FAMILIES, replay, shareOf } from '../test/domain/drift/replays.ts';
import { FORM_FAMILIES } from '../test/domain/drift/replays-of-forms.ts';
import { replayTables } from '../test/domain/drift/replays-of-tables.ts';
import type { Report } from './measure.ts';

const REPLAYS = 400;
const SIZES = [100, 300, 1000, 3000, 10_000];
const LARGE_REFERENCE = 100_000;
/** A large reference is drawn anew after that many windows. */
const WINDOWS_A_REFERENCE = 100;
const SHIFTS = [0.05, 0.1, 0.2, 0.3];
const POWER_ROWS = 3000;

interface CellFigures {
  readonly cell: string;
  readonly drifted: number;
  readonly watch: number;
  readonly insufficient: number;
  /** Windows at or above their stated size that were still not judged. */
  readonly brokenPromises: number;
  readonly minRows: number;
  readonly detectable: number;
}

/** How often undrifted windows are called drifted, in every cell, and how often a shift is found; seeded, so always the same. */
export function benchCalibration(report: Report): void {
  const cells = noDriftCells();
  for (const cell of cells) process.stderr.write(`${tableRow(cell)}\n`);
  const say = (metric: string, value: number, unit = 'share') =>
    report({ bench: 'engine', metric, value, unit });
  const worst = (of: (cell: CellFigures) => number, among = cells) => Math.max(...among.map(of));
  say(
    'worst-false-alarm',
    worst((cell) => cell.drifted),
  );
  say(
    'worst-false-watch',
    worst((cell) => cell.watch),
  );
  say(
    'insufficient-at-stated-size',
    cells.reduce((sum, cell) => sum + cell.brokenPromises, 0),
    'windows',
  );
  for (const shift of SHIFTS) {
    const [drifted, seen] = powerAt(shift);
    say(`power-at-${shift}-sigma`, drifted);
    say(`seen-at-${shift}-sigma`, seen);
  }
  const forms = formCells();
  for (const cell of forms) process.stderr.write(`${tableRow(cell)}\n`);
  say(
    'worst-false-alarm-of-texts-and-times',
    worst((cell) => cell.drifted, forms),
  );
  say('false-alarm-of-40-columns', Math.max(...tableAlarms()));
  say('false-alarm-in-100-windows', evidenceAlarms());
}

function noDriftCells(): readonly CellFigures[] {
  return FAMILIES.flatMap((family, f) =>
    SIZES.flatMap((size, s) => [
      cellOf(family, size, size, 1_000_000 * f + 10_000 * s),
      cellOf(family, LARGE_REFERENCE, size, 1_000_000 * f + 10_000 * s + 5000),
    ]),
  );
}

/** Of texts and times, against a reference of half a year. */
const FORM_SIZES = [500, 1000, 3000];
const FORM_REFERENCE = 30_000;

function formCells(): readonly CellFigures[] {
  return FORM_FAMILIES.flatMap((family, f) =>
    FORM_SIZES.map((size) => cellOf(family, FORM_REFERENCE, size, 70_000_000 + 1_000_000 * f + size)),
  );
}

/** Of whole tables in which one column that drifted is enough. */
const TABLE_COLUMNS = 40;
const TABLE_SIZES = [
  { n: 500, m: 500 },
  { n: 2000, m: 1000 },
];

function tableAlarms(): readonly number[] {
  return TABLE_SIZES.map(({ n, m }) => {
    const scores = replayTables({ columns: TABLE_COLUMNS, n, m }, REPLAYS, 80_000_000 + n);
    const drifted = shareOf(scores, ({ verdict }) => verdict === 'drifted');
    process.stderr.write(`| ${TABLE_COLUMNS} columns | ${n} | ${m} | ${(100 * drifted).toFixed(1)} % |\n`);
    return drifted;
  });
}

function cellOf(family: Family, n: number, m: number, seed: number): CellFigures {
  const scores = replay({ family, n, m }, REPLAYS, seed, n > m ? WINDOWS_A_REFERENCE : 1);
  const verdict = (wanted: ColumnDrift['verdict']) => shareOf(scores, (score) => score.verdict === wanted);
  const judgeable = (score: ColumnDrift) => score.minRows !== undefined && score.rows >= score.minRows;
  const middle = (values: readonly number[]) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  return {
    cell: `${family.name} | ${n.toLocaleString('en')} | ${m.toLocaleString('en')}`,
    drifted: verdict('drifted'),
    watch: verdict('watch'),
    insufficient: verdict('insufficient-data'),
    brokenPromises: scores.filter((s) => judgeable(s) && s.verdict === 'insufficient-data').length,
    minRows: middle(scores.map((score) => score.minRows ?? Number.POSITIVE_INFINITY)) ?? Number.NaN,
    detectable: middle(scores.map((score) => score.detectable ?? 0)) ?? Number.NaN,
  };
}

function tableRow({ cell, drifted, watch, insufficient, minRows, detectable }: CellFigures): string {
  const percents = [drifted, watch, insufficient].map((share) => `${(100 * share).toFixed(1)} %`);
  const size = Number.isFinite(minRows) ? minRows.toLocaleString('en') : 'none';
  return `| ${cell} | ${percents.join(' | ')} | ${size} | ${detectable.toFixed(3)} |`;
}

/** Of windows shifted by that much: the share called drifted at a threshold of 0.1, and the share known to have moved at all. */
function powerAt(shift: number): readonly [number, number] {
  const shares = NUMERIC_FAMILIES.map((family, f) => {
    const cell = { family, n: LARGE_REFERENCE, m: POWER_ROWS, shift };
    const scores = replay(cell, REPLAYS, 50_000_000 + f * 1_000_000, WINDOWS_A_REFERENCE);
    return [
      shareOf(scores, ({ verdict }) => verdict === 'drifted'),
      shareOf(scores, ({ lowerBound = 0 }) => lowerBound > 0),
    ] as const;
  });
  for (const [i, [drifted, seen]] of shares.entries())
    process.stderr.write(
      `| ${NUMERIC_FAMILIES[i]?.name} | ${shift} σ | ${(100 * drifted).toFixed(1)} % | ${(100 * seen).toFixed(1)} % |\n`,
    );
  return [Math.min(...shares.map(([drifted]) => drifted)), Math.min(...shares.map(([, seen]) => seen))];
}

const WINDOWS = 100;
const COLUMNS = 20;
const ROWS_A_WINDOW = 1000;

/** Share of models whose data never changes that any column is called changed in, over a hundred windows looked at each. */
function evidenceAlarms(): number {
  const sizes = [1000, 10_000, 100_000];
  const shares = sizes.map((n, s) => {
    const lives = Array.from({ length: REPLAYS }, (_, i) =>
      everChanged(n, seededRandom(90_000_000 + s * 10_000 + i)),
    );
    const share = shareOf(lives, (changed) => changed);
    process.stderr.write(`| reference of ${n.toLocaleString('en')} | ${(100 * share).toFixed(1)} % |\n`);
    return share;
  });
  return Math.max(...shares);
}

function everChanged(n: number, random: Random): boolean {
  const names = Array.from({ length: COLUMNS }, (_, i) => `input.c${i}`);
  const reference = new Map(names.map((name) => [name, tenths(n, random)]));
  let state: EvidenceState = {};
  for (let window = 0; window < WINDOWS; window++) {
    const now = names.map((name) => [
      name,
      { since: '', windows: 1, rows: ROWS_A_WINDOW, counts: [...tenths(ROWS_A_WINDOW, random)] },
    ]);
    state = addEvidence(state, Object.fromEntries(now));
    if ([...weighEvidence(reference, state, 0.05).values()].some(({ changed }) => changed)) return true;
  }
  return false;
}

function tenths(n: number, random: Random): readonly number[] {
  let left = n;
  return Array.from({ length: 10 }, (_, k) => {
    const count = k === 9 ? left : binomial(left, 1 / (10 - k), random);
    left -= count;
    return count;
  });
}
