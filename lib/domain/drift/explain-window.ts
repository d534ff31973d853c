import { percent, short } from '../figures.ts';
import type { DriftRules } from '../spec/drift.ts';
import type { ColumnDrift } from './column-drift.ts';
import { copiesAmong } from './copies.ts';
import type { JointScore } from './joint-drift.ts';
import type { SegmentDrift } from './segment-scores.ts';
import { couldHaveSeen } from './sentence.ts';
import { carrier, type SourceShare } from './source-shares.ts';
import type { DriftVerdict } from './verdict.ts';

interface Judged {
  readonly verdict: DriftVerdict;
  readonly alone: DriftVerdict;
  readonly columns: readonly ColumnDrift[];
  readonly segments: readonly SegmentDrift[];
  readonly joint?: JointScore;
  readonly coverage: number;
}

/** A sentence names at most this many columns. */
const NAMED_COLUMNS = 3;

/** What a window's verdict means, in one sentence: what moved, where, how much of all that is, and what could have been seen. */
export function explainWindow(score: Judged, rows: number, rules: DriftRules): string {
  const { verdict, alone, columns, coverage } = score;
  const judged = columns.filter((column) => column.verdict !== 'insufficient-data');
  if (coverage < rules.minCoverage)
    return `only ${percent(coverage)} of its rows could be counted, wanted ${percent(rules.minCoverage)}`;
  if (judged.length === 0 && rows < rules.minRows)
    return `${rows} rows, wanted at least ${rules.minRows} to judge`;
  const seen = leastSeen(judged.length > 0 ? judged : columns);
  if (verdict === 'insufficient-data')
    return `only ${judged.length} of ${columns.length} columns have enough data to judge${seen}`;
  if (verdict === 'stable') return `none of ${judged.length} columns moved${seen}`;
  const moved = [...named(score, judged, rows), ...together(score)];
  return `${howMany(score, judged, rules, alone)}${moved.join('; ')}${seen}`;
}

function howMany(
  { verdict }: Judged,
  judged: readonly ColumnDrift[],
  { windows }: DriftRules,
  alone: DriftVerdict,
): string {
  const drifted = judged.filter((column) => column.verdict === 'drifted').length;
  if (drifted === 0) return 'worth watching: ';
  const waits = alone === 'drifted' && verdict !== 'drifted';
  const because = waits ? ` in fewer than ${windows.drifted} of the last ${windows.of} windows` : '';
  return `${drifted} of ${judged.length} columns drifted${because}: `;
}

function named({ segments }: Judged, judged: readonly ColumnDrift[], rows: number): readonly string[] {
  const drifted = judged.filter((column) => column.verdict === 'drifted');
  const copies = copiesAmong(judged);
  const moved = (drifted.length > 0 ? drifted : judged.filter((column) => column.verdict === 'watch')).filter(
    ({ column }) => !copies.has(column),
  );
  const first = moved.slice(0, NAMED_COLUMNS);
  // What the model answers is what people act on: it is named even where other columns moved farther.
  const answers = moved.slice(NAMED_COLUMNS).find(({ role }) => role === 'prediction');
  const listed = [...first, ...(answers ? [answers] : [])];
  return [...listed.map((column) => columnSentence(column, segments, rows)), ...farther(moved, listed)];
}

/** Where a column drifted it says why they moved together, too. */
function together({ joint, columns }: Judged): readonly string[] {
  const explained = columns.some(({ verdict }) => verdict === 'drifted');
  return joint?.verdict === 'drifted' && !explained ? [joint.sentence] : [];
}

/** Columns come in the order of their weight for the model; one that moved farther than all named is not passed over in silence. */
function farther(moved: readonly ColumnDrift[], listed: readonly ColumnDrift[]): readonly string[] {
  const thresholds = ({ effect = 0, threshold }: ColumnDrift) => effect / threshold;
  const [farthest] = [...moved].sort((a, b) => thresholds(b) - thresholds(a));
  if (farthest === undefined || listed.includes(farthest)) return [];
  const [check] = farthest.checks;
  return [`farthest of all ${farthest.column} ${check?.sentence ?? ''}, on which the model leans less`];
}

/** `temp moved 2.1 σ, mostly above 25 °C (…), accounts for 71 % of the shift, most of it on 2013-07-08`. */
function columnSentence(column: ColumnDrift, segments: readonly SegmentDrift[], rows: number): string {
  const { bySource = [], shareOfShift } = column;
  const [check] = column.checks;
  const what =
    check === undefined || check.verdict !== column.verdict
      ? column.explanation
      : `${column.column} ${check.sentence}`;
  const share = shareOfShift === undefined ? '' : `, accounts for ${percent(shareOfShift, 2)} of the shift`;
  const source = carrier(bySource, rows);
  const day =
    source === undefined
      ? ''
      : `, ${percent(source.share, 2)} of it from ${source.source}${objectSentence(source)}`;
  return `${what}${share}${day}${segmentSentence(column, segments)}`;
}

/** Where to look: the very object, in the data bucket. */
function objectSentence({ object }: SourceShare): string {
  return object === undefined ? '' : ` (${object})`;
}

/** A segment is named where it moved at least this many times as far as the whole. */
const STANDS_OUT = 1.5;

function segmentSentence({ column, effect }: ColumnDrift, segments: readonly SegmentDrift[]): string {
  const first = segments.find((segment) => segment.column === column && segment.verdict === 'drifted');
  if (first?.effect === undefined || effect === undefined || first.effect < STANDS_OUT * effect) return '';
  return `, most where ${first.by} is ${first.value ?? 'any other'} (${short(first.effect)})`;
}

/** The largest of what the columns could have shown, in the unit that most of them have: what no column would have hidden. */
function leastSeen(columns: readonly ColumnDrift[]): string {
  const measured = columns.flatMap(({ checks }) => checks.filter(({ aspect }) => aspect === 'values'));
  for (const statistic of ['wasserstein', 'jensen-shannon', 'rate-change'] as const) {
    const visible = measured.flatMap((check) =>
      check.statistic === statistic && check.detectable !== undefined ? [check.detectable] : [],
    );
    if (visible.length > 0) return `; ${couldHaveSeen(statistic, Math.max(...visible))}`;
  }
  return '';
}
