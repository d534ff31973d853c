import { describe, expect, it, vi } from 'vitest';
import { raiseSignal } from '../../../lambdas/raise-signal/raise-signal.ts';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { DriftWindow } from '../../../lib/domain/registry/window.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { championChanged } from '../../support/a-release.ts';
import { aWorld, MODEL, NOW, type World } from '../../support/a-world.ts';
import { theLedger } from '../../support/the-ledger.ts';

const aWindow = (month: number, more: Partial<DriftWindow> = {}): DriftWindow => ({
  model: MODEL,
  kind: 'drift',
  version: 1,
  start: `2013-0${month}-01T00:00:00.000Z`,
  end: `2013-0${month + 1}-01T00:00:00.000Z`,
  rows: 1000,
  verdict: 'drifted',
  causes: [],
  columns: [],
  shareDrifted: 0.5,
  explanation: 'input.temp moved 2.1 σ',
  profileKey: 'p',
  sourcesHash: 'h',
  revision: 1,
  scoredAt: NOW,
  ...more,
});

async function withWindows(...windows: readonly DriftWindow[]): Promise<World> {
  const world = await aWorld();
  await world.registry.decide(MODEL, () => ({
    answer: undefined,
    entry: championChanged(1),
    head: { champion: 1 },
    writes: windows.map((w) => ({ sk: sk.window(w.start, 'drift', w.version), item: w })),
  }));
  return world;
}

const raise = (world: World) => raiseSignal({ model: MODEL }, world);
const found = async (world: World) =>
  (await theLedger(world.registry, MODEL)).filter((entry) => entry.action === 'drift-found');

describe('raise-signal', () => {
  it('records the newest drifted window as one signal, with what moved', async () => {
    const world = await withWindows(aWindow(3), aWindow(4), aWindow(5, { verdict: 'stable' }));
    const { signal } = await raise(world);
    expect(signal).toMatch(/^drift-[0-9a-f]{16}$/);
    expect(await found(world)).toMatchObject([
      { facts: { signal, start: '2013-04-01T00:00:00.000Z', explanation: 'input.temp moved 2.1 σ' } },
    ]);
  });

  it('raises a window once, and older ones not after it', async () => {
    const world = await withWindows(aWindow(3), aWindow(4));
    await raise(world);
    expect(await raise(world)).toEqual({});
    expect(await found(world)).toHaveLength(1);
  });

  it('raises one signal for many that ask at once', async () => {
    const world = await withWindows(aWindow(3));
    await Promise.all(Array.from({ length: 20 }, () => raise(world)));
    expect(await found(world)).toHaveLength(1);
  });

  it('says nothing of a version that no longer serves, nor of windows without drift', async () => {
    const world = await withWindows(
      aWindow(3, { version: 7 }),
      aWindow(4, { verdict: 'watch' }),
      aWindow(5, { verdict: 'insufficient-data' }),
    );
    expect(await raise(world)).toEqual({});
    expect(await found(world)).toEqual([]);
  });

  it('records a window whose answers changed while its questions did not, once there are rows enough', async () => {
    const concept = { cause: 'concept-shift', columns: [], evidence: 'accuracy fell' } as const;
    const few = { cause: 'too-few-rows', columns: [], evidence: '12 rows' } as const;
    const waits = await withWindows(aWindow(3, { verdict: 'insufficient-data', causes: [few, concept] }));
    expect(await raise(waits)).toEqual({});
    const found = await withWindows(aWindow(3, { verdict: 'stable', causes: [concept] }));
    expect(await raise(found)).toMatchObject({ signal: expect.stringMatching(/^drift-/) });
  });

  it('reads no further than the drift, nor than drift is news', async () => {
    const start = (hour: number) => new Date(Date.UTC(2013, 0, 1, hour)).toISOString();
    const hours = (count: number, drifted: number) =>
      Array.from({ length: count }, (_, i) => {
        const verdict = i === drifted ? 'drifted' : 'stable';
        return aWindow(1, { start: start(i), end: start(i + 1), verdict });
      });
    const read = async (world: World) => {
      const list = vi.spyOn(world.registry, 'list');
      const { signal } = await raise(world);
      const pages = list.mock.calls.filter(([, prefix]) => prefix === skPrefix.window).length;
      return [signal !== undefined, pages];
    };
    expect(await read(await withWindows(...hours(1000, 990)))).toEqual([true, 1]);
    const days = 92;
    expect(await read(await withWindows(...hours(days * 24 + 200, 199)))).toEqual([false, 45]);
    expect(await read(await withWindows(...hours(days * 24 + 200, 200)))).toEqual([true, 45]);
  });

  it('waits for a window that was not looked at for faults yet', async () => {
    const { causes: _, ...unrouted } = aWindow(4);
    expect(await raise(await withWindows(unrouted))).toEqual({});
  });

  it('does not know an unknown model', async () => {
    await expect(raiseSignal({ model: 'other' }, await aWorld())).rejects.toThrow(NotFoundError);
  });
});
