import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/domain/findings.ts';
import type { IntakePlan, IntakeShard } from '../../../lib/domain/intake/intake-plan.ts';
import { judgeShards } from '../../../lib/domain/intake/judge-shards.ts';
import { delaySpec } from '../../support/a-world.ts';

const plan: IntakePlan = {
  model: 'delay',
  uploadId: 'u1',
  datasetId: 'd1',
  origin: 'upload',
  specHash: 's1',
  receivedAt: '2026-11-24T12:00:00.000Z',
  findings: [],
  objects: [],
};
const shard = (index: number, more: Partial<IntakeShard> = {}): IntakeShard => ({
  index,
  rows: 100,
  findings: [],
  ...more,
});
const nulls = (rows: number): Finding => ({
  rule: 'feature-type-low-fraction-present',
  column: 'temp',
  severity: 'error',
  rows,
  share: rows / 100,
  message: 'temp is null',
});

describe('judgeShards', () => {
  it('adds up rows and spans the times of all shards', () => {
    const shards = [
      shard(1, { from: '2013-02-01T00:00:00.000Z', to: '2013-02-28T00:00:00.000Z' }),
      shard(0, { from: '2013-01-01T00:00:00.000Z', to: '2013-01-31T00:00:00.000Z' }),
    ];
    expect(judgeShards(plan, shards, delaySpec())).toMatchObject({
      status: 'accepted',
      rows: 200,
      from: '2013-01-01T00:00:00.000Z',
      to: '2013-02-28T00:00:00.000Z',
    });
  });

  it('judges a share over the dataset and not over its unluckiest object', () => {
    const one = judgeShards(plan, [shard(0, { findings: [nulls(30)] })], delaySpec());
    const four = judgeShards(
      plan,
      [shard(0, { findings: [nulls(30)] }), shard(1), shard(2), shard(3)],
      delaySpec(),
    );
    expect([one.status, four.status]).toEqual(['rejected', 'accepted']);
  });

  it('rejects for what is wrong with the upload itself, errors first', () => {
    const harmed: Finding = { rule: 'object-missing', severity: 'error', message: 'gone' };
    const verdict = judgeShards(
      { ...plan, findings: [harmed] },
      [shard(0, { findings: [nulls(10)] })],
      delaySpec(),
    );
    expect(verdict.status).toBe('rejected');
    expect(verdict.findings[0]).toEqual(harmed);
  });

  it('rejects a dataset without rows, with a reason', () => {
    expect(judgeShards(plan, [], delaySpec())).toMatchObject({
      status: 'rejected',
      findings: [{ rule: 'dataset-empty' }],
    });
  });
});
