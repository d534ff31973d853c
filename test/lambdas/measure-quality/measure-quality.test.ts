import { describe, expect, it } from 'vitest';
import { version as versionSchema } from '../../../lambdas/api/schemas/version.ts';
import { window as windowSchema } from '../../../lambdas/api/schemas/window.ts';
import { measureQuality } from '../../../lambdas/measure-quality/measure-quality.ts';
import { ConflictError, NotFoundError } from '../../../lib/domain/errors.ts';
import type { ModelVersion } from '../../../lib/domain/registry/version.ts';
import type { QualityWindow } from '../../../lib/domain/registry/window.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { anExport, aServingWorld, label, serve } from '../../support/a-log.ts';
import { delaySpec, MODEL, NOW, trips, type World } from '../../support/a-world.ts';
import { compactDay } from '../../support/compact-day.ts';
import { theLedger } from '../../support/the-ledger.ts';

const window = {
  model: MODEL,
  version: 1,
  start: '2013-02-01T00:00:00.000Z',
  end: '2013-02-02T00:00:00.000Z',
};
const rows = trips('2013-02-01', 1, 100);
const windowOf = (world: World) =>
  world.registry.get<QualityWindow>(MODEL, sk.window(window.start, 'quality', 1)) as Promise<QualityWindow>;

async function aServedDay(): Promise<World> {
  const world = await aServingWorld();
  await serve(world, rows, 'm1');
  await compactDay({ model: MODEL, version: 1, date: '2013-02-01' }, world);
  return world;
}

