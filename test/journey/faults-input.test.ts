import { setTimeout as sleep } from 'node:timers/promises';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { ApiError } from '../../bin/mooring/api-error.ts';
import { allOf, createClient } from '../../bin/mooring/client.ts';
import type { Finding } from '../../lib/domain/findings.ts';
import { keys, UPLOAD_MANIFEST } from '../../lib/names.ts';
import { eventually } from '../support/engine.ts';
import { useCloud } from './support/a-cloud.ts';
import { bring, type Files, GOOD_FILES, settledUpload, TRIPS, tinySpec } from './support/a-tiny-model.ts';
import { alterEntry } from './support/behind-its-back.ts';
import { parquetOf } from './support/parquet.ts';
import { callVerb } from './support/verbs.ts';

const cloud = useCloud();
const MODEL = 'delay';
const GOOD = String(GOOD_FILES['trips.jsonl']);

beforeAll(() => cloud().admin.applySpec(MODEL, tinySpec(MODEL)));

async function refusal(call: Promise<unknown>): Promise<ApiError> {
  const answer = await call.catch((error: unknown) => error);
  if (!(answer instanceof ApiError))
    throw new Error(`the call must be refused, got ${JSON.stringify(answer)}`);
  return answer;
}

describe('a spec with several errors', () => {
  const spec = tinySpec('typo');
  const refused = async (document: object) => {
    const { status, details } = await refusal(cloud().admin.applySpec('typo', document));
    return { status, paths: details.map((d) => d.path) };
  };

  it('is refused with the path of each, and makes no model', async () => {
    const { cooldownHours, ...retraining } = spec.retraining;
    const wrong = {
      ...spec,
      schema: { ...spec.schema, columns: [...spec.schema.columns, { name: 'fog', tpye: 'number' }] },
      retraining: { ...retraining, cooldownHour: cooldownHours },
      evaluation: { metric: 'auc', gates: [{ metric: 'auk', atLeast: 0.5 }] },
    };
    const { status, paths } = await refused(wrong);
    expect(status).toBe(422);
    expect(paths.sort()).toEqual([
      'evaluation.gates.0.metric',
      'retraining.cooldownHour',
      'schema.columns.5.tpye',
      'schema.columns.5.type',
    ]);
    expect((await refusal(cloud().admin.model('typo'))).status).toBe(403);
  });

  it.each([
    ['an unknown column', 'SELECT temp, humidity FROM input'],
    ['a file', "SELECT (SELECT max(content) FROM read_text('/etc/passwd')) AS x FROM input"],
    [
      'the network',
      "SELECT (SELECT max(x) FROM read_parquet('https://example.com/x.parquet')) AS x FROM input",
    ],
    ['another database', "ATTACH 'https://example.com/x.db' AS x"],
    ['an extension', 'INSTALL httpfs'],
  ])('is refused for features of %s', async (_, sql) => {
    const { status, paths } = await refused({ ...spec, features: { sql } });
    expect([status, new Set(paths)]).toEqual([422, new Set(['features.sql'])]);
  });
});

