import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/domain/findings.ts';
import type { IntakePlan, IntakeShard } from '../../../lib/domain/intake/intake-plan.ts';
import { judgeShards as judge } from '../../../lib/domain/intake/judge-shards.ts';
import {
  mergedShard,
  mergeShards,
  missingShard,
  NOTHING_MERGED,
} from '../../../lib/domain/intake/merge-shards.ts';
import type { ModelSpec } from '../../../lib/domain/spec.ts';
import { delaySpec } from '../../support/a-world.ts';

const plan: IntakePlan = {
  model: 'delay',
  uploadId: 'u1',
  datasetId: 'd1',
  origin: 'upload',
  specHash: 's1',
  receivedAt: '2026-11-24T12:00:00.000Z',
  findings: [],
  objects: ['a', 'b'].map((name) => ({ key: `landing/delay/u1/${name}.parquet`, sha256: name, bytes: 1000 })),
  pieces: [0, 1].map((object) => ({ object, bytes: 1000 })),
  batches: [{ first: 0, end: 2 }],
  binningKey: 'b',
};
const judgeShards = (from: IntakePlan, shards: readonly IntakeShard[], spec: ModelSpec) =>
  judge(from, shards.map(mergedShard).reduce(mergeShards, NOTHING_MERGED), spec);
const shard = (piece: number, more: Partial<IntakeShard> = {}): IntakeShard => ({
  piece,
  rows: 100,
  bytes: 1000,
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

  it('rejects a dataset of which an object could not be read, and names it, its cause and what was counted', () => {
    const merged = mergeShards(mergedShard(shard(0)), missingShard(1));
    const verdict = judge(plan, merged, delaySpec(), new Map([[1, 'IO Error: bad page']]));
    expect(verdict).toMatchObject({ status: 'rejected', rows: 100, coverage: 0.5 });
    expect(verdict.findings).toMatchObject([
      {
        rule: 'object-unreadable',
        object: 'landing/delay/u1/b.parquet',
        message:
          'b.parquet could not be read in two tries: IO Error: bad page; 50.0 % of the dataset was counted',
      },
    ]);
  });

  it('names the rows of an object that are missing, and weighs them as its footer counts them', () => {
    const range = { first: 1, end: 2, firstRow: 100, rows: 300, startByte: 4, endByte: 8 };
    const pieces = [
      { object: 0, bytes: 1000 },
      { object: 0, bytes: 10, range },
    ];
    const merged = mergeShards(mergedShard(shard(0)), missingShard(1));
    const { coverage, findings } = judge({ ...plan, pieces }, merged, delaySpec());
    expect(coverage).toBe(0.25);
    expect(findings[0]?.message).toContain('a.parquet could not be read in two tries (rows 101 to 400)');
  });

  it('counts an object of which no row could be read as missing', () => {
    const cut: Finding = { rule: 'object-unreadable', severity: 'error', message: 'b.parquet is cut off' };
    const harmed = shard(1, { rows: 0, unreadBytes: 1000, findings: [cut] });
    expect(judgeShards(plan, [shard(0), harmed], delaySpec())).toMatchObject({
      status: 'rejected',
      coverage: 0.5,
    });
  });
});
