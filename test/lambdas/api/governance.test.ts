import { describe, expect, it } from 'vitest';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { given } from './decisions.ts';
import { admin, aPrincipal, aWorld, builder, operator, sha256, viewer, withModel } from './world.ts';

describe('the ledger', () => {
  it('is read in order, from a sequence number, and newest first', async () => {
    const world = await withModel(aWorld());
    for (const on of [true, false, true])
      await world.call(operator, 'POST', '/models/churn/kill-switch', { on, reason: 'a drill' });
    const seqs = async (query: string) =>
      (await world.call(viewer, 'GET', `/models/churn/ledger${query}`)).body.items.map(
        (e: { seq: number }) => e.seq,
      );
    expect(await seqs('')).toEqual([1, 2, 3, 4]);
    expect(await seqs('?after=2')).toEqual([3, 4]);
    expect(await seqs('?after=9')).toEqual([]);
    expect(await seqs('?order=newest&limit=2')).toEqual([4, 3]);
    const { body } = await world.call(viewer, 'GET', '/models/churn/ledger?limit=3');
    expect(await seqs(`?limit=3&cursor=${encodeURIComponent(body.cursor)}`)).toEqual([4]);
    expect(body.items[0]).toMatchObject({
      action: 'spec-applied',
      actor: 'token/builder-token',
      facts: { task: 'binary' },
    });
  });

  it('is verified from its first entry, and the first broken one is named', async () => {
    const world = await withModel(aWorld());
    await world.call(operator, 'POST', '/models/churn/kill-switch', { on: true, reason: 'a drill' });
    const verify = async () => (await world.call(viewer, 'GET', '/models/churn/ledger/verification')).body;
    expect(await verify()).toEqual({ verified: true, entries: 2 });
    const entry = await world.registry.get<{ body: string }>('churn', sk.ledger(2));
    await world.registry.put('churn', sk.ledger(2), {
      ...entry,
      body: entry?.body.replace('drill', 'thrill'),
    });
    expect(await verify()).toMatchObject({ verified: false, brokenAt: 2 });
  });
});

describe('GET /models/{model}/live', () => {
  it('names the version that answered at a time', async () => {
    const world = await withModel(aWorld());
    const promote = (version: number, at: string) =>
      world.registry.decide('churn', () => ({
        answer: undefined,
        entry: {
          at,
          actor: 'test',
          action: 'champion-changed',
          subject: `version/${version}`,
          facts: { version },
        },
      }));
    await promote(1, '2026-11-20T00:00:00.000Z');
    await promote(2, '2026-11-23T00:00:00.000Z');
    const at = async (time: string) =>
      (await world.call(viewer, 'GET', `/models/churn/live?at=${time}`)).body.version;
    expect(await at('2026-11-19T00:00:00Z')).toBeUndefined();
    expect(await at('2026-11-21T00:00:00Z')).toBe(1);
    expect(await at('2026-11-24T12:00:00Z')).toBe(2);
    const tomorrow = await world.call(viewer, 'GET', '/models/churn/live?at=2026-11-25');
    expect([tomorrow.status, tomorrow.body.error.details[0].path]).toEqual([422, 'query.at']);
  });
});

