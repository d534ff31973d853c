import { join, resolve } from 'node:path';
import { bootstrap } from '../bin/mooring/bootstrap.ts';
import { readSpecFile } from '../bin/mooring/spec-file.ts';
import { type Cloud, ENGINE_REQUIREMENTS, output, STATE_DIR, startCloud } from '../local/cloud.ts';
import { FLIGHT_MONTHS, fetchFlights } from '../local/flights.ts';
import { bringGoodMonths } from '../local/journey/bring-data.ts';
import { invite, type People } from '../local/journey/people.ts';
import { terminalProgress } from '../local/journey/progress.ts';
import { seeThrough } from '../local/journey/train-and-release.ts';
import { ensureVenv, pythonWithPip } from '../local/python.ts';
import { A_FLIGHT } from './a-flight.ts';
import { percentile, type Report, timeCalls } from './measure.ts';

const EXAMPLE = resolve(import.meta.dirname, '..', 'examples', 'flights', 'model.yaml');
const CALLERS = [1, 16];
const WARM_UP_CALLS = 100;
const CALLS = 500;
const TRAINING_MONTHS = 3;

/** One row a call over HTTP: gateway, authorizer, function, a real endpoint and a real queue of the local cloud. */
export async function benchPredictHttp(report: Report): Promise<void> {
  const progress = terminalProgress(process.stderr);
  const cloud = await startCloud({ progress: progress.note });
  try {
    Object.assign(process.env, cloud.engine.env);
    const { people, model } = await putInService(cloud);
    const call = () => people.app.predict(model, [A_FLIGHT]);
    for (const callers of CALLERS) {
      await timeCalls(WARM_UP_CALLS, callers, call);
      const { eachMs, seconds } = await timeCalls(CALLS, callers, call);
      report({ bench: 'predict', metric: 'http-p50', value: percentile(eachMs, 50), unit: 'ms', callers });
      report({ bench: 'predict', metric: 'http-rps', value: CALLS / seconds, unit: 'calls/s', callers });
    }
  } finally {
    await cloud.stop();
  }
}

/** Trains the flights example on its first months and releases it, as a person would. */
async function putInService(cloud: Cloud): Promise<{ readonly people: People; readonly model: string }> {
  const progress = terminalProgress(process.stderr);
  const python = await pythonWithPip(await ensureVenv('engine', ENGINE_REQUIREMENTS));
  const { files } = await fetchFlights({ python, dataDir: join(STATE_DIR, 'data'), log: progress.note });
  const { spec, name: model } = await readSpecFile(EXAMPLE);
  const functionName = output(cloud.outputs, 'IssueTokenFunction');
  const admin = await bootstrap({ name: 'admin', stage: 'local', functionName });
  const people = await invite({ apiUrl: cloud.apiUrl, adminToken: admin.token, model });
  await people.scientist.applySpec(model, spec);
  const months = FLIGHT_MONTHS.slice(0, TRAINING_MONTHS).map((month) => files.get(month) ?? '');
  await bringGoodMonths(people.scientist, model, months, progress);
  await seeThrough(people, await people.scientist.startRun(model), progress);
  return { people, model };
}
