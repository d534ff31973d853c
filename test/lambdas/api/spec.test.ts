import { describe, expect, it } from 'vitest';
import { codeHash } from '../../../lambdas/api/code-hash.ts';
import { keys } from '../../../lib/names.ts';
import { aSpec, aWorld, builder, sha256, viewer, withModel } from './world.ts';

const paths = (body: { error: { details: { path: string }[] } }) => body.error.details.map((d) => d.path);

describe('PUT /models/{model}', () => {
  it('creates the model once and changes nothing the second time', async () => {
    const world = aWorld();
    const first = await world.call(builder, 'PUT', '/models/churn', aSpec());
    const second = await world.call(builder, 'PUT', '/models/churn', aSpec());
    expect([first.body.changed, second.body.changed]).toEqual([true, false]);
    const { body } = await world.call(viewer, 'GET', '/models/churn');
    expect(body).toMatchObject({ specHash: first.body.specHash, nextVersion: 1, ledger: { seq: 1 } });
    expect(body.spec.approval).toEqual({ policy: 'manual' });
  });

  it('refuses a typo in a key, an unknown metric of a gate and a metric of another task, each with its path', async () => {
    const spec = {
      ...aSpec(),
      retraining: { cooldownHour: 3 },
      evaluation: { metric: 'auc', gates: [{ metric: 'aucc', atLeast: 0.7 }] },
    };
    const { status, body } = await aWorld().call(builder, 'PUT', '/models/churn', spec);
    expect(status).toBe(422);
    expect(paths(body).sort()).toEqual(['evaluation.gates.0.metric', 'retraining.cooldownHour']);
    const other = { ...aSpec(), evaluation: { metric: 'auc', gates: [{ metric: 'rmse', atMost: 3 }] } };
    const answer = await aWorld().call(builder, 'PUT', '/models/churn', other);
    expect(answer.body.error.details[0]).toMatchObject({
      path: 'evaluation.gates.0.metric',
      message: expect.stringContaining('is not measured for binary: rmse'),
    });
  });

  it('answers what became of the schema', async () => {
    const world = await withModel(aWorld());
    const { schema } = aSpec();
    const [customer, seen, age, plan, left] = schema.columns;
    const columns = [seen, customer, { ...age, nullable: true }, { name: 'city', type: 'string' }, left];
    const features = { sql: 'SELECT age FROM input' };
    const { body } = await world.call(builder, 'PUT', '/models/churn', {
      ...aSpec(),
      features,
      schema: { ...schema, columns },
    });
    expect(body.schemaDiff).toEqual({
      added: [{ name: 'city', type: 'string', nullable: false }],
      removed: [{ name: plan?.name, type: 'string', nullable: true }],
      retyped: [],
      nullability: [{ column: 'age', nullable: true }],
      reordered: [{ column: 'seen_at', from: 1, to: 0 }],
    });
  });

  it('refuses constraints that cannot be, each with its path', async () => {
    const constraints = [
      { id: 'age', kind: 'range', column: 'agee', min: 0 },
      { id: 'plan', kind: 'length', column: 'age', max: 3 },
    ];
    const { status, body } = await aWorld().call(builder, 'PUT', '/models/churn', {
      ...aSpec(),
      schema: { ...aSpec().schema, constraints },
    });
    expect([status, paths(body)]).toEqual([
      422,
      ['schema.constraints.0.column', 'schema.constraints.1.column'],
    ]);
  });

  it('refuses schedules that the scheduler would, and more than can be stored', async () => {
    const { monitoring, schema } = aSpec();
    const words = Array.from({ length: 1000 }, (_, i) => `${i}`.padStart(230, 'x'));
    const columns = ['city', 'street'].map((name) => ({ name, type: 'string', values: words }));
    const never = await aWorld().call(builder, 'PUT', '/models/churn', {
      ...aSpec(),
      monitoring: { ...monitoring, schedule: 'cron(nonsense)' },
      retraining: { schedule: 'rate(every now and then)' },
    });
    expect([never.status, paths(never.body)]).toEqual([422, ['monitoring.schedule', 'retraining.schedule']]);
    const large = await aWorld().call(builder, 'PUT', '/models/churn', {
      ...aSpec(),
      schema: { ...schema, columns: [...schema.columns, ...columns] },
    });
    expect([large.status, paths(large.body)]).toEqual([422, ['schema.columns.6.values']]);
  });

  it('hides no error behind another', async () => {
    const { schema } = aSpec();
    const [customer, ...others] = schema.columns;
    const gates = [
      { metric: 'aucc', atLeast: 0.7 },
      { metric: 'rmse', atMost: 3 },
    ];
    const { body } = await aWorld().call(builder, 'PUT', '/models/churn', {
      ...aSpec(),
      schema: { ...schema, label: 'gone', columns: [{ ...customer, type: 'text' }, ...others] },
      training: { days: 14, holdoutDays: 14 },
      evaluation: { metric: 'mae', gates },
      retraining: { cooldownHour: 3 },
    });
    expect(paths(body).sort()).toEqual([
      'evaluation.gates.0.metric',
      'evaluation.gates.1.metric',
      'evaluation.metric',
      'retraining.cooldownHour',
      'schema.columns.0.type',
      'schema.label',
      'training.holdoutDays',
    ]);
    for (const spec of [null, [], 'spec', {}, { evaluation: [] }, { ...aSpec(), evaluation: { gates: 3 } }])
      expect((await aWorld().call(builder, 'PUT', '/models/churn', JSON.stringify(spec))).status).toBe(422);
  });

  it('refuses columns that no value can fit, each with its path', async () => {
    const columns = aSpec().schema.columns.map((column) => {
      if (column.name === 'age') return { ...column, min: 10, max: 5 };
      return column.name === 'left' ? { ...column, type: 'number', values: ['a', 'b'] } : column;
    });
    const { status, body } = await aWorld().call(builder, 'PUT', '/models/churn', {
      ...aSpec(),
      schema: { ...aSpec().schema, columns },
    });
    expect([status, paths(body)]).toEqual([422, ['schema.columns.2.max', 'schema.columns.4.values']]);
  });

  it('refuses features that the engine refuses', async () => {
    const spec = { ...aSpec(), features: { sql: 'SELECT nope FROM input' } };
    const { status, body } = await aWorld().call(builder, 'PUT', '/models/churn', spec);
    expect([status, paths(body)]).toEqual([422, ['features.sql']]);
  });

  it('refuses a spec of another name than the path’s', async () => {
    const { status, body } = await aWorld().call(builder, 'PUT', '/models/prices', aSpec());
    expect([status, paths(body)]).toEqual([422, ['name']]);
  });

  it('refuses trainer code of which a file is missing, and takes it when all are there', async () => {
    const world = await withModel(aWorld());
    const files = ['train.py', 'model.py'].map((name) => ({
      name,
      sha256: sha256(name),
      bytes: name.length,
    }));
    const { body } = await world.call(builder, 'POST', '/models/churn/code', { files });
    expect(body.code).toBe(codeHash(files));
    const spec = { ...aSpec(), training: { ...aSpec().training, code: body.code } };
    await world.deps.artifacts.put(keys.code(body.code, 'train.py'), 'train.py');
    const early = await world.call(builder, 'PUT', '/models/churn', spec);
    expect([early.status, paths(early.body)]).toEqual([422, ['training.code']]);
    await world.deps.artifacts.put(keys.code(body.code, 'model.py'), 'model.py');
    expect((await world.call(builder, 'PUT', '/models/churn', spec)).body.changed).toBe(true);
  });
});

