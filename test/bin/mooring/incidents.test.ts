import { describe, expect, it } from 'vitest';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { given } from '../../lambdas/api/decisions.ts';
import { aWorld, type World, withModel } from '../../lambdas/api/world.ts';
import { anApiTerminal } from './an-api-terminal.ts';

const item = {
  model: 'churn',
  id: 'fault-1',
  kind: 'data-fault',
  status: 'open',
  summary: 'another unit (°F → °C)',
  subject: 'windows/x',
  openedAt: '2026-11-24T12:00:00.000Z',
  cause: 'unit-changed',
  columns: ['input.age'],
  firstBad: { start: '2026-11-02T00:00:00.000Z', end: '2026-11-03T00:00:00.000Z' },
  windows: [{ version: 1, start: '2026-11-01T00:00:00.000Z', end: '2026-12-01T00:00:00.000Z' }],
};

async function aTerminal(changes = {}) {
  const world: World = await withModel(aWorld());
  await given(world, { openIncidents: 1 }, [{ sk: sk.incident(item.id), item: { ...item, ...changes } }]);
  return { world, ...anApiTerminal(world) };
}

describe('mooring incidents', () => {
  it('lists what broke since when, and closes it with a reason', async () => {
    const { world, run, out } = await aTerminal();
    expect(await run('incidents', 'churn', '--status', 'open')).toBe(0);
    expect(out.join('\n')).toMatch(/fault-1 +open +unit-changed +2026-11-02T00 +1 +another unit \(°F → °C\)/);
    expect(await run('close-incident', 'churn', 'fault-1', '--reason', 'it was real', '--keep-windows')).toBe(
      0,
    );
    expect(out.at(-1)).toBe('incident fault-1 is closed: it was real; its windows are kept');
    expect(await world.registry.get('churn', sk.incident('fault-1'))).toMatchObject({
      status: 'closed',
      keepWindows: true,
    });
    expect(await run('incidents', 'churn', '--from', '2026-11-25T00:00:00Z')).toBe(0);
    expect(out.at(-1)).not.toContain('fault-1');
  });
});

describe('mooring close-incident', () => {
  it('keeps the windows of an incident that closed by itself, and says so', async () => {
    const { run, out } = await aTerminal({ status: 'closed', reason: '2 clean windows' });
    expect(await run('close-incident', 'churn', 'fault-1', '--reason', 'it was over')).toBe(0);
    expect(out.at(-1)).toBe('incident fault-1 is closed: 2 clean windows');
    expect(await run('close-incident', 'churn', 'fault-1', '--reason', 'a blizzard', '--keep-windows')).toBe(
      0,
    );
    expect(out.at(-1)).toBe('incident fault-1 is closed: 2 clean windows; its windows are kept: a blizzard');
  });
});

describe('mooring signals', () => {
  it('lists what the guard answered and why', async () => {
    const { world, run, out } = await aTerminal();
    const answer = {
      decision: 'suppress',
      because: 'open-incident',
      detail: '1 incident(s) must be closed first',
    };
    await world.registry.put('churn', sk.signal('drift-1'), {
      model: 'churn',
      id: 'drift-1',
      kind: 'drift',
      answer,
      answeredAt: item.openedAt,
    });
    expect(await run('signals', 'churn')).toBe(0);
    expect(out.join('\n')).toMatch(
      /drift-1 +2026-11-24T12:00 +suppress +open-incident: 1 incident\(s\) must be closed first/,
    );
  });
});
