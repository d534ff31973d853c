import { describe, expect, it } from 'vitest';
import { featuresHash } from '../../../lib/domain/training/features-hash.ts';
import { holdoutFolder, preparedSetKey } from '../../../lib/domain/training/prepared-set.ts';
import { aRun } from '../../support/a-model.ts';
import { delaySpec } from '../../support/a-world.ts';

const spec = delaySpec();
const other = delaySpec({ features: { sql: 'SELECT temp FROM input' } });

describe('featuresHash', () => {
  it('follows the SQL and the columns that it reads, and nothing else', () => {
    expect(featuresHash(delaySpec({ approval: { policy: 'automatic' } }))).toBe(featuresHash(spec));
    expect(featuresHash(other)).not.toBe(featuresHash(spec));
    const columns = spec.schema.columns.map((c) =>
      c.name === 'temp' ? { ...c, type: 'integer' as const } : c,
    );
    expect(featuresHash({ ...spec, schema: { ...spec.schema, columns } })).not.toBe(featuresHash(spec));
  });
});

describe('preparedSetKey', () => {
  it('is one for runs that read the same', () => {
    const run = aRun({ datasets: ['a', 'b'] });
    expect(preparedSetKey({ ...run, datasets: ['b', 'a'] }, spec)).toBe(preparedSetKey(run, spec));
    expect(preparedSetKey(aRun({ ...run, id: 'r2', attempt: 3 }), spec)).toBe(preparedSetKey(run, spec));
  });

  it.each([
    ['other data', aRun({ datasets: ['c'] }), spec],
    ['another holdout', aRun({ holdoutFrom: '2026-10-01T00:00:00.000Z' }), spec],
    ['other features', aRun(), other],
    [
      'another share to validate on',
      aRun(),
      delaySpec({ training: { days: 10, holdoutDays: 4, validationShare: 0.3 } }),
    ],
    [
      'other segments in its reference profile',
      aRun(),
      { ...spec, monitoring: { ...spec.monitoring, segments: ['input.carrier'] } },
    ],
  ])('is another for %s', (_, run, of) => {
    expect(preparedSetKey(run, of)).not.toBe(preparedSetKey(aRun(), spec));
  });
});

describe('holdoutFolder', () => {
  it('is shared by readers with the same features', () => {
    expect(holdoutFolder(spec, spec)).toBe('holdout');
    expect(holdoutFolder(spec, other)).toMatch(/^holdout-[0-9a-f]{16}$/);
  });
});