describe('lineage', () => {
  it('finds ids with slashes, whether they come encoded or not', async () => {
    const world = await withModel(aWorld());
    const object = { kind: 'object', id: 'churn/landing/churn/u/a.csv' } as const;
    await world.registry.link([object], { kind: 'dataset', id: 'churn/d1' });
    for (const id of [object.id, encodeURIComponent(object.id)]) {
      const { status, body } = await world.call(viewer, 'GET', `/lineage/object/${id}?direction=out`);
      expect([status, body.nodes.length]).toEqual([200, 2]);
    }
  });

  it('shows a token nothing of a model that it is not open to, even where both share code', async () => {
    const world = aWorld();
    await withModel(world, 'churn');
    await withModel(world, 'prices');
    const mine = aPrincipal('viewer', ['churn']);
    const { body } = await world.call(mine, 'GET', '/lineage/platform/0.1.0?direction=out');
    const ids = body.nodes.map((n: { id: string }) => n.id);
    expect(ids.some((id: string) => id.startsWith('churn/'))).toBe(true);
    expect(ids.some((id: string) => id.startsWith('prices/'))).toBe(false);
    expect((await world.call(mine, 'GET', '/lineage/spec/prices/x')).status).toBe(403);
    expect((await world.call(viewer, 'GET', '/lineage/spec/nosuch/x')).status).toBe(403);
  });

  it('leads from a prediction to the version in its id', async () => {
    const world = await withModel(aWorld());
    await world.registry.put('churn', sk.served(3, '2026-11-01'), { date: '2026-11-01' });
    const look = (id: string) => world.call(viewer, 'GET', `/lineage/prediction/churn/${id}`);
    const end = '07-0b1c2d3e-4f50-4172-8394-a5b6c7d8e9f0';
    const { body } = await look(`3-20261101${end}`);
    expect(body.nodes).toContainEqual({ kind: 'version', id: 'churn/3' });
    for (const id of [`3-20261101${end}xx`, `3-20261102${end}`, `4-20261101${end}`, 'nonsense'])
      expect([id, (await look(id)).status]).toEqual([id, 404]);
  });

  it('is of things that exist, named in full or as lists print them', async () => {
    const world = await withModel(aWorld());
    const id = sha256('a dataset');
    await world.registry.put('churn', sk.dataset(id), { id });
    await world.registry.link([{ kind: 'object', id: 'churn/a.csv' }], {
      kind: 'dataset',
      id: `churn/${id}`,
    });
    const look = (path: string) => world.call(viewer, 'GET', `/lineage/${path}`);
    expect((await look(`dataset/churn/${id.slice(0, 12)}`)).body).toEqual(
      (await look(`dataset/churn/${id}`)).body,
    );
    const { specHash } = (await world.registry.head('churn')) ?? { specHash: '' };
    expect((await look(`spec/churn/${specHash.slice(0, 12)}`)).body.nodes[0].id).toBe(`churn/${specHash}`);
    expect((await look(`object/churn/a.csv`)).body).toMatchObject({ edges: [] });
    for (const path of [
      'version/churn/9',
      `dataset/churn/${id.slice(0, 11)}`,
      'spec/churn/0123456789ab',
      'code/abc',
    ])
      expect([path, (await look(path)).body.error?.code]).toEqual([path, 'not-found']);
  });
});

describe('windows', () => {
  it('are filtered by time, kind and version', async () => {
    const world = await withModel(aWorld());
    const put = (start: string, kind: 'drift' | 'quality', version: number) =>
      world.registry.put('churn', sk.window(start, kind, version), { start, kind, version });
    await put('2026-01-01T00:00:00.000Z', 'drift', 1);
    await put('2026-02-01T00:00:00.000Z', 'drift', 1);
    await put('2026-02-01T00:00:00.000Z', 'quality', 2);
    const count = async (query: string) =>
      (await world.call(viewer, 'GET', `/models/churn/windows?${query}`)).body.items.length;
    expect(await count('')).toBe(3);
    expect(await count('from=2026-02-01T00:00:00Z')).toBe(2);
    expect(await count('to=2026-02-01T00:00:00Z')).toBe(1);
    expect(await count('from=2026-02-01')).toBe(2);
    expect(await count('kind=quality')).toBe(1);
    expect(await count('version=1&limit=1')).toBe(1);
    expect(await count('version=9&limit=1')).toBe(0);
  });
});

describe('a query', () => {
  it('is refused with a key that the route does not know, and with a range that ends before it begins', async () => {
    const world = await withModel(aWorld());
    const pathOf = async (path: string) => {
      const { status, body } = await world.call(viewer, 'GET', `/models/churn${path}`);
      return [status, body.error?.details[0].path];
    };
    expect(await pathOf('/windows?form=2026-01-01')).toEqual([422, 'query.form']);
    expect(await pathOf('?verbose=1')).toEqual([422, 'query.verbose']);
    expect(await pathOf('/incidents?from=2026-02-01&to=2026-01-01')).toEqual([422, 'query.to']);
    expect(await pathOf('/windows?from=2026-02-01&to=2026-02-01')).toEqual([200, undefined]);
  });
});

