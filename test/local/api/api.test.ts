import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../bin/mooring/api-error.ts';
import { bootstrap } from '../../../bin/mooring/bootstrap.ts';
import { createClient } from '../../../bin/mooring/client.ts';
import { waitFor } from '../../../bin/mooring/wait-for.ts';
import { output } from '../../../local/cloud.ts';
import { eventually } from '../../support/engine.ts';
import { useApiCloud } from './cloud.ts';

const api = useApiCloud();
const MODEL = 'flight-delay';

/** How a call was refused. */
const refusal = async (call: Promise<unknown>): Promise<ApiError> => {
  const error = await call.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!(error instanceof ApiError)) throw new Error(`the call must be refused, got ${String(error)}`);
  return error;
};
const statusOf = async (call: Promise<unknown>) => (await refusal(call)).status;

describe('a token at the gateway', () => {
  it('is needed, and a malformed, unknown, expired or wrong one says nothing of what exists', async () => {
    const { url, admin, join } = api();
    const bare = await fetch(`${url}/models`);
    expect([bare.status, await bare.text()]).toEqual([401, expect.not.stringContaining(MODEL)]);
    for (const token of ['nonsense', `mrg_${'a'.repeat(43)}`])
      expect(await statusOf(createClient({ url, token }).models())).toBe(403);
    const expiresAt = new Date(Date.now() + 1500).toISOString();
    const past = await admin.issueToken({ name: 'past', roles: ['viewer'], expiresAt });
    await sleep(2000);
    expect(await statusOf(createClient({ url, token: past.token }).models())).toBe(403);
    const viewer = await join('vera', ['viewer'], [MODEL]);
    expect(await statusOf(viewer.setKillSwitch(MODEL, true, 'not mine to set'))).toBe(403);
    const other = await join('otto', ['viewer', 'caller'], ['prices']);
    const hidden = [await refusal(other.model(MODEL)), await refusal(other.model('nosuch'))];
    expect(hidden.map((e) => [e.status, e.message.replace(/model \S+/, 'model X')])).toEqual([
      [403, 'model X does not exist or is not open to this token'],
      [403, 'model X does not exist or is not open to this token'],
    ]);
    expect(await statusOf(other.predict(MODEL, [{}]))).toBe(403);
  });

  it('that is revoked before it was ever used is refused', async () => {
    const { admin, join } = api();
    const short = await join('sam', ['viewer']);
    await admin.revokeToken(short.tokenId);
    expect(await statusOf(short.models())).toBe(403);
  });

  it('comes from bootstrap once, and never to its own issuer', async () => {
    expect(await statusOf(bootstrap({ name: 'mallory', stage: 'local' }))).toBe(403);
    expect(await statusOf(api().admin.issueToken({ name: 'root', roles: ['admin'] }))).toBe(409);
  });
});

describe('a spec at PUT', () => {
  const refused = async (change: (spec: Record<string, object>) => object) => {
    const { admin, example } = api();
    const spec = example.spec as Record<string, object>;
    const { status, details } = await refusal(admin.applySpec(MODEL, { ...spec, ...change(spec) }));
    return [status, details.map((d) => d.path)];
  };

  it('is refused for a typo in a key, an unknown column and an unknown metric, each with its path', async () => {
    expect(await refused(({ retraining }) => ({ retraining: { ...retraining, cooldownHour: 1 } }))).toEqual([
      422,
      ['retraining.cooldownHour'],
    ]);
    expect(await refused(() => ({ features: { sql: 'SELECT nope FROM input' } }))).toEqual([
      422,
      ['features.sql'],
    ]);
    const gates = [{ metric: 'aucc', atLeast: 0.7 }];
    expect(await refused(({ evaluation }) => ({ evaluation: { ...evaluation, gates } }))).toEqual([
      422,
      ['evaluation.gates.0.metric'],
    ]);
  });

  it.each([
    "SELECT (SELECT content FROM read_text('/etc/passwd')) AS x FROM input",
    "SELECT getenv('AWS_SECRET_ACCESS_KEY') AS x FROM input",
  ])('is refused for features that reach out: %s', async (sql) => {
    expect(await refused(() => ({ features: { sql } }))).toEqual([422, ['features.sql']]);
  });

  it('may name uploaded trainer code', async () => {
    const { admin, example } = api();
    const { code } = await admin.uploadCode(MODEL, [{ name: 'train.py', content: Buffer.from('print()') }]);
    const training = { ...(example.spec.training as object), code };
    expect((await admin.applySpec(MODEL, { ...example.spec, training })).changed).toBe(true);
    await admin.applySpec(MODEL, example.spec);
  });
});

