import { describe, expect, it } from 'vitest';
import { predictAnswer, predictBody } from '../../../lambdas/api/schemas/predict.ts';
import { predict } from '../../../lambdas/predict/predict.ts';
import { type PredictionMessage, unpackMessage } from '../../../lib/stores/prediction-message.ts';
import { aRow, aServingWorld, aSpec, aWorld } from './world.ts';

describe('predict', () => {
  it('answers with version, id and the model’s words, and logs the row it saw', async () => {
    const { deps, calls, messages, metrics } = await aServingWorld();
    const answer = await predict({ model: 'churn', rows: [aRow()] }, deps);
    expect(answer).toEqual({
      model: 'churn',
      version: 1,
      predictions: [
        {
          predictionId: '1-2026112409-00000000-1',
          id: 'c-1',
          label: true,
          score: 0.75,
          probabilities: { true: 0.75, false: 0.25 },
        },
      ],
      logged: true,
    });
    expect(calls).toEqual([
      { name: 'mooring-test-churn-v1', payload: { columns: ['twice', 'plan'], rows: [[80, 'BASIC']] } },
    ]);
    const { records, ...message } = unpackMessage(messages[0] ?? '') as PredictionMessage;
    expect(message).toEqual({ model: 'churn', version: 1 });
    expect(records).toEqual([
      {
        predictionId: '1-2026112409-00000000-1',
        id: 'c-1',
        eventTime: '2026-11-24T09:30:00.000Z',
        receivedAt: '2026-11-24T12:00:00.000Z',
        version: 1,
        input: { customer: 'c-1', seen_at: '2026-11-24T09:30:00.000Z', age: 40, plan: 'basic', income: null },
        feature: { twice: 80, plan: 'BASIC' },
        output: { label: true, score: 0.75, probabilities: { true: 0.75, false: 0.25 } },
        latencyMs: 0,
      },
    ]);
    expect(metrics).toContainEqual(['PredictionsServed', 1]);
  });

  it('takes and answers what the API describes', async () => {
    const { deps } = await aServingWorld();
    const request = predictBody.parse({ rows: [aRow(), aRow({ income: null })] });
    const answer = await predict({ model: 'churn', ...request }, deps);
    expect(predictAnswer.parse(answer)).toEqual(answer);
  });

  it('asks the endpoint once for all rows and keeps their order', async () => {
    const { deps, calls } = await aServingWorld();
    const rows = Array.from({ length: 500 }, (_, age) => aRow({ age, customer: `c-${age}` }));
    const { predictions } = await predict({ model: 'churn', rows }, deps);
    expect(calls.length).toBe(1);
    expect(calls[0]?.payload.rows.map((r) => r[0])).toEqual(rows.map((r) => r.age * 2));
    expect(predictions.map((p) => p.id)).toEqual(rows.map((r) => r.customer));
  });

  it('names every bad field of every row', async () => {
    const { deps, calls } = await aServingWorld();
    const rows = [aRow({ age: 'old', extra: 1 }), aRow(), { seen_at: 'soon', age: -1, left: true }, 7];
    const error = await predict({ model: 'churn', rows }, deps).catch((e) => e);
    expect(error.name).toBe('InvalidInputError');
    expect(error.details).toEqual([
      { path: 'rows.0.age', message: 'must be an integer, got "old"' },
      { path: 'rows.0.extra', message: 'is no column of the spec' },
      { path: 'rows.2.customer', message: 'is missing' },
      { path: 'rows.2.seen_at', message: 'must be an ISO 8601 time, got "soon"' },
      { path: 'rows.2.age', message: 'must be at least 0, got -1' },
      { path: 'rows.2.left', message: 'is the label, which is not sent to predict' },
      { path: 'rows.3', message: 'must be an object, got 7' },
    ]);
    expect(calls).toEqual([]);
  });

  it('refuses event times that stand for no time, and takes those of a replay', async () => {
    const { deps } = await aServingWorld();
    const rows = ['0001-01-01T00:00:00Z', '9999-12-31', '2013-04-01'].map((seen_at) => aRow({ seen_at }));
    const error = await predict({ model: 'churn', rows }, deps).catch((e) => e);
    expect(error.details.map((d: { path: string }) => d.path)).toEqual(['rows.0.seen_at', 'rows.1.seen_at']);
    expect(error.details[1].message).toContain('at most a day after its receipt, 2026-11-25T12:00:00.000Z');
    await expect(predict({ model: 'churn', rows: rows.slice(2) }, deps)).resolves.toMatchObject({
      version: 1,
    });
  });

  it('logs what was wrong with a call that it refuses, and refuses it as well when the queue is down', async () => {
    const { deps, state, messages, metrics } = await aServingWorld();
    const refused = () => predict({ model: 'churn', rows: [aRow(), aRow({ age: 'old' })] }, deps);
    await expect(refused()).rejects.toThrow('the rows do not fit the spec of version 1');
    expect(messages.map(unpackMessage)).toMatchObject([
      {
        model: 'churn',
        version: 1,
        refusal: {
          eventTime: '2026-11-24T09:30:00.000Z',
          rows: 2,
          problems: [{ rule: 'int-type-not-int-string', column: 'age', rows: 1 }],
        },
      },
    ]);
    state.queueUp = false;
    await expect(refused()).rejects.toThrow('the rows do not fit the spec of version 1');
    expect([messages.length, metrics]).toEqual([1, []]);
  });

  it('lists a hundred problems of a call, and counts all', async () => {
    const { deps, messages } = await aServingWorld();
    const rows = Array.from({ length: 101 }, () => aRow({ age: 'old' }));
    const error = await predict({ model: 'churn', rows }, deps).catch((e) => e);
    expect([error.message, error.details.length]).toEqual([
      'the rows do not fit the spec of version 1; the first 100 are listed',
      100,
    ]);
    expect(unpackMessage(messages[0] ?? '')).toMatchObject({ refusal: { problems: [{ rows: 101 }] } });
  });

  it('serves a row that breaks a rule of which the spec tolerates a share', async () => {
    const { deps } = await aServingWorld();
    const { logged } = await predict({ model: 'churn', rows: [aRow({ income: 1e6 })] }, deps);
    expect(logged).toBe(true);
  });

  it('refuses more rows than a call may have, and none', async () => {
    const { deps } = await aServingWorld();
    const many = predict({ model: 'churn', rows: Array.from({ length: 501 }, () => aRow()) }, deps);
    await expect(many).rejects.toThrow('a call must have at most 500 rows, got 501');
    await expect(predict({ model: 'churn', rows: [] }, deps)).rejects.toThrow('a call needs rows');
  });

  it('still answers when the queue is down, says logged: false and moves the alarm’s metric', async () => {
    const { deps, state, metrics } = await aServingWorld();
    state.queueUp = false;
    const answer = await predict({ model: 'churn', rows: [aRow(), aRow()] }, deps);
    expect([answer.logged, answer.predictions.length]).toEqual([false, 2]);
    expect(metrics).toContainEqual(['PredictionsUnlogged', 2]);
  });

  it.each(['down', 'odd'] as const)(
    'is unavailable when the endpoint is %s, logs nothing and counts it',
    async (how) => {
      const { deps, state, messages, metrics } = await aServingWorld();
      state.endpoint = how;
      await expect(predict({ model: 'churn', rows: [aRow()] }, deps)).rejects.toMatchObject({
        name: 'UnavailableError',
        message: 'version 1 of model churn does not answer; try again',
      });
      expect(messages).toEqual([]);
      expect(metrics).toContainEqual(['EndpointErrors', 1]);
    },
  );

  it('says clearly that a model has no version in service yet', async () => {
    const { deps } = await aWorld();
    await expect(predict({ model: 'churn', rows: [aRow()] }, deps)).rejects.toMatchObject({
      name: 'ConflictError',
      message: 'model churn has no version in service yet',
    });
  });

  it('uses the spec of the version in service, not the newest', async () => {
    const { deps, calls, applySpec } = await aServingWorld();
    await applySpec(aSpec('SELECT age AS another FROM input'));
    await predict({ model: 'churn', rows: [aRow()] }, deps);
    expect(calls[0]?.payload.columns).toEqual(['twice', 'plan']);
  });

  it('follows a new champion once its cache is 5 seconds old', async () => {
    const { deps, calls, state, applySpec, promote } = await aServingWorld();
    const ask = async () => (await predict({ model: 'churn', rows: [aRow()] }, deps)).version;
    expect(await ask()).toBe(1);
    const next = aSpec('SELECT age AS another FROM input');
    await applySpec(next);
    await promote(2, next);
    expect(await ask()).toBe(1);
    state.now = new Date(state.now.getTime() + 5000);
    expect(await ask()).toBe(2);
    expect(calls.at(-1)).toEqual({
      name: 'mooring-test-churn-v2',
      payload: { columns: ['another'], rows: [[40]] },
    });
  });
});
