import { describe, expect, it } from 'vitest';
import { explainWindow } from '../../../lib/domain/drift/explain-window.ts';
import { scoreProfiles } from '../../../lib/domain/drift/score-profiles.ts';
import { makeBinning } from '../../../lib/domain/profile/binning.ts';
import type { Profile } from '../../../lib/domain/profile/profile.ts';
import { drift } from '../../../lib/domain/spec/drift.ts';
import { aNumericColumn } from '../profile/a-profile.ts';

const EDGES = [0.25, 0.5, 0.75];
const ROWS = 4_000;
const COLUMNS = ['input.a', 'input.b', 'input.c', 'input.far'];
const binning = makeBinning(
  Object.fromEntries(COLUMNS.map((name) => [name, { kind: 'numeric', edges: EDGES }])),
);

/** Four columns of 0–1 values, each moved by what is asked. */
function profile(source: string, moved: Readonly<Record<string, number>> = {}): Profile {
  const columns = COLUMNS.map((name) => {
    const values = Array.from({ length: ROWS }, (_, i) => (i + 0.5) / ROWS + (moved[name] ?? 0));
    return [name, aNumericColumn(values, EDGES)] as const;
  });
  return {
    version: 1,
    binningId: binning.id,
    rows: ROWS,
    rejectedRows: 0,
    sources: [{ id: source, rows: ROWS }],
    columns: Object.fromEntries(columns),
  };
}

describe('the sentence of a window', () => {
  const shifted = profile('window', { 'input.a': 0.1, 'input.b': 0.11, 'input.c': 0.12, 'input.far': 0.6 });
  const importance = { 'input.a': 10, 'input.b': 9, 'input.c': 8, 'input.far': 0.01 };
  const score = (weights?: Readonly<Record<string, number>>) =>
    scoreProfiles({
      reference: profile('reference'),
      window: shifted,
      binning,
      drift: drift.parse({}),
      ...(weights && { importance: weights }),
    });

  it('names the three that matter most, and what moved farthest of all if that is another', () => {
    expect(explainWindow(score(importance), ROWS, drift.parse({}))).toMatch(
      /drifted: input\.[abc] moved .*; farthest of all input\.far moved 2\.\d+ σ.*, on which the model leans less; could/,
    );
  });

  it('needs no such word where nothing is known of the model', () => {
    expect(score().explanation).toMatch(/drifted: input\.far moved/);
    expect(score().explanation).not.toContain('leans');
  });

  it('names every input that moved, however alike two of them did', () => {
    const alike = profile('window', { 'input.a': 0.3, 'input.b': 0.3 });
    const { explanation } = scoreProfiles({
      reference: profile('reference'),
      window: alike,
      binning,
      drift: drift.parse({}),
    });
    expect(explanation).toMatch(
      /^2 of 4 columns drifted: input\.b .* 50 % .*; input\.a .* 50 % of the shift/,
    );
  });
});
