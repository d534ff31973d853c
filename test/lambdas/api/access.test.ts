import { describe, expect, it } from 'vitest';
import { createApp } from '../../../lambdas/api/app.ts';
import { routes } from '../../../lambdas/api/routes.ts';
import { type Principal, ROLES, type Role } from '../../../lib/domain/registry/token.ts';
import { holdsRole } from '../../../lib/domain/roles.ts';
import { aPrincipal, aWorld, builder, viewer, withModel } from './world.ts';

const closed = routes.filter((r) => r.access !== 'open');
const filled = (path: string) =>
  path
    .replace('{model}', 'churn')
    .replace('{version}', '1')
    .replace('{kind}', 'run')
    .replace('{id}', 'churn-v1');
const rolesOf = (access: (typeof routes)[number]['access']): readonly Role[] =>
  access === 'open' ? ROLES : access.roles;

describe('access to the routes', () => {
  it('is declared by every route that the app answers', () => {
    const declared = routes.map((r) => `${r.method.toUpperCase()} ${r.path.replaceAll(/\{(.+?)\}/g, ':$1')}`);
    const mounted = createApp(aWorld().deps)
      .routes.filter((r) => r.method !== 'ALL')
      .map((r) => `${r.method} ${r.path}`);
    const undeclared = mounted.filter((r) => !declared.includes(r) && r !== 'GET /openapi.json');
    expect(undeclared).toEqual([]);
    expect(closed.every((r) => rolesOf(r.access).length > 0)).toBe(true);
  });

  it('is open without a token only for the health and the description', () => {
    expect(routes.filter((r) => r.access === 'open').map((r) => r.path)).toEqual(['/health']);
  });

  it('names the model that the path names, for every path that names one', () => {
    const scoped = closed.filter((r) => r.path.includes('{model}'));
    expect(scoped.every((r) => r.access !== 'open' && typeof r.access.scope === 'object')).toBe(true);
  });

  it.each(closed.map((r) => [`${r.method.toUpperCase()} ${r.path}`, r] as const))(
    '%s refuses no token with 401 and every role it does not name with 403',
    async (_, { method, path, access }) => {
      const world = await withModel(aWorld());
      const nobody = await world.call(
        undefined,
        method.toUpperCase(),
        filled(path),
        method === 'get' ? undefined : {},
      );
      expect(nobody.status).toBe(401);
      for (const role of ROLES.filter((r) => !holdsRole(aPrincipal(r), rolesOf(access)))) {
        const { status, body } = await world.call(aPrincipal(role), method.toUpperCase(), filled(path));
        expect([role, status, body.error.code]).toEqual([role, 403, 'forbidden']);
      }
    },
  );

  it('answers the same for a model that is unknown and for one that is forbidden', async () => {
    const world = await withModel(aWorld());
    const limited = aPrincipal('viewer', ['other']);
    const forbidden = await world.call(limited, 'GET', '/models/churn');
    const unknown = await world.call(limited, 'GET', '/models/nosuch');
    expect([forbidden.status, unknown.status]).toEqual([403, 403]);
    expect(forbidden.body.error.message.replace('churn', 'X')).toBe(
      unknown.body.error.message.replace('nosuch', 'X'),
    );
    expect((await world.call(viewer, 'GET', '/models/nosuch')).body.error.code).toBe('forbidden');
  });

  it('names each role once that would have done', async () => {
    const { body } = await aWorld().call(viewer, 'GET', '/tokens');
    expect(body.error.message).toBe('this needs one of the roles admin, got viewer');
  });

  it('shows a token only its own models', async () => {
    const world = await withModel(await withModel(aWorld()), 'prices');
    const { body } = await world.call(aPrincipal('viewer', ['prices']), 'GET', '/models');
    expect(body.items.map((m: { model: string }) => m.model)).toEqual(['prices']);
  });

  it('comes before validation, so that a stranger learns nothing of the fields', async () => {
    const world = await withModel(aWorld());
    expect((await world.call(viewer, 'POST', '/models/churn/rollback', { nonsense: 1 })).status).toBe(403);
  });

  it('opens the chain of the platform to admins of all models, and that of no other such name', async () => {
    const world = aWorld();
    const wanted = { name: 'ada', roles: ['viewer'] };
    const { body } = await world.call(aPrincipal('admin'), 'POST', '/tokens', wanted);
    const read = (who: Principal, path = 'ledger') => world.call(who, 'GET', `/models/_platform/${path}`);
    expect((await read(aPrincipal('admin'))).body.items).toMatchObject([
      { action: 'token-issued', subject: `token/${body.tokenId}`, facts: { name: 'ada' } },
    ]);
    expect((await read(aPrincipal('admin'), 'ledger/verification')).body.verified).toBe(true);
    expect((await read(aPrincipal('admin'), 'live')).status).toBe(403);
    expect((await read(aPrincipal('admin', ['_platform']))).status).toBe(403);
    expect((await world.call(aPrincipal('admin'), 'GET', '/models/_other/ledger')).status).toBe(403);
  });

  it('lets no model name reach the chain of the platform', async () => {
    const world = aWorld();
    await world.deps.tokens.issue(
      { name: 'x', roles: ['viewer'], models: ['*'] },
      { by: 'platform/test', at: 'now' },
    );
    expect((await world.call(builder, 'GET', '/models/_platform/ledger')).status).toBe(403);
  });
});
