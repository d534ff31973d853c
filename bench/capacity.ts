import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { PART_BYTES } from '../lib/domain/monitoring/log-parts.ts';
import { engineData } from './engine-data.ts';
import { logPart } from './log-part.ts';
import type { Report } from './measure.ts';
import { simulateIntake, type WorkerCost } from './simulate-intake.ts';
import { type LogWorkerCost, simulateMonitoring } from './simulate-monitoring.ts';

const run = promisify(execFile);

/** Rows of twelve columns in the object that one worker takes; about as large as a piece is by default. */
const ROWS = 10_000_000;
const TERABYTE = 1e12;
/** Packed log of one version and month. */
const MONTHS = [
  ['10gb', TERABYTE / 100],
  ['1tb', TERABYTE],
  ['100tb', 100 * TERABYTE],
] as const;

/**
 * What one worker of the intake costs, measured here in a process of its own, and from that what 1 TB and 100 TB would take on AWS:
 * a simulation, not a run.
 */
export async function benchCapacity(report: Report): Promise<void> {
  const bench = 'capacity';
  const { base } = await engineData(ROWS);
  const worker = await costOfWorker(base);
  report({
    bench,
    metric: 'worker-cpu-per-million-rows',
    value: worker.cpuSecondsPerRow * 1e6,
    unit: 'cpu-s',
  });
  report({ bench, metric: 'worker-rss', value: worker.rssMb, unit: 'MB' });
  report({ bench, metric: 'shard', value: worker.shardBytes / 1000, unit: 'kB' });
  for (const [name, bytes] of [
    ['1tb', TERABYTE],
    ['100tb', 100 * TERABYTE],
  ] as const)
    for (const { metric, value, unit } of simulateIntake(bytes, worker))
      report({ bench, metric: `${name}-${metric}`, value, unit });
}

/** The same for monitoring: one part of a day's log, and from that a month of it. */
export async function benchMonitoring(report: Report): Promise<void> {
  const bench = 'monitoring';
  const worker = await costOfLogWorker();
  report({
    bench,
    metric: 'worker-cpu-per-million-rows',
    value: worker.cpuSecondsPerRow * 1e6,
    unit: 'cpu-s',
  });
  report({ bench, metric: 'worker-rss', value: worker.rssMb, unit: 'MB' });
  report({ bench, metric: 'worker-scratch-per-byte', value: worker.scratchPerByte, unit: 'ratio' });
  report({ bench, metric: 'profile', value: worker.profileBytes / 1000, unit: 'kB' });
  for (const [name, bytes] of MONTHS)
    for (const { metric, value, unit } of simulateMonitoring(bytes, worker))
      report({ bench, metric: `${name}-${metric}`, value, unit });
}

async function costOfLogWorker(): Promise<LogWorkerCost> {
  await logPart(PART_BYTES);
  const script = join(import.meta.dirname, 'worker-of-log.ts');
  const { stdout } = await run(process.execPath, [...process.execArgv, script, String(PART_BYTES)]);
  const told = JSON.parse(stdout) as Record<string, number>;
  const { rows = Number.NaN, bytes = 0, objects = 1, cpuSeconds = 0, rssMb = 0 } = told;
  const { scratchBytes = 0, profileBytes = 0 } = told;
  return {
    bytesPerRow: bytes / rows,
    bytesPerObject: bytes / objects,
    cpuSecondsPerRow: cpuSeconds / rows,
    rssMb,
    scratchPerByte: scratchBytes / bytes,
    profileBytes,
  };
}

async function costOfWorker(file: string): Promise<WorkerCost> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const script = join(import.meta.dirname, 'worker-of-file.ts');
  const flags = process.execArgv;
  const { stdout } = await run(process.execPath, [...flags, script, file, hash.digest('hex')]);
  const told = JSON.parse(stdout) as Record<string, number>;
  const { rows = Number.NaN, bytes = 0, cpuSeconds = 0, rssMb = 0, shardBytes = 0 } = told;
  return { bytesPerRow: bytes / rows, cpuSecondsPerRow: cpuSeconds / rows, rssMb, shardBytes };
}