describe('measure-quality', () => {
  it('measures what is labelled and says how much that is', async () => {
    const world = await aServedDay();
    await label(world, rows.slice(0, 40), 'l1');
    expect(await measureQuality(window, world)).toEqual({ ...window, labelCoverage: 0.4, export: false });
    const measured = await windowOf(world);
    expect(measured).toMatchObject({ rows: 100, labelled: 40, revision: 1 });
    expect(measured.metrics.auc).toBeGreaterThan(0.8);
  });

  it('wants the window exported once enough of it is labelled', async () => {
    const world = await aServedDay();
    await label(world, rows, 'l1');
    expect(await measureQuality(window, world)).toMatchObject({ labelCoverage: 1, export: true });
    const key = sk.window(window.start, 'quality', 1);
    await world.registry.put(MODEL, key, { ...(await windowOf(world)), exports: [anExport()] });
    expect(await measureQuality(window, world)).toMatchObject({ export: false });
  });

  it('exports nothing while an incident is open', async () => {
    const world = await aServedDay();
    await world.registry.decide(MODEL, () => ({
      answer: undefined,
      entry: { at: NOW, actor: 'token/ada', action: 'incident-opened', subject: 'incident/i1', facts: {} },
      head: { openIncidents: 1 },
    }));
    await label(world, rows, 'l1');
    expect(await measureQuality(window, world)).toMatchObject({ labelCoverage: 1, export: false });
  });

  it('changes nothing for the same labels', async () => {
    const world = await aServedDay();
    await label(world, rows, 'l1');
    await measureQuality(window, world);
    const [before, entries] = [await windowOf(world), (await theLedger(world.registry, MODEL)).length];
    await measureQuality(window, world);
    expect(await windowOf(world)).toEqual(before);
    expect(await theLedger(world.registry, MODEL)).toHaveLength(entries);
  });

  it('takes no decision when labels came again that say the same, and notes them down', async () => {
    const world = await aServedDay();
    await label(world, rows, 'l1');
    await measureQuality(window, world);
    const [before, entries] = [await windowOf(world), (await theLedger(world.registry, MODEL)).length];
    await label(world, rows.slice(0, 1), 'l2');
    await measureQuality(window, world);
    const after = await windowOf(world);
    expect(after).toMatchObject({ revision: 1, labels: { repeated: 1 } });
    expect(after?.labelsHash).not.toBe(before?.labelsHash);
    expect(await theLedger(world.registry, MODEL)).toHaveLength(entries);
  });

  it('counts labels that came twice or name nothing, and measures with neither', async () => {
    const world = await aServedDay();
    await label(world, rows, 'l1');
    await label(world, rows.slice(0, 30), 'l2', { label: false, receivedAt: NOW });
    await label(
      world,
      trips('2013-02-01', 1, 3).map((row) => ({ ...row, trip: `ghost-${row.trip}` })),
      'l3',
    );
    await measureQuality(window, world);
    expect(await windowOf(world)).toMatchObject({ labelled: 100, labelCoverage: 1 });
    expect((await theLedger(world.registry, MODEL)).at(-1)?.facts).toMatchObject({
      repeatedLabels: 30,
      unmatchedLabels: 3,
    });
  });

  it('measures again when a label is corrected by a higher revision', async () => {
    const world = await aServedDay();
    await label(world, rows, 'l1');
    await measureQuality(window, world);
    const before = await windowOf(world);
    await label(
      world,
      rows.map((row) => ({ ...row, late: !row.late })),
      'l2',
      { revision: 1 },
    );
    await measureQuality(window, world);
    const after = await windowOf(world);
    expect(after.revision).toBe(2);
    expect(after.metrics.auc).toBeCloseTo(1 - (before.metrics.auc ?? 0), 12);
  });

  it('bounds each metric, and says how long labels took', async () => {
    const world = await aServedDay();
    await label(world, rows, 'l1', { receivedAt: '2013-02-04T00:00:00.000Z' });
    await measureQuality(window, world);
    const { metrics, intervals, labels } = await windowOf(world);
    expect(Object.keys(intervals ?? {}).sort()).toEqual(Object.keys(metrics).sort());
    expect(intervals?.accuracy?.lower).toBeLessThan(metrics.accuracy ?? 0);
    expect(labels).toMatchObject({ contradicting: 0, delay: { n: 100, early: 0 } });
    const [shortest, longest] = [2 * 86_400, 3 * 86_400];
    expect(labels?.delay?.maxSeconds).toBe(longest);
    expect(labels?.delay?.p50Seconds).toBeGreaterThan(shortest);
  });

  it('measures beside labels what scores alone let expect, and keeps how far that was off', async () => {
    const world = await aServedDay();
    await label(world, rows.slice(0, 60), 'l1');
    await measureQuality(window, world);
    const { estimate, estimateErrors, metrics } = await windowOf(world);
    expect(estimate).toMatchObject({ verdict: 'measured', rows: 100, method: 'calibrated-confidence' });
    expect(estimateErrors?.accuracy?.realized).toBe(metrics.accuracy);
    const record = async () => (await world.registry.get<ModelVersion>(MODEL, sk.version(1)))?.estimateRecord;
    const off = Math.abs(estimateErrors?.accuracy?.error ?? 0);
    expect((await record())?.accuracy).toMatchObject({ windows: 1, meanAbsoluteError: off });
    // Late labels: the window is measured again and counts once.
    await label(world, rows.slice(60), 'l2');
    await measureQuality(window, world);
    const later = await windowOf(world);
    expect((await record())?.accuracy?.windows).toBe(1);
    expect((await record())?.accuracy?.meanAbsoluteError).toBeCloseTo(
      Math.abs(later.estimateErrors?.accuracy?.error ?? 0),
      12,
    );
  });

  it('tells people once when outcomes no longer follow the scores as they did', async () => {
    const world = await aServedDay();
    const turned = rows.map((row) => ({ ...row, late: !row.late }));
    await label(world, turned.slice(0, 99), 'l1');
    await measureQuality(window, world);
    const change = (await windowOf(world)).changes?.find((c) => c.measure === 'accuracy');
    expect(change).toMatchObject({ by: 'score', verdict: 'drifted' });
    expect(change?.concept.estimate).toBeLessThan(-0.5);
    const alerts = async () =>
      (await theLedger(world.registry, MODEL)).flatMap(({ alert }) => (alert ? [alert.sentence] : []));
    const told = (await alerts()).filter((sentence) => sentence.includes('accuracy fell by'));
    expect(told).toHaveLength(1);
    await label(world, turned.slice(99), 'l2');
    await measureQuality(window, world);
    expect((await windowOf(world)).revision).toBe(2);
    expect((await alerts()).filter((sentence) => sentence.includes('accuracy fell by'))).toHaveLength(1);
  });

  it('counts labels that contradict each other', async () => {
    const world = await aServedDay();
    await label(world, rows, 'l1');
    await label(
      world,
      rows.slice(0, 7).map((row) => ({ ...row, late: !row.late })),
      'l2',
      { receivedAt: NOW },
    );
    await measureQuality(window, world);
    expect((await windowOf(world)).labels).toMatchObject({ contradicting: 7, corrected: 0, repeated: 7 });
    expect((await theLedger(world.registry, MODEL)).at(-1)?.facts).toMatchObject({ contradictingLabels: 7 });
  });

  it('measures groups that no feature tells apart, before and after labels, and tells people once', async () => {
    const fairness = { groups: [{ column: 'carrier' }], minRows: 20, favourable: ['false'] };
    const world = await aServingWorld(delaySpec({ fairness }));
    const version = await world.registry.get<ModelVersion>(MODEL, sk.version(1));
    expect(version?.fairness?.comparisons[0]).toMatchObject({ column: 'carrier', group: 'UA', labelled: 80 });
    // UA flies in the cold: the model, which has never seen the carrier, calls it late.
    const unequal = trips('2013-02-01', 1, 300).map((row) => {
      const temp = row.carrier === 'UA' ? -8 : 18;
      return { ...row, temp, late: temp < 10 };
    });
    await serve(world, unequal, 'm1');
    await compactDay({ model: MODEL, version: 1, date: '2013-02-01' }, world);
    await label(world, unequal.slice(0, 30), 'l1');
    await measureQuality(window, world);
    const { fairness: report, changes } = await windowOf(world);
    const found = (measure: string) => report?.comparisons[0]?.findings.find((f) => f.measure === measure);
    expect(report).toMatchObject({ verdict: 'outside', favourable: ['false'] });
    expect(found('DI')).toMatchObject({ of: 'predictions', value: 0, verdict: 'outside' });
    expect(found('DPL')?.verdict).toBe('too-few-to-judge');
    expect(changes?.map((change) => change.by)).toEqual(['score', 'score', 'carrier']);
    const alerts = async () =>
      (await theLedger(world.registry, MODEL)).flatMap(({ alert }) => (alert ? [alert.sentence] : []));
    const told = async () =>
      (await alerts()).filter((s) => s.includes('disparate impact of carrier UA is 0.000'));
    expect(await told()).toHaveLength(1);
    // The API hides nothing of it, and what it says of the version neither.
    const shown = JSON.parse(JSON.stringify(await windowOf(world)));
    expect(windowSchema.parse(shown)).toEqual(shown);
    const judged = JSON.parse(JSON.stringify(await world.registry.get<ModelVersion>(MODEL, sk.version(1))));
    expect(versionSchema.parse(judged)).toEqual(judged);
    await label(world, unequal.slice(30), 'l2');
    await measureQuality(window, world);
    const later = (await windowOf(world)).fairness?.comparisons[0];
    expect(later).toMatchObject({ labelled: 100, otherLabelled: 200 });
    expect(later?.findings.find((f) => f.measure === 'DPL')?.verdict).toBe('outside');
    expect(await told()).toHaveLength(1);
  });

  it('wants the day compacted first, and knows no unknown version', async () => {
    const world = await aServingWorld();
    await expect(measureQuality(window, world)).rejects.toThrow(ConflictError);
    await expect(measureQuality({ ...window, version: 9 }, world)).rejects.toThrow(NotFoundError);
  });
});
