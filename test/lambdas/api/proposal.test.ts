import { describe, expect, it } from 'vitest';
import { specSchema } from '../../../lib/domain/spec.ts';
import { keys } from '../../../lib/names.ts';
import { aSpec, aWorld, builder, viewer, withModel } from './world.ts';

const ROWS = Array.from({ length: 50 }, (_, i) => `c${i},${i % 2 ? 'free' : 'paid'},${i % 10 ? i : ''}`);
const CSV = ['customer,plan,age', ...ROWS].join('\n');

async function proposed(body: object, who = builder) {
  const world = await withModel(aWorld());
  await world.deps.landing.put(keys.upload('churn', 'u1', 'rows.csv'), CSV);
  await world.deps.landing.put(keys.upload('churn', 'u1', '_manifest.json'), '{}');
  await world.deps.landing.put(
    keys.upload('churn', 'u1', 'nested.jsonl'),
    `{"a": {"b": 1}, "c": "${'x'.repeat(2000)}"}`,
  );
  return world.call(who, 'POST', '/models/churn/spec/proposal', body);
}

describe('POST /models/{model}/spec/proposal', () => {
  it('proposes a schema from the smallest file of an upload, with evidence', async () => {
    const { status, body } = await proposed({ upload: 'u1' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ object: 'rows.csv', rows: 50, leftOut: [] });
    expect(body.columns[1]).toEqual({
      wanted: { name: 'plan', type: 'string', values: ['free', 'paid'] },
      because: ['complete in 50 of 50 rows', '2 values in 50 rows, 0 of them once'],
    });
    const columns = body.columns.map((c: { wanted: object }) => c.wanted);
    const constraints = body.constraints.map((c: { wanted: object }) => c.wanted);
    const schema = { label: 'plan', columns, constraints };
    const features = { sql: 'SELECT age FROM input' };
    expect(specSchema.safeParse({ ...aSpec(), schema, features }).error).toBeUndefined();
  });

  it('says what is wrong with a file that has nested columns, and of which upload there is none', async () => {
    const nested = await proposed({ upload: 'u1', file: 'nested.jsonl' });
    expect([nested.status, nested.body.error.message]).toEqual([
      422,
      'nested.jsonl has a nested column a, wanted plain values: unnest it or leave it out',
    ]);
    expect((await proposed({ upload: 'u2' })).status).toBe(404);
    expect((await proposed({ upload: 'u1' }, viewer)).status).toBe(403);
  });
});
