import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../local/free-port.ts';
import type { Report } from './measure.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** What `npm start -- --once` takes: from started engine to deployed, and from raw data to the report. */
export async function benchDeploy(report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-bench-'));
  try {
    const file = join(folder, 'report.json');
    await start(['--once', '--report', file, '--port', String(await freePort())]);
    const { durations } = JSON.parse(await readFile(file, 'utf8')) as { durations: Record<string, number> };
    report({ bench: 'deploy', metric: 'deploy-s', value: durations.deploy ?? Number.NaN, unit: 's' });
    report({ bench: 'deploy', metric: 'journey-s', value: durations.total ?? Number.NaN, unit: 's' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As a process of its own, with its story on stderr: stdout holds the numbers alone. */
async function start(args: readonly string[]): Promise<void> {
  const main = join(ROOT, 'local', 'main.ts');
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', process.stderr, process.stderr],
  });
  const code = await new Promise((done) => child.once('close', done));
  if (code !== 0) throw new Error(`npm start -- ${args.join(' ')} must end with 0, got ${code}`);
}
