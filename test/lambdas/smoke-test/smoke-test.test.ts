import { describe, expect, it } from 'vitest';
import { smokeTest } from '../../../lambdas/smoke-test/smoke-test.ts';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { SmokeSample } from '../../../lib/domain/release/smoke-sample.ts';
import { keys } from '../../../lib/names.ts';
import { EndpointError } from '../../../lib/stores/endpoints/endpoint-error.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aVersion } from '../../support/a-release.ts';
import { aWorld, MODEL, memoryEndpoints } from '../../support/a-world.ts';

const sample: SmokeSample = {
  rows: [
    { fahrenheit: 32, carrier: 'AA' },
    { fahrenheit: null, carrier: 'UA' },
  ],
  predictions: [
    { label: true, score: 0.75 },
    { label: false, score: 0.25 },
  ],
};
const input = { model: MODEL, releaseId: 'x', version: 1, endpointName: 'mooring-test-delay-v1' };

async function asked(answer: (payload: unknown) => unknown) {
  const world = { ...(await aWorld()), endpoints: memoryEndpoints(answer) };
  await world.registry.put(MODEL, sk.version(1), aVersion(1));
  await world.artifacts.putJson(keys.smokeSample(MODEL, 'r1'), sample);
  return smokeTest(input, world);
}

describe('smoke-test', () => {
  it('passes when the endpoint answers as batch scoring did', async () => {
    expect(await asked(() => ({ predictions: sample.predictions }))).toMatchObject({ verdict: 'pass' });
  });

  it('sends the features as predict does: columns and rows', async () => {
    let sent: unknown;
    await asked((payload) => {
      sent = payload;
      return { predictions: sample.predictions };
    });
    expect(sent).toEqual({
      columns: ['fahrenheit', 'carrier'],
      rows: [
        [32, 'AA'],
        [null, 'UA'],
      ],
    });
  });

  it.each([
    ['another label', [{ label: false, score: 0.75 }, sample.predictions[1]], 'row 0 must get label true'],
    ['another score', [{ label: true, score: 0.76 }, sample.predictions[1]], 'row 0 must get score 0.75'],
    ['too few rows', [sample.predictions[0]], 'must answer 2 rows, got 1'],
  ])('fails on %s', async (_, predictions, reason) => {
    const verdict = await asked(() => ({ predictions }));
    expect(verdict.verdict).toBe('fail');
    expect(verdict.reason).toContain(reason);
  });

  it('fails on what are no predictions, and on a model that refuses the rows', async () => {
    expect(await asked(() => ({ error: 'no' }))).toMatchObject({ verdict: 'fail' });
    const refused = await asked(() => {
      throw new EndpointError('e1', 'model-error', new Error('column carrier is unknown'));
    });
    expect(refused.verdict).toBe('fail');
    expect(refused.reason).toContain('column carrier is unknown');
  });

  it('leaves an outage to a second try', async () => {
    const outage = new EndpointError('e1', 'throttled', new Error('busy'));
    await expect(
      asked(() => {
        throw outage;
      }),
    ).rejects.toBe(outage);
  });

  it('does not know an unknown version', async () => {
    const world = { ...(await aWorld()), endpoints: memoryEndpoints() };
    await expect(smokeTest(input, world)).rejects.toThrow(NotFoundError);
  });
});
