import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabelRecord } from '../../../lib/domain/labels/label.ts';
import { joinLabels } from '../../../lib/domain/monitoring/join-labels.ts';

const prediction = (predictionId: string, id: string | null = null) => ({
  predictionId,
  id,
  label: '1',
  score: 0.7,
});
const label = (more: Partial<LabelRecord>): LabelRecord => ({
  eventTime: '2013-04-01T05:00:00.000Z',
  label: 1,
  revision: 0,
  source: 'test',
  receivedAt: '2013-04-02T00:00:00.000Z',
  ...more,
});
const labelsOf = (predictions: Parameters<typeof joinLabels>[0], labels: readonly LabelRecord[]) =>
  joinLabels(predictions, labels).rows.map((row) => [row.predictionId, row.label]);

describe('joinLabels', () => {
  it('joins by prediction id and by the caller’s id, to every prediction of that id', () => {
    const predictions = [
      prediction('p1'),
      prediction('p2', 'a'),
      prediction('p3', 'a'),
      prediction('p4', 'b'),
    ];
    const labels = [label({ predictionId: 'p1', label: 0 }), label({ id: 'a', label: 1 })];
    expect(labelsOf(predictions, labels)).toEqual([
      ['p1', 0],
      ['p2', 1],
      ['p3', 1],
    ]);
  });

  it('keeps the first received, unless a later one has a higher revision', () => {
    const first = label({ id: 'a', label: 'first', receivedAt: '2013-04-02T00:00:00.000Z' });
    const later = label({ id: 'a', label: 'later', receivedAt: '2013-04-03T00:00:00.000Z' });
    expect(labelsOf([prediction('p', 'a')], [later, first])).toEqual([['p', 'first']]);
    expect(labelsOf([prediction('p', 'a')], [first, { ...later, revision: 1 }])).toEqual([['p', 'later']]);
  });

  it('lets the better of two labels win that name one prediction in both ways', () => {
    const byId = label({ id: 'a', label: 'id' });
    const byPrediction = label({ predictionId: 'p', label: 'prediction', revision: 1 });
    expect(labelsOf([prediction('p', 'a')], [byId, byPrediction])).toEqual([['p', 'prediction']]);
  });

  it('counts what came again and what names nothing', () => {
    const labels = [label({ id: 'a' }), label({ id: 'a' }), label({ id: 'ghost' })];
    expect(joinLabels([prediction('p', 'a')], labels)).toMatchObject({ repeated: 1, unmatched: 1 });
  });

  it('leaves out and counts what is no label of the version, which wins and contests nothing', () => {
    const labels = [
      label({ id: 'a', label: 1 }),
      label({ id: 'a', label: 'very late', revision: 1 }),
      label({ id: 'b', label: 'very late' }),
    ];
    const joined = joinLabels([prediction('p', 'a'), prediction('q', 'b')], labels, Number.isInteger);
    expect(joined).toMatchObject({ unfit: 2, unmatched: 0, corrected: 0, contradicting: 0 });
    expect(joined.rows.map((row) => [row.predictionId, row.label])).toEqual([['p', 1]]);
  });

  it('does not depend on the order that labels are read in', () => {
    const any = fc.record({
      id: fc.constantFrom('a', 'b'),
      label: fc.integer({ min: 0, max: 3 }),
      revision: fc.integer({ min: 0, max: 2 }),
      receivedAt: fc.constantFrom('2013-04-02T00:00:00.000Z', '2013-04-03T00:00:00.000Z'),
    });
    const predictions = [prediction('p1', 'a'), prediction('p2', 'b')];
    fc.assert(
      fc.property(fc.array(any, { maxLength: 8 }), (labels) => {
        const records = labels.map(label);
        expect(joinLabels(predictions, [...records].reverse())).toEqual(joinLabels(predictions, records));
      }),
    );
  });
});

describe('what labels say of each other', () => {
  const at = (hour: number) => `2013-04-02T${String(hour).padStart(2, '0')}:00:00.000Z`;

  it('calls a prediction contested when labels of one revision disagree, in any order', () => {
    const labels = [
      label({ id: 'a', label: 1 }),
      label({ id: 'a', label: 0, receivedAt: at(3) }),
      label({ id: 'b', label: 1 }),
      label({ id: 'b', label: 1, receivedAt: at(4) }),
      label({ predictionId: 'p3', label: 1 }),
      label({ id: 'c', label: 0 }),
    ];
    const predictions = [prediction('p1', 'a'), prediction('p2', 'b'), prediction('p3', 'c')];
    for (const order of [labels, labels.toReversed()]) {
      const joined = joinLabels(predictions, order);
      expect(joined.rows.map((row) => row.contested)).toEqual([true, false, true]);
      expect(joined).toMatchObject({ contradicting: 2, corrected: 0 });
    }
  });

  it('calls a higher revision a correction and no contradiction', () => {
    const labels = [label({ id: 'a', label: 1 }), label({ id: 'a', label: 0, revision: 1 })];
    const joined = joinLabels([prediction('p1', 'a')], labels);
    expect(joined).toMatchObject({ contradicting: 0, corrected: 1 });
    expect(joined.rows[0]).toMatchObject({ label: 0, contested: false });
  });

  it('measures the delay to the first label, whichever one wins', () => {
    const predictions = [{ ...prediction('p1', 'a'), receivedAt: at(0) }, prediction('p2', 'a')];
    const labels = [
      label({ id: 'a', label: 0, revision: 1, receivedAt: at(9) }),
      label({ id: 'a', label: 1, receivedAt: at(2) }),
    ];
    expect(joinLabels(predictions, labels).rows.map((row) => row.delaySeconds)).toEqual([7200, undefined]);
  });
});
