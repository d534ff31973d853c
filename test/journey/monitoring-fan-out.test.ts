import { S3Client } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LogPart } from '../../lib/domain/monitoring/log-parts.ts';
import type { DriftWindow } from '../../lib/domain/registry/window.ts';
import { s3ObjectStore } from '../../lib/stores/objects/object-store-s3.ts';
import { requiredJson } from '../../lib/stores/required.ts';
import { settle, workQueues } from '../../local/journey/settle.ts';
import { type Trip, trips } from '../support/a-world.ts';
import { useCloud } from './support/a-cloud.ts';
import { aModelWithData, promoteNext, questions, tinySpec } from './support/a-tiny-model.ts';
import { lowerPieces } from './support/lower-pieces.ts';
import { monitored } from './support/monitored.ts';

const cloud = useCloud();
const MODEL = 'busy';
/** More than an hour's objects have, and far less than a day's. */
const PART_BYTES = 20_000;
const DATE = '2013-02-01';
const START = `${DATE}T00:00:00.000Z`;
/** Between five and six three hundred more are asked about, all of a heat that nobody knew. */
const hot = trips(DATE, 1, 300).map((row, i) => ({
  ...row,
  trip: `hot-${i}`,
  at: `${DATE}T05:00:00.000Z`,
  temp: 60,
}));
const day = [...trips(DATE, 1, 600), ...hot];

beforeAll(async () => {
  await lowerPieces('plan-windows', PART_BYTES);
  await aModelWithData(cloud().admin, tinySpec(MODEL));
  expect(await promoteNext(cloud().admin, MODEL)).toBe(1);
});

async function served(rows: readonly Trip[]): Promise<void> {
  const { admin } = cloud();
  for (let at = 0; at < rows.length; at += 400)
    expect((await admin.predict(MODEL, questions(rows.slice(at, at + 400)))).logged).toBe(true);
  await settle(await workQueues('Mooring-local'));
}

async function driftWindow(): Promise<DriftWindow> {
  await monitored(cloud(), MODEL);
  const { items } = await cloud().admin.windows(MODEL, {
    kind: 'drift',
    from: START,
    to: `${DATE}T23:00:00.000Z`,
  });
  return items[0] as DriftWindow;
}

const data = () =>
  s3ObjectStore({ client: new S3Client({ forcePathStyle: true }), bucket: cloud().output('DataBucket') });
const rowKeys = async () =>
  (await data().list(`compacted/${MODEL}/0000000001/${DATE}/`))
    .map(({ key }) => key)
    .filter((key) => key.endsWith('.parquet'));

describe('a day that is more than one worker takes', () => {
  it('is compacted in parts, and its window says in which object the shift lies', async () => {
    await served([...day, ...trips('2013-02-03', 1, 1)]);
    const window = await driftWindow();
    expect(await rowKeys()).toHaveLength(24);
    expect(window).toMatchObject({ rows: 900, revision: 1 });
    const temp = window.columns.find(({ column }) => column === 'input.temp');
    const object = temp?.bySource?.[0]?.object ?? '';
    expect(await rowKeys()).toContain(object);
    const part = await requiredJson<LogPart>(data(), object.replace('.parquet', '.objects.json'));
    expect(part.prefix).toBe(`predictions/${MODEL}/0000000001/${DATE}/05/`);
  });

  it('is compacted again only where a late prediction came', async () => {
    const before = await rowKeys();
    await served([{ ...(day[0] as Trip), trip: 'late' }]);
    expect(await driftWindow()).toMatchObject({ rows: 901, revision: 2 });
    expect((await rowKeys()).filter((key) => !before.includes(key))).toHaveLength(1);
  });
});
