import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap } from '../bin/mooring/bootstrap.ts';
import { readSpecFile } from '../bin/mooring/spec-file.ts';
import { type Cloud, ENGINE_REQUIREMENTS, output, STATE_DIR, startCloud } from './cloud.ts';
import { fetchFlights } from './flights.ts';
import { openInbox } from './journey/alerts.ts';
import { FULL_YEAR } from './journey/calendar.ts';
import { playJourney, type SpecDocument } from './journey/journey.ts';
import { invite, type People } from './journey/people.ts';
import { printReport } from './journey/print-report.ts';
import { type Progress, terminalProgress } from './journey/progress.ts';
import type { JourneyReport } from './journey/report.ts';
import { settle, workQueues } from './journey/settle.ts';
import { ensureVenv } from './python.ts';
import { setUp } from './setup.ts';

/** `npm start`: Mooring on this machine, and a year of flights through it. */

const EXAMPLE = resolve(import.meta.dirname, '..', 'examples', 'flights', 'model.yaml');
/** Where AWS's local stand-ins listen by habit; another with `--port`. */
const DEFAULT_PORT = '4566';

interface Flags {
  readonly once: boolean;
  readonly report?: string;
  readonly port: number;
  readonly journey: boolean;
}

const USAGE = `usage: npm start -- [--once] [--report FILE] [--no-journey] [--port N]
  --once         end after the report; exit code 0 when all of it went well
  --report FILE  write the report as JSON
  --no-journey   only bring the platform up
  --port N       where the local cloud listens (${DEFAULT_PORT})`;

function readFlags(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      once: { type: 'boolean', default: false },
      report: { type: 'string' },
      port: { type: 'string', default: DEFAULT_PORT },
      journey: { type: 'boolean', default: true },
    },
    allowNegative: true,
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`--port must be 1 to 65535, got ${values.port}`);
  return { ...values, port };
}

async function main(flags: Flags, progress: Progress): Promise<void> {
  const began = performance.now();
  progress.step('set up');
  await setUp(progress.note);
  const python = await ensureVenv('engine', ENGINE_REQUIREMENTS);
  const flights = await fetchFlights({ python, dataDir: join(STATE_DIR, 'data'), log: progress.note });
  progress.step('deploy');
  const cloud = await startCloud({ port: flags.port, progress: progress.note });
  const interrupted = new Promise<void>((done) => process.once('SIGINT', done).once('SIGTERM', done));
  try {
    progress.note(`deployed ${cloud.deploySeconds.toFixed(0)} s after the engine started`);
    const work = run(flags, cloud, flights.files, progress, began);
    await Promise.race([work.then(() => (flags.once ? undefined : interrupted)), interrupted]);
  } finally {
    progress.step('stop');
    await cloud.stop();
  }
}

async function run(
  flags: Flags,
  cloud: Cloud,
  files: ReadonlyMap<string, string>,
  progress: Progress,
  began: number,
): Promise<void> {
  // The SDK clients of this process speak to the local cloud and to nothing else.
  Object.assign(process.env, cloud.engine.env);
  const queues = await workQueues('Mooring-local');
  const inbox = await openInbox(output(cloud.outputs, 'AlertsTopicArn'));
  const admin = await bootstrap({
    name: 'admin',
    stage: 'local',
    functionName: output(cloud.outputs, 'IssueTokenFunction'),
  });
  const spec = (await readSpecFile(EXAMPLE)).spec as unknown as SpecDocument;
  const people = await invite({ apiUrl: cloud.apiUrl, adminToken: admin.token, model: spec.name });
  if (flags.journey) {
    const played = await playJourney({
      spec,
      files,
      calendar: FULL_YEAR,
      people,
      inbox,
      settled: () => settle(queues),
      progress,
    });
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    const durations = { ...played.durations, deploy: cloud.deploySeconds, total: seconds };
    await publish({ ...played, durations }, flags);
  }
  if (!flags.once) process.stdout.write(welcome(cloud, people));
}

async function publish(report: JourneyReport, { report: file }: Flags): Promise<void> {
  process.stdout.write(printReport(report));
  if (file !== undefined) await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
}

function welcome(cloud: Cloud, people: People): string {
  const tokens = people.tokens.map(
    (t) => `  ${t.name.padEnd(22)} ${t.roles.join(', ').padEnd(20)} ${t.token}`,
  );
  return `\nMooring is up, on this machine only, until Ctrl-C.\n\n  export MOORING_URL='${cloud.apiUrl}'\n  export MOORING_TOKEN='${people.tokens[0]?.token}'\n\n${tokens.join('\n')}\n`;
}

if (process.argv.includes('--help')) {
  process.stdout.write(`${USAGE}\n`);
} else {
  try {
    await main(readFlags(process.argv.slice(2)), terminalProgress(process.stderr));
    process.exit(0);
  } catch (error) {
    process.stderr.write(`\nmooring: ${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env.MOORING_DEBUG) console.error(error);
    process.exit(1);
  }
}