describe('a harmed upload', () => {
  const csv = (rows: readonly object[]) =>
    [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))].map((r) => r.join(',')).join('\n');
  const few = TRIPS.slice(0, 60);

  /** Rejected with findings; and the objects are where they were put, byte for byte. */
  async function rejected(files: Files): Promise<readonly Finding[]> {
    const { status, dataset, uploadId } = await bring(cloud().admin, MODEL, files);
    expect([status, dataset?.status]).toEqual(['rejected', 'rejected']);
    for (const [name, content] of Object.entries(files))
      expect(await landedBytes(uploadId, name)).toBe(Buffer.from(content).length);
    return dataset?.findings ?? [];
  }

  async function landedBytes(uploadId: string, name: string): Promise<number | undefined> {
    const Key = keys.upload(MODEL, uploadId, name);
    const object = { Bucket: cloud().output('LandingBucket'), Key };
    return (await new S3Client({ forcePathStyle: true }).send(new HeadObjectCommand(object))).ContentLength;
  }

  it('of nothing is rejected', async () => {
    expect(await rejected({ 'none.parquet': '' })).toMatchObject([
      { rule: 'object-unreadable', severity: 'error', message: expect.stringContaining('is empty') },
    ]);
    expect(await rejected({ 'rowless.parquet': await parquetOf(GOOD, '*', 'false') })).toMatchObject([
      { rule: 'dataset-low-num-examples', severity: 'error' },
    ]);
  });

  it('that was cut off is rejected, though another object of it is whole', async () => {
    const whole = await parquetOf(GOOD);
    expect(await rejected({ 'a.parquet': whole, 'b.parquet': whole.slice(0, -50) })).toMatchObject([
      {
        rule: 'object-unreadable',
        message: expect.stringContaining('b.parquet is a truncated Parquet file'),
      },
    ]);
  });

  it('of a wrong type is rejected with the rows that show it', async () => {
    const worded = await parquetOf(
      GOOD,
      "* REPLACE (CASE WHEN trip = '2013-01-01-2' THEN 'mild' ELSE temp::VARCHAR END AS temp)",
    );
    const findings = await rejected({ 'worded.parquet': worded });
    expect(findings.filter((f) => f.severity === 'error')).toMatchObject([
      { column: 'temp', examples: expect.arrayContaining([{ row: 3, value: 'mild' }]) },
    ]);
  });

  it('with broken rows is rejected with each of them', async () => {
    const lines = csv(few).split('\n');
    lines[4] = 'cut off,2013-01-01T01';
    lines[9] = `${lines[9]},too,many`;
    const [finding, ...others] = await rejected({ 'rows.csv': lines.join('\n') });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'row-unreadable',
      rows: 2,
      examples: [
        { row: 4, value: lines[4] },
        { row: 9, value: lines[9] },
      ],
    });
  });

  it('does not stand in the way of the whole one, and a person is told of each', async () => {
    const { admin, inbox } = cloud();
    expect((await bring(admin, MODEL, { 'rows.csv': csv(few) })).status).toBe('accepted');
    const datasets = await allOf((page) => admin.datasets(MODEL, page));
    const refused = datasets.filter((d) => d.status === 'rejected');
    expect([datasets.length, refused.length]).toEqual([6, 5]);
    const told: string[] = [];
    await eventually(async () => {
      told.push(...(await inbox.read()).map((alert) => alert.link));
      return refused.every((d) => told.includes(`datasets/${d.id}`)) || undefined;
    }, 'an alert of every rejected dataset');
  });
});

describe('events of one upload that come five times', () => {
  const again = 'again';
  const accepted = async () => {
    const entries = await allOf((page) => cloud().admin.ledger(again, page));
    return entries.filter((entry) => entry.action === 'dataset-accepted').length;
  };

  it('make one dataset version and one entry, at once and once more after it', async () => {
    const { admin, output } = cloud();
    await admin.applySpec(again, tinySpec(again));
    const event = (key: string) => ({
      version: '0',
      source: 'aws.s3',
      'detail-type': 'Object Created',
      detail: { bucket: { name: output('LandingBucket') }, object: { key } },
    });
    const content = Buffer.from(GOOD);
    const { uploadId } = await admin.uploadDataset(again, [{ name: 'trips.jsonl', content }]);
    const copy = event(keys.upload(again, uploadId, UPLOAD_MANIFEST));
    const deliver = () => Promise.all(Array.from({ length: 5 }, () => callVerb('start-execution', copy)));
    const started = await deliver();
    const { status } = await settledUpload(admin, again, uploadId);
    expect([status, await accepted()]).toEqual(['accepted', 1]);
    expect(new Set([...started, ...(await deliver())].map((s) => JSON.stringify(s))).size).toBe(1);
    // Another upload of the same bytes is the same dataset version.
    expect((await bring(admin, again, GOOD_FILES)).status).toBe('accepted');
    expect((await admin.datasets(again)).items).toHaveLength(1);
    expect(await accepted()).toBe(1);
  });
});

