import { describe, expect, it } from 'vitest';
import type { LabelRecord } from '../../../lib/domain/labels/label.ts';
import { correctionsHash } from '../../../lib/domain/monitoring/corrections-hash.ts';
import { joinLabels } from '../../../lib/domain/monitoring/join-labels.ts';

const predictions = ['a', 'b'].map((id) => ({ predictionId: id, id, label: '1', score: 0.7 }));
const label = (id: string, value: number, revision = 0, receivedAt = '2013-04-02T00:00:00.000Z') =>
  ({
    id,
    label: value,
    revision,
    receivedAt,
    eventTime: '2013-04-01T05:00:00.000Z',
    source: 'test',
  }) satisfies LabelRecord;
const hashOf = (...labels: readonly LabelRecord[]) => correctionsHash(joinLabels(predictions, labels).rows);

describe('correctionsHash', () => {
  it('has nothing to name while no label takes another back', () => {
    expect(hashOf(label('a', 1), label('a', 1, 1), label('b', 0, 3))).toBeUndefined();
  });

  it('is another one once a label is corrected, contradicted, or corrected back', () => {
    const corrected = [label('a', 1), label('a', 0, 1)];
    const contested = [label('a', 1), label('a', 0)];
    const back = [...corrected, label('a', 1, 2)];
    const hashes = [corrected, contested, back].map((labels) => hashOf(...labels));
    expect(new Set(hashes).size).toBe(3);
    expect(hashes).not.toContain(undefined);
  });

  it('does not change with labels of other predictions, nor with the time of receipt', () => {
    const corrected = [label('a', 1), label('a', 0, 1)];
    expect(hashOf(...corrected, label('b', 1))).toBe(hashOf(...corrected));
    const earlier = [label('a', 1), label('a', 0, 1, '2013-04-01T23:00:00.000Z')];
    expect(hashOf(...earlier)).toBe(hashOf(...corrected));
  });
});
