import type { ColumnBinning } from '../profile/binning.ts';
import { type ColumnProfile, missingOf, type NumericProfile } from '../profile/column-profile.ts';
import { categoryCells, numericEffect, presenceCells, sharesEffect } from './effects.ts';
import { short, whereNumbersMoved, whichSharesMoved } from './explain.ts';
import { type ColumnDrift, type DriftVerdict, type Effect, verdictOf } from './verdict.ts';

export interface ScoreColumn {
  readonly name: string;
  readonly reference: ColumnProfile;
  readonly window: ColumnProfile;
  readonly binning: ColumnBinning;
  readonly threshold: number;
  /** Fewest rows that may be judged, on both sides. */
  readonly minRows: number;
}

/**
 * How much one column changed. A numeric column can change in its values and in how often it has one; the graver of the two is
 * its verdict, so a sensor that falls silent is seen as well as one that drifts.
 */
export function scoreColumn(input: ScoreColumn): ColumnDrift {
  const { name, threshold, window } = input;
  const judged = judgements(input).sort(
    (a, b) => GRAVITY[b.verdict] - GRAVITY[a.verdict] || size(b) - size(a),
  );
  const graver = judged[0] as Judgement;
  const { effect } = graver;
  return {
    column: name,
    statistic: effect?.statistic ?? (window.kind === 'numeric' ? 'wasserstein' : 'jensen-shannon'),
    ...(effect && { effect: effect.estimate, lowerBound: effect.lowerBound }),
    threshold,
    verdict: graver.verdict,
    rows: window.n + missingOf(window),
    explanation: `${name} ${graver.what}`,
  };
}

interface Judgement {
  readonly verdict: DriftVerdict;
  readonly effect?: Effect;
  /** What happened, after the column's name. */
  readonly what: string;
}

const GRAVITY: Readonly<Record<DriftVerdict, number>> = {
  drifted: 3,
  watch: 2,
  'insufficient-data': 1,
  stable: 0,
};

function size({ effect }: Judgement): number {
  return effect?.estimate ?? 0;
}

function judgements(input: ScoreColumn): Judgement[] {
  const { reference, window, binning } = input;
  const rows = (column: ColumnProfile) => column.n + missingOf(column);
  const few = Math.min(rows(reference), rows(window));
  if (few < input.minRows)
    return [{ verdict: 'insufficient-data', what: `has ${few} rows, wanted at least ${input.minRows}` }];
  if (reference.kind === 'categorical' && window.kind === 'categorical') {
    const cells = categoryCells(reference, window);
    const which = () => whichSharesMoved(cells.names, cells.reference, cells.window);
    return [judge(sharesEffect(cells.reference, cells.window), input.threshold, which)];
  }
  if (reference.kind === 'numeric' && window.kind === 'numeric' && binning.kind === 'numeric')
    return [presence(reference, window, input.threshold), values(reference, window, binning.edges, input)];
  throw new Error(`a column has one kind, got ${reference.kind} and ${window.kind} for ${input.name}`);
}

const PRESENCE = ['numbers', 'null', 'NaN', '+Infinity', '-Infinity'];

function presence(reference: NumericProfile, window: NumericProfile, threshold: number): Judgement {
  const [before, after] = [presenceCells(reference), presenceCells(window)];
  return judge(sharesEffect(before, after), threshold, () => whichSharesMoved(PRESENCE, before, after));
}

function values(
  reference: NumericProfile,
  window: NumericProfile,
  edges: readonly number[],
  { threshold, minRows }: ScoreColumn,
): Judgement {
  const few = Math.min(reference.n, window.n);
  // A column that never had values has none to change; that it has some now is its presence.
  if (reference.n === 0) return { verdict: 'stable', what: 'has no values in the reference' };
  if (few < minRows)
    return { verdict: 'insufficient-data', what: `has ${few} values, wanted at least ${minRows}` };
  const where = () => whereNumbersMoved(reference, window, edges);
  const spread = reference.max !== reference.min;
  const effect = spread
    ? numericEffect(reference, window, edges)
    : sharesEffect(...equalOrNot(reference, window));
  return judge(effect, threshold, where);
}

/** A constant has no unit to measure a shift in: what changes is how many rows have another value. */
function equalOrNot(
  reference: NumericProfile,
  window: NumericProfile,
): [readonly number[], readonly number[]] {
  const bin = reference.bins.counts.findIndex((count) => count > 0);
  const same = window.bins.counts[bin] as number;
  return [
    [reference.n, 0],
    [same, window.n - same],
  ];
}

function judge(effect: Effect | undefined, threshold: number, where: () => string): Judgement {
  if (effect === undefined) return { verdict: 'insufficient-data', what: 'has no values to compare' };
  const verdict = verdictOf(effect, threshold);
  if (verdict === 'insufficient-data') return { verdict, effect, what: tooNoisy(effect) };
  const unit = effect.statistic === 'wasserstein' ? 'σ' : 'in Jensen-Shannon distance';
  if (effect.estimate === 0) return { verdict, effect, what: 'did not move beyond chance' };
  return { verdict, effect, what: `moved ${short(effect.estimate)} ${unit}, ${where()}` };
}

function tooNoisy({ noise }: Effect): string {
  return `cannot be judged: with so few rows a change below ${short(noise)} looks like chance`;
}
