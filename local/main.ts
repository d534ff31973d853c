import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { bootstrap } from '../bin/mooring/bootstrap.ts';
import { readSpecFile } from '../bin/mooring/spec-file.ts';
import { type Cloud, ENGINE_REQUIREMENTS, output, STATE_DIR, startCloud } from './cloud.ts';
import { type Flags, readFlags, USAGE } from './flags.ts';
import { fetchFlights } from './flights.ts';
import { isFree } from './free-port.ts';
import { exitCode, interruption } from './interruption.ts';
import { openInbox } from './journey/alerts.ts';
import { FULL_YEAR } from './journey/calendar.ts';
import { playJourney, type SpecDocument } from './journey/journey.ts';
import { invite, type People } from './journey/people.ts';
import { printReport } from './journey/print-report.ts';
import { mutedAfter, type Progress, terminalProgress } from './journey/progress.ts';
import { settle, workQueues } from './journey/settle.ts';
import { StepError } from './journey/step-error.ts';
import { stepper } from './journey/stepper.ts';
import { ensureVenv, pythonWithPip } from './python.ts';
import { setUp } from './setup.ts';
import { welcome } from './welcome.ts';

/** `npm start`: Mooring on this machine, and a year of flights through it. */

const EXAMPLE = resolve(import.meta.dirname, '..', 'examples', 'flights', 'model.yaml');

const SET_UP = 'set up';

/** Wider lines are hard to read. */
const MAX_COLUMNS = 100;

interface Task {
  readonly flags: Flags;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Seconds a step. */
  readonly durations: Record<string, number>;
}

/** Resolves when all that was asked for is done; with `--once` after the report, else when it is interrupted after that. */
async function main(task: Task): Promise<void> {
  const { flags, progress, signal, durations } = task;
  const step = stepper(progress, durations);
  const flights = await step(SET_UP, async () => {
    await setUp({ progress: progress.note, signal });
    const python = await pythonWithPip(await ensureVenv('engine', ENGINE_REQUIREMENTS));
    return fetchFlights({ python, dataDir: join(STATE_DIR, 'data'), log: progress.note, signal });
  });
  const cloud = await step('deploy', () => startCloud({ port: flags.port, progress: progress.note, signal }));
  try {
    durations.deploy = Math.round(cloud.deploySeconds * 10) / 10;
    progress.note(`deployed ${cloud.deploySeconds.toFixed(0)} s after the engine started`);
    const interrupted = aborted(signal);
    await Promise.race([run(task, cloud, flights.files), interrupted.then(() => signal.throwIfAborted())]);
    if (!flags.once) await interrupted;
  } finally {
    if (!signal.aborted) progress.step('stop');
    await cloud.stop();
  }
}

/** The platform as its first users find it, then the journey. */
async function run(task: Task, cloud: Cloud, files: ReadonlyMap<string, string>): Promise<void> {
  // The SDK clients of this process speak to the local cloud and to nothing else.
  Object.assign(process.env, cloud.engine.env);
  const spec = (await readSpecFile(EXAMPLE)).spec as unknown as SpecDocument;
  const step = stepper(task.progress, task.durations);
  const people = await step('issue the first token, and a token to each', async () => {
    const functionName = output(cloud.outputs, 'IssueTokenFunction');
    const admin = await bootstrap({ name: 'admin', stage: 'local', functionName });
    return invite({ apiUrl: cloud.apiUrl, adminToken: admin.token, model: spec.name });
  });
  if (task.flags.journey) await play(task, cloud, { files, spec, people });
  task.progress.end();
  if (!task.flags.once) process.stdout.write(welcome(cloud.apiUrl, spec.name, people.tokens));
}

async function play(
  { flags, progress, durations }: Task,
  cloud: Cloud,
  given: {
    readonly files: ReadonlyMap<string, string>;
    readonly spec: SpecDocument;
    readonly people: People;
  },
): Promise<void> {
  const queues = await workQueues('Mooring-local');
  const inbox = await openInbox(output(cloud.outputs, 'AlertsTopicArn'));
  const settled = () => settle(queues);
  const played = await playJourney({ ...given, calendar: FULL_YEAR, inbox, settled, progress });
  const total = Math.round(performance.now() / 100) / 10;
  const report = { ...played, durations: { ...durations, ...played.durations, total } };
  progress.end();
  process.stdout.write(printReport(report, Math.min(process.stdout.columns ?? MAX_COLUMNS, MAX_COLUMNS)));
  if (flags.report !== undefined) await writeFile(flags.report, `${JSON.stringify(report, null, 2)}\n`);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}

async function start(signal: AbortSignal, shown: Progress): Promise<void> {
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  if (!(await isFree(flags.port)))
    throw new Error(`port ${flags.port} of 127.0.0.1 is taken; free it, or choose another with --port N`);
  try {
    await main({ flags, progress: mutedAfter(shown, signal), signal, durations: {} });
  } catch (error) {
    throw signal.aborted ? signal.reason : withLog(error, flags);
  }
}

/** What the local cloud did meanwhile is in its log. */
function withLog(error: unknown, { port }: Flags): unknown {
  const log = join(STATE_DIR, `engine-${port}.log`);
  if (!(error instanceof StepError) || error.step === SET_UP || !existsSync(log)) return error;
  return new Error(`${error.message}\nthe local cloud’s log is ${relative('', log)}`, { cause: error });
}

const shown = terminalProgress(process.stderr, process.env.NO_COLOR ? { color: false } : {});
const signal = interruption({ onFirst: () => shown.step('stop (Ctrl-C again stops at once)') });
try {
  await start(signal, shown);
  process.exit(0);
} catch (error) {
  shown.end();
  process.stderr.write(`\nmooring: ${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env.MOORING_DEBUG) console.error(error);
  process.exit(exitCode(error));
}
