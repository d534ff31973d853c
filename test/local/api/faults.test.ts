import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { ApiError } from '../../../bin/mooring/api-error.ts';
import { waitFor } from '../../../bin/mooring/wait-for.ts';
import { METRIC_NAMESPACE, METRICS } from '../../../lib/names.ts';
import { ENGINE_REQUIREMENTS, output, STATE_DIR } from '../../../local/cloud.ts';
import { FLIGHT_MONTHS, fetchFlights } from '../../../local/flights.ts';
import { bringGoodMonths } from '../../../local/journey/bring-data.ts';
import { type FlightRow, flightRows } from '../../../local/journey/flight-rows.ts';
import { invite, type People } from '../../../local/journey/people.ts';
import { seeThrough } from '../../../local/journey/train-and-release.ts';
import { ensureVenv } from '../../../local/python.ts';
import { eventually } from '../../support/engine.ts';
import { useApiCloud } from './cloud.ts';

const api = useApiCloud();
const MODEL = 'flight-delay';
const quiet = { step: () => {}, note: () => {}, status: () => {}, end: () => {} };
let people: People;
let rows: readonly FlightRow[];

/** One model in service, trained on real flights. */
beforeAll(async () => {
  const { url, token } = api();
  people = await invite({ apiUrl: url, adminToken: token, model: MODEL });
  const python = await ensureVenv('engine', ENGINE_REQUIREMENTS);
  const { files } = await fetchFlights({ python, dataDir: join(STATE_DIR, 'data') });
  const months = FLIGHT_MONTHS.slice(0, 3).map((month) => files.get(month) ?? '');
  await bringGoodMonths(people.scientist, MODEL, months, quiet);
  await seeThrough(people, await people.scientist.startRun(MODEL), quiet);
  rows = (await flightRows(files.get('2013-04') ?? '', { everyRow: 100 })).map(({ late: _, ...row }) => row);
});

/** The ids of all predictions in the log, as often as they are there. */
async function loggedIds(): Promise<readonly string[]> {
  const s3 = new S3Client({ forcePathStyle: true });
  const Bucket = output(api().cloud.outputs, 'DataBucket');
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket, Prefix: `predictions/${MODEL}/` }),
  );
  const objects = await Promise.all(
    Contents.map(async ({ Key }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString();
    }),
  );
  const lines = objects.join('').trim().split('\n');
  return lines.map((line) => (JSON.parse(line) as { predictionId: string }).predictionId);
}

async function sumOf(metric: string): Promise<number> {
  const now = Date.now();
  const { Datapoints = [] } = await new CloudWatchClient({}).send(
    new GetMetricStatisticsCommand({
      Namespace: METRIC_NAMESPACE,
      MetricName: metric,
      StartTime: new Date(now - 3_600_000),
      EndTime: new Date(now + 60_000),
      Period: 3600,
      Statistics: ['Sum'],
    }),
  );
  return Datapoints.reduce((sum, point) => sum + (point.Sum ?? 0), 0);
}

describe('a training script that exits with 1', () => {
  it('fails its run with the reason, frees the lock and leaves the champion alone', async () => {
    const { admin, example } = api();
    const script = `
import os, sys
base = os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml")
with open(os.path.join(base, "output", "failure"), "w") as file:
    file.write("the labels are upside down")
sys.exit(1)
`;
    const { code } = await admin.uploadCode(MODEL, [{ name: 'train.py', content: Buffer.from(script) }]);
    const training = { ...(example.spec.training as object), code };
    await admin.applySpec(MODEL, { ...example.spec, training });
    const { id } = await people.scientist.startRun(MODEL);
    const run = await waitFor(
      () => people.scientist.run(MODEL, id),
      (r) => r.status !== 'running',
      {
        timeoutSeconds: 120,
      },
    );
    expect([run.status, run.outcome]).toEqual(['closed', 'failed']);
    expect(run.error?.cause).toContain('the labels are upside down');
    const { champion, runLock } = await admin.model(MODEL);
    expect([champion, runLock]).toEqual([1, undefined]);
    const { predictions } = await people.app.predict(MODEL, rows.slice(0, 1));
    expect(predictions).toHaveLength(1);
  });
});

describe('an endpoint that dies under traffic', () => {
  it('costs callers a 503 with an error body and no logged record, and moves an alarm’s metric', async () => {
    const logged: string[] = [];
    const refused: unknown[] = [];
    const before = await sumOf(METRICS.endpointErrors);
    const pid = api().cloud.sagemaker.endpointPid(`mooring-local-${MODEL}-v1`);
    const caller = async (mine: readonly FlightRow[]) => {
      for (const row of mine) {
        const answer = await people.app.predict(MODEL, [row]).catch((error: unknown) => error);
        if (answer instanceof Error) refused.push(answer);
        else
          logged.push(
            ...(answer as Awaited<ReturnType<People['app']['predict']>>).predictions.map(
              (p) => p.predictionId,
            ),
          );
      }
    };
    const traffic = [0, 40, 80].map((from) => caller(rows.slice(from, from + 40)));
    await waitFor(
      async () => logged.length,
      (n) => n >= 30,
      { timeoutSeconds: 60, everyMs: 20 },
    );
    if (pid === undefined) throw new Error('the endpoint of version 1 must have a process, got none');
    process.kill(pid, 'SIGKILL');
    await Promise.all(traffic);

    expect(refused.length).toBeGreaterThan(0);
    for (const error of refused)
      expect(error).toMatchObject({
        name: ApiError.name,
        status: 503,
        code: 'unavailable',
        message: `version 1 of model ${MODEL} does not answer; try again`,
      });
    const kept = await eventually(async () => {
      const ids = new Set(await loggedIds());
      return logged.every((id) => ids.has(id)) ? ids : undefined;
    }, 'every logged prediction in the log');
    expect(kept.size).toBe((await loggedIds()).length);
    expect(await sumOf(METRICS.endpointErrors)).toBeGreaterThanOrEqual(before + refused.length);
  });
});
