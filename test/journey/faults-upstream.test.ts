import { beforeAll, describe, expect, it } from 'vitest';
import { allOf } from '../../bin/mooring/client.ts';
import type { GuardAnswer } from '../../lib/domain/registry/signal.ts';
import type { QualityWindow } from '../../lib/domain/registry/window.ts';
import { settle, workQueues } from '../../local/journey/settle.ts';
import { type Trip, trips } from '../support/a-world.ts';
import { eventually } from '../support/engine.ts';
import { useCloud } from './support/a-cloud.ts';
import { aModelWithData, promoteNext, questions, tinySpec } from './support/a-tiny-model.ts';
import { monitored } from './support/monitored.ts';
import { callVerb } from './support/verbs.ts';

/** These follow each other: a station that sends °F for two days, and what becomes of it. */
const cloud = useCloud();
const MODEL = 'delay';
const date = (day: number) => `2013-02-0${day}`;
const start = (day: number) => `${date(day)}T00:00:00.000Z`;
const ofDay = (day: number) => trips(date(day), 1, 300);
const inFahrenheit = (rows: readonly Trip[]) =>
  rows.map((row) => ({ ...row, temp: row.temp === null ? null : row.temp * 1.8 + 32 }));

beforeAll(async () => {
  const { schema } = tinySpec(MODEL);
  const columns = schema.columns.map((column) =>
    column.name === 'temp' ? { ...column, unit: '°C', min: -100, max: 150 } : column,
  );
  const retraining = { cooldownHours: 0, minNewLabels: 0, onDrift: false };
  await aModelWithData(cloud().admin, tinySpec(MODEL, { schema: { ...schema, columns }, retraining }));
  expect(await promoteNext(cloud().admin, MODEL)).toBe(1);
});

/** Serves days, labels them, lets the first row of the next day close the last of them, and monitors. */
async function served(
  days: readonly number[],
  told: (rows: readonly Trip[]) => readonly Trip[],
  after = ofDay((days.at(-1) ?? 0) + 1),
): Promise<void> {
  const { admin } = cloud();
  for (const rows of [...days.map((day) => told(ofDay(day))), after.slice(0, 1)])
    expect((await admin.predict(MODEL, questions(rows))).logged).toBe(true);
  for (const day of days)
    await admin.sendLabels(
      MODEL,
      ofDay(day).map(({ trip, at, late }) => ({ id: trip, eventTime: at, label: late })),
    );
  await settle(await workQueues('Mooring-local'));
  await monitored(cloud(), MODEL);
}

const asItCame = (rows: readonly Trip[]) => rows;
const exportsOf = async () => {
  const windows = (await cloud().admin.windows(MODEL, { kind: 'quality' })).items as readonly QualityWindow[];
  return windows.map((window) => [window.start.slice(0, 10), window.datasetUploadId !== undefined]);
};
const askTheGuard = () => callVerb<GuardAnswer>('guard-retrain', { model: MODEL, kind: 'schedule' });

describe('a unit that changes upstream', () => {
  it('opens one incident for both days, told in a sentence with the column, the day and the object', async () => {
    const { admin, inbox } = cloud();
    await served([1], asItCame);
    expect((await admin.incidents(MODEL)).items).toEqual([]);
    expect(await exportsOf()).toEqual([[date(1), true]]);

    await served([2, 3], inFahrenheit);
    const { items } = await admin.incidents(MODEL, { status: 'open' });
    expect(items).toMatchObject([
      { cause: 'unit-changed', columns: ['input.temp'], windows: [{ start: start(2) }, { start: start(3) }] },
    ]);
    expect(items[0]?.firstBad).toEqual({
      start: start(2),
      end: start(3),
      object: expect.stringMatching(/^compacted\/delay\/0000000001\/2013-02-02\//),
    });
    const alert = await eventually(
      async () => (await inbox.read()).find(({ link }) => link === `incidents/${items[0]?.id}`),
      'an alert about the incident',
    );
    expect(alert).toMatchObject({ severity: 'critical', sentence: expect.stringContaining('°C → °F') });
    const [bad] = (await admin.windows(MODEL, { kind: 'drift', from: start(2), to: start(3) })).items;
    expect(bad).toMatchObject({ verdict: 'drifted', causes: [{ cause: 'unit-changed' }] });
  });

  it('keeps the guard from retraining, the drift from being announced, and the days from coming back as data', async () => {
    const { admin } = cloud();
    const answer = await askTheGuard();
    expect(answer).toMatchObject({ decision: 'suppress', because: 'open-incident' });
    expect((await admin.signals(MODEL)).items.map(({ kind }) => kind)).toEqual(['schedule']);
    const actions = (await allOf((page) => admin.ledger(MODEL, page))).map(({ action }) => action);
    expect(actions.filter((action) => action === 'drift-found' || action.startsWith('incident'))).toEqual([
      'incident-opened',
      'incident-extended',
    ]);
    expect(await exportsOf()).toEqual([
      [date(1), true],
      [date(2), false],
      [date(3), false],
    ]);
  });

  it('is over after two clean days: they come back as data, the spoiled ones never do', async () => {
    const { admin } = cloud();
    await served([4, 5], asItCame);
    const [incident] = (await admin.incidents(MODEL)).items;
    expect(incident).toMatchObject({
      status: 'closed',
      closedBy: 'platform/route-causes',
      reason: `2 clean windows: ${date(4)}T00, ${date(5)}T00`,
    });
    expect((await admin.model(MODEL)).openIncidents).toBe(0);
    // They were measured while it was still open: the next tick takes them.
    await monitored(cloud(), MODEL);
    expect(await exportsOf()).toEqual([
      [date(1), true],
      [date(2), false],
      [date(3), false],
      [date(4), true],
      [date(5), true],
    ]);
    const uploads = (await allOf((page) => admin.datasets(MODEL, page))).map(({ uploadId }) => uploadId);
    expect(uploads.filter((id) => id.startsWith('window-')).sort()).toEqual(
      [1, 4, 5].map((day) => `window-2013020${day}T00-v1`),
    );
  });

  it('is told as a curve: the column leaves and comes back', async () => {
    const { points } = await cloud().admin.series(MODEL, { column: 'input.temp' });
    expect(points.map(({ start: at, verdict }) => [at.slice(0, 10), verdict === 'drifted'])).toEqual(
      [1, 2, 3, 4, 5].map((day) => [date(day), day === 2 || day === 3]),
    );
    expect(points[1]?.value).toBeGreaterThan(points[3]?.value ?? 0);
  });
});

describe('a caller that begins to send text for a number', () => {
  it('is refused, and opens an incident with the first refused call of the day', async () => {
    const { admin } = cloud();
    const asText = questions(ofDay(6)).map((row) => ({ ...row, temp: `${row.temp} °C` }));
    await expect(admin.predict(MODEL, asText)).rejects.toMatchObject({ status: 422 });
    await served([], asItCame, ofDay(7));
    const { items } = await admin.incidents(MODEL, { status: 'open' });
    expect(items).toMatchObject([
      { cause: 'type-changed', columns: ['input.temp'], windows: [{ start: start(6), end: start(7) }] },
    ]);
    expect(items[0]?.firstBad?.object).toMatch(/^refused\/delay\/0000000001\/2013-02-06\//);
    expect(await askTheGuard()).toMatchObject({ decision: 'suppress', because: 'open-incident' });
  });
});