describe('what every route answers alike', () => {
  it('names the limit of a body', async () => {
    const { status, body } = await aWorld().call(builder, 'PUT', '/models/churn', 'x'.repeat(1_000_001));
    expect([status, body.error.code, body.error.message]).toEqual([
      413,
      'too-large',
      'the body must be at most 1000000 bytes',
    ]);
  });

  it('says that a body is no JSON', async () => {
    const { status, body } = await aWorld().call(builder, 'PUT', '/models/churn', '{"name":');
    expect([status, body.error]).toEqual([
      422,
      { code: 'invalid-input', message: 'the body is no JSON', details: [] },
    ]);
  });

  it('answers an unknown path with an error body', async () => {
    expect((await aWorld().call(builder, 'GET', '/nothing')).body.error.code).toBe('not-found');
  });

  it('tells nothing of an unexpected error', async () => {
    const world = await withModel(aWorld());
    world.deps.registry.list = async () => {
      throw new Error('secret');
    };
    const { status, body } = await world.call(viewer, 'GET', '/models/churn/versions');
    expect([status, JSON.stringify(body).includes('secret')]).toEqual([500, false]);
  });

  it('describes itself from the schemas that validate', async () => {
    const { status, body } = await aWorld().call(undefined, 'GET', '/openapi.json');
    expect(status).toBe(200);
    expect(body.paths['/models/{model}/rollback'].post['x-roles']).toEqual(['operator']);
    expect(Object.keys(body.components.schemas)).toContain('DriftWindow');
    expect(body.paths['/models/{model}/predict'].post['x-roles']).toEqual(['caller']);
    expect(body.components.schemas.PredictAnswer.required).toContain('predictions');
  });
});