describe('a token', () => {
  const answerTo = async (authorization: string | undefined, path: string, init: RequestInit = {}) => {
    const headers = { ...(authorization && { authorization }), 'content-type': 'application/json' };
    const response = await fetch(cloud().url + path, { ...init, headers });
    return { status: response.status, body: await response.text() };
  };

  it('that is absent or no token of ours gets the same answer wherever it knocks', async () => {
    const paths = [`/models/${MODEL}`, '/models/nosuch', '/tokens', '/models'];
    for (const header of [
      undefined,
      'Bearer',
      'Basic cm9vdDpyb290',
      'Bearer nonsense',
      `Bearer mrg_${'a'.repeat(43)}`,
    ]) {
      const answers = await Promise.all(paths.map((path) => answerTo(header, path)));
      expect([401, 403]).toContain(answers[0]?.status);
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    }
  });

  it('of another model learns nothing of a model, on any door of it', async () => {
    const { token } = await cloud().admin.issueToken({
      name: 'otto',
      roles: ['viewer', 'caller', 'builder', 'operator', 'approver'],
      models: ['prices'],
    });
    const doors = [
      ['GET', ''],
      ['PUT', ''],
      ['GET', '/ledger'],
      ['POST', '/predict'],
      ['POST', '/labels'],
      ['POST', '/rollback'],
    ] as const;
    for (const [method, door] of doors) {
      const ask = (model: string) => {
        const body = method === 'GET' ? null : JSON.stringify(bodyFor(door, model));
        return answerTo(`Bearer ${token}`, `/models/${model}${door}`, { method, body });
      };
      const [there, absent] = [await ask(MODEL), await ask('nosuch')];
      expect([method, door, there.status]).toEqual([method, door, 403]);
      expect(there.body.replaceAll(MODEL, 'X')).toBe(absent.body.replaceAll('nosuch', 'X'));
    }
  });

  const bodyFor = (door: string, model: string): object => {
    if (door === '/predict') return { rows: [{}] };
    if (door === '/labels') return { labels: [{ predictionId: '1-2013010100-aaaaaaaa', label: true }] };
    return door === '' ? tinySpec(model) : { reason: 'it seems worse' };
  };

  it('of a wrong role is refused by its role alone', async () => {
    const { admin, url } = cloud();
    const { token } = await admin.issueToken({ name: 'vera', roles: ['viewer'], models: ['*'] });
    const vera = createClient({ url, token });
    expect((await vera.model(MODEL)).model).toBe(MODEL);
    for (const model of [MODEL, 'nosuch'])
      expect(await refusal(vera.startRun(model))).toMatchObject({
        status: 403,
        message: 'this needs one of the roles admin, builder, got viewer',
      });
    expect((await refusal(vera.issueToken({ name: 'x', roles: ['admin'] }))).status).toBe(403);
  });

  it('ends when it is revoked or expires, though the gateway may remember it for its minute', async () => {
    const { admin } = cloud();
    const ask = (token: string) =>
      callVerb<{ isAuthorized: boolean }>('authorize-request', {
        headers: { authorization: `Bearer ${token}` },
      });
    const revoked = await admin.issueToken({ name: 'sam', roles: ['viewer'] });
    expect((await ask(revoked.token)).isAuthorized).toBe(true);
    await admin.revokeToken(revoked.tokenId);
    expect(await ask(revoked.token)).toEqual({ isAuthorized: false });
    expect((await answerTo(`Bearer ${revoked.token}`, '/models')).status).toBe(403);
    const expiresAt = new Date(Date.now() + 1500).toISOString();
    const expired = await admin.issueToken({ name: 'pat', roles: ['viewer'], expiresAt });
    await sleep(2000);
    expect(await ask(expired.token)).toEqual({ isAuthorized: false });
    expect((await answerTo(`Bearer ${expired.token}`, '/models')).status).toBe(403);
  });
});

describe('a ledger', () => {
  it('whose entry was altered behind its back is broken at that entry', async () => {
    const { admin, output } = cloud();
    const whole = await admin.verifyLedger(MODEL);
    expect(whole).toMatchObject({ verified: true });
    expect(whole.entries).toBeGreaterThan(4);
    await alterEntry(output('TableName'), MODEL, 3, (body) => body.replace('rejected', 'accepted'));
    expect(await admin.verifyLedger(MODEL)).toEqual({
      verified: false,
      entries: 2,
      brokenAt: 3,
      reason: expect.stringContaining('entry 3'),
    });
  });
});