describe('an upload', () => {
  it('takes the announced bytes and no others', async () => {
    const { url, token } = api();
    const post = (path: string, body: object) =>
      fetch(`${url}/models/${MODEL}/datasets${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const sha256 = createHash('sha256').update('right').digest('hex');
    const opened = await (await post('', { files: [{ name: 'a.csv', sha256, bytes: 5 }] })).json();
    const { files, uploadId } = opened as {
      uploadId: string;
      files: { url: string; headers: Record<string, string> }[];
    };
    const put = (body: string) =>
      fetch(files[0]?.url ?? '', { method: 'PUT', headers: files[0]?.headers ?? {}, body });
    expect((await put('wrong')).ok).toBe(false);
    expect((await post(`/${uploadId}/complete`, {})).status).toBe(409);
    expect((await put('right')).status).toBe(200);
    expect((await post(`/${uploadId}/complete`, {})).status).toBe(202);
  });
});

describe('what the platform takes in', () => {
  it('refuses to predict without a version in service, and a body beyond the limit by its name', async () => {
    const { admin, example } = api();
    expect(await refusal(admin.predict(MODEL, [{}]))).toMatchObject({
      status: 409,
      message: `model ${MODEL} has no version in service yet`,
    });
    const description = 'x'.repeat(1_000_000);
    expect(await refusal(admin.applySpec(MODEL, { ...example.spec, description }))).toMatchObject({
      status: 413,
      message: 'the body must be at most 1000000 bytes',
    });
  });

  it('brings a label through the queue into the label log', async () => {
    const { admin, cloud } = api();
    const sent = await admin.sendLabels(MODEL, [
      { id: 'f-1', eventTime: '2013-04-01T10:00:00Z', label: true },
    ]);
    expect(sent).toEqual({ accepted: 1, errors: [] });
    const s3 = new S3Client({ forcePathStyle: true });
    const Bucket = output(cloud.outputs, 'DataBucket');
    const Key = await eventually(async () => {
      const { Contents } = await s3.send(
        new ListObjectsV2Command({ Bucket, Prefix: `labels/${MODEL}/2013-04-01/` }),
      );
      return Contents?.[0]?.Key;
    }, 'the label in the log');
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const line = gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString();
    expect(JSON.parse(line)).toMatchObject({ id: 'f-1', label: true, eventTime: '2013-04-01T10:00:00.000Z' });
  });

  it('monitors on demand', async () => {
    const { join } = api();
    const operator = await join('olga', ['operator'], [MODEL]);
    const { id } = await operator.startMonitoring(MODEL);
    const ended = await waitFor(
      () => operator.monitoring(MODEL, id),
      (m) => m.status !== 'running',
      {
        timeoutSeconds: 60,
      },
    );
    expect(ended.status).toBe('succeeded');
  });
});

describe('the record', () => {
  it('is unbroken, and leads from a spec to what it was made of', async () => {
    const { admin } = api();
    expect((await admin.verifyLedger(MODEL)).verified).toBe(true);
    const { specHash } = await admin.model(MODEL);
    const { nodes } = await admin.lineage('spec', `${MODEL}/${specHash}`);
    expect(nodes.map((n) => n.kind).sort()).toEqual(['features', 'platform', 'spec']);
  });

  it('outlives its model, whose schedules go', async () => {
    const { admin } = api();
    const scheduler = new SchedulerClient({});
    const schedules = async () =>
      ((await scheduler.send(new ListSchedulesCommand({}))).Schedules ?? []).filter((s) =>
        s.Name?.includes(MODEL),
      );
    await eventually(
      async () => ((await schedules()).length === 1 ? true : undefined),
      'the schedule of the spec',
    );
    expect((await admin.deleteModel(MODEL)).dryRun).toBe(true);
    expect((await admin.deleteModel(MODEL, MODEL)).dryRun).toBe(false);
    await eventually(async () => ((await schedules()).length === 0 ? true : undefined), 'no schedule');
    expect(await statusOf(admin.model(MODEL))).toBe(403);
  });
});