describe('a time', () => {
  it('is a moment or a day, and what else comes is told so', async () => {
    const world = await withModel(aWorld());
    for (const from of ['yesterday', '2026-02-30', '2026-01-01T00:00:00', '1767225600'])
      expect(
        (await world.call(viewer, 'GET', `/models/churn/windows?from=${from}`)).body.error.details,
      ).toEqual([
        {
          path: 'query.from',
          message: 'must be like 2026-01-01T00:00:00Z or 2026-01-01, which is its midnight UTC',
        },
      ]);
  });
});

describe('tokens', () => {
  const wanted = { name: 'ada', roles: ['builder'], models: ['churn'] };

  it('are issued, listed without their secret, and revoked', async () => {
    const world = aWorld();
    const { status, body } = await world.call(admin, 'POST', '/tokens', wanted);
    expect([status, typeof body.token, body.sha256]).toEqual([201, 'string', undefined]);
    const list = async () => (await world.call(admin, 'GET', '/tokens')).body.items;
    expect(await list()).toEqual([{ ...body, token: undefined }].map(({ token: _, ...rest }) => rest));
    expect((await world.call(admin, 'DELETE', `/tokens/${body.tokenId}`)).body.revoked).toBe(true);
    expect((await list())[0].revokedAt).toBe('2026-11-24T12:00:00.000Z');
    expect((await world.call(admin, 'DELETE', '/tokens/nosuch')).status).toBe(404);
  });

  it('are issued once for one idempotency key, and a repeat says which one', async () => {
    const world = aWorld();
    const first = await world.call(admin, 'POST', '/tokens', wanted, 'k');
    const again = await world.call(admin, 'POST', '/tokens', wanted, 'k');
    expect([again.status, again.body.error.message]).toEqual([
      409,
      `token ${first.body.tokenId} was issued by this idempotency key and is shown once: revoke it and issue another with a new key`,
    ]);
    expect((await world.call(admin, 'GET', '/tokens')).body.items).toHaveLength(1);
  });

  it('are not issued dead', async () => {
    const issue = (expiresAt: string) => aWorld().call(admin, 'POST', '/tokens', { ...wanted, expiresAt });
    const { status, body } = await issue('2020-01-01');
    expect([status, body.error.details[0].path]).toEqual([422, 'expiresAt']);
    expect((await issue('2026-11-25')).body.expiresAt).toBe('2026-11-25T00:00:00.000Z');
  });

  it('are issued by nobody to themself', async () => {
    const { status } = await aWorld().call(admin, 'POST', '/tokens', { ...wanted, name: 'ADMIN' });
    expect(status).toBe(409);
  });

  it('are out of reach of an admin of some models only', async () => {
    const limited = aPrincipal('admin', ['churn']);
    expect((await aWorld().call(limited, 'POST', '/tokens', wanted)).status).toBe(403);
  });
});

describe('a page', () => {
  it('leads to the next by an opaque cursor', async () => {
    const world = await withModel(aWorld());
    for (const n of [1, 2, 3]) await given(world, {}, [{ sk: sk.version(n), item: { number: n } }]);
    const first = (await world.call(viewer, 'GET', '/models/churn/versions?limit=2')).body;
    const second = (
      await world.call(
        viewer,
        'GET',
        `/models/churn/versions?limit=2&cursor=${encodeURIComponent(first.cursor)}`,
      )
    ).body;
    expect([first, second].map((p) => p.items.map((v: { number: number }) => v.number))).toEqual([
      [1, 2],
      [3],
    ]);
    expect(second.cursor).toBeUndefined();
  });

  it('has a limit that is named', async () => {
    const world = await withModel(aWorld());
    const { status, body } = await world.call(builder, 'GET', '/models/churn/versions?limit=0');
    expect([status, body.error.details[0].path]).toEqual([422, 'query.limit']);
  });
});
