import { S3Client } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import type { IntakePlan } from '../../lib/domain/intake/intake-plan.ts';
import { keys } from '../../lib/names.ts';
import { s3ObjectStore } from '../../lib/stores/objects/object-store-s3.ts';
import { requiredJson } from '../../lib/stores/required.ts';
import { jsonLines, trips } from '../support/a-world.ts';
import { useCloud } from './support/a-cloud.ts';
import { bring, tinySpec } from './support/a-tiny-model.ts';
import { lowerPieces } from './support/lower-pieces.ts';
import { parquetInGroups, withRowsInFooter } from './support/parquet.ts';

const cloud = useCloud();
const MODEL = 'wide';
const PIECE_BYTES = 60_000;

const january = trips('2013-01-01', 10, 1000);
const february = jsonLines(trips('2013-02-01', 5, 60));

beforeAll(async () => {
  await lowerPieces('open-intake', PIECE_BYTES);
  await cloud().admin.applySpec(MODEL, tinySpec(MODEL));
});

const artifacts = () =>
  s3ObjectStore({
    client: new S3Client({ forcePathStyle: true }),
    bucket: cloud().output('ArtifactsBucket'),
  });

/** What the intake of an upload has left in its folder. */
async function intakeOf(uploadId: string) {
  const listed = await artifacts().list(`intakes/${MODEL}/${uploadId}/`);
  const folder = listed.find(({ key }) => key.endsWith('/plan.json'))?.key.replace('/plan.json', '') ?? '';
  const plan = await requiredJson<IntakePlan>(artifacts(), keys.intakePlan(folder));
  const files = listed.map(({ key }) => key.slice(folder.length + 1));
  return { plan, files, shards: files.filter((file) => file.startsWith('shards/')).length };
}

describe('an upload of several objects, one of them large', () => {
  it('is profiled by pieces in batches, merged and accepted', async () => {
    const { status, dataset, uploadId } = await bring(cloud().admin, MODEL, {
      'january.parquet': await parquetInGroups(jsonLines(january), 2048),
      'a.jsonl': february,
      'b.jsonl': jsonLines(trips('2013-03-01', 2, 60)),
      'c.csv': 'trip,at,temp,carrier,late\nx-1,2013-04-01T00:00:00Z,12.5,AA,true\n',
    });
    expect([status, dataset?.findings]).toEqual(['accepted', []]);
    expect(dataset).toMatchObject({ rows: 10_000 + 300 + 120 + 1, objects: 4, coverage: 1 });
    const { plan, files, shards } = await intakeOf(uploadId);
    const ofLarge = plan.pieces.filter((piece) => piece.range);
    expect(ofLarge.length).toBeGreaterThan(2);
    expect(shards).toBe(plan.pieces.length);
    expect(plan.batches.length).toBeLessThan(plan.pieces.length);
    expect(files).toContain('merged-0/0000000000.json');
    // The results of both maps, by Step Functions.
    expect(files.filter((file) => /^results\/.+\/manifest\.json$/.test(file))).toHaveLength(2);
  });
});

describe('an object that fails twice', () => {
  it('is tolerated by the map, and rejects the dataset with its name, its cause and what was counted', async () => {
    const whole = await parquetInGroups(jsonLines(january), 20_480);
    const { status, dataset, uploadId } = await bring(cloud().admin, MODEL, {
      'january.parquet': withRowsInFooter(whole, 12_000),
      'a.jsonl': february,
    });
    expect([status, dataset?.rows]).toEqual(['rejected', 300]);
    const [finding] = dataset?.findings ?? [];
    expect(finding).toMatchObject({
      rule: 'object-unreadable',
      object: keys.upload(MODEL, uploadId, 'january.parquet'),
      message: expect.stringMatching(
        /could not be read in two tries: .* has 12000 rows by its footer, got 10000; /,
      ),
    });
    expect(dataset?.coverage).toBeGreaterThan(0);
    expect(dataset?.coverage).toBeLessThan(1);
    expect((await intakeOf(uploadId)).shards).toBe(1);
  });
});
