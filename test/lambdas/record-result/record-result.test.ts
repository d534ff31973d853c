import { describe, expect, it } from 'vitest';
import { recordResult, recordResultInput } from '../../../lambdas/record-result/record-result.ts';
import { memoryRegistry } from '../../../lib/stores/registry/registry-memory.ts';

const contentKey = 'c'.repeat(64);
const result = (n: number) => ({ modelDataUrl: `s3://artifacts/${n}/model.tar.gz` });
const input = (n: number) => ({ model: 'delay', runId: `r${n}`, contentKey, result: result(n) });

describe('record-result', () => {
  it('keeps a result', async () => {
    expect(await recordResult(input(1), { registry: memoryRegistry() })).toEqual({
      contentKey,
      result: result(1),
    });
  });

  it('answers the first one to whoever comes second', async () => {
    const deps = { registry: memoryRegistry() };
    await recordResult(input(1), deps);
    expect(await recordResult(input(2), deps)).toEqual({ contentKey, result: result(1) });
  });

  it.each([
    ['a key that is no hash', { ...input(1), contentKey: 'r1' }],
    ['a result elsewhere than in S3', { ...input(1), result: { modelDataUrl: 'https://example.org' } }],
    ['a result that says nothing', { ...input(1), result: {} }],
  ])('does not take %s', (_, bad) => {
    expect(recordResultInput.safeParse(bad).success).toBe(false);
  });
});
