import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { PredictionRecord } from '../../lib/domain/predictions/record.ts';
import { MAX_LOG_MESSAGE_BYTES } from '../../lib/names.ts';
import {
  type PredictionMessage,
  packPredictions,
  unpackMessage,
} from '../../lib/stores/prediction-message.ts';

const aRecord = (n: number, text = 'x'): PredictionRecord => ({
  predictionId: `1-2026112400-${n}`,
  eventTime: '2026-11-24T00:00:00.000Z',
  receivedAt: '2026-11-24T00:00:00.000Z',
  version: 1,
  input: { text },
  feature: { b: n },
  output: { label: true, score: 0.1 },
  latencyMs: 3,
});

describe('prediction messages', () => {
  it('carry the records of a call through the queue unchanged', () => {
    const message = { model: 'churn', version: 1, records: [aRecord(1), aRecord(2)] };
    const bodies = packPredictions(message);
    expect(bodies).toHaveLength(1);
    expect(unpackMessage(bodies[0] ?? '')).toEqual(message);
  });

  it('are split until each is below the limit, however badly it compresses', () => {
    const records = Array.from({ length: 500 }, (_, n) => aRecord(n, randomBytes(900).toString('base64')));
    const bodies = packPredictions({ model: 'churn', version: 1, records });
    expect(bodies.length).toBeGreaterThan(1);
    expect(bodies.every((body) => body.length <= MAX_LOG_MESSAGE_BYTES)).toBe(true);
    expect(bodies.flatMap((body) => (unpackMessage(body) as PredictionMessage).records)).toEqual(records);
  });

  it('of another kind are refused', () => {
    expect(() => unpackMessage('{"v":1}')).toThrow('a prediction message must be of version 1');
  });
});
