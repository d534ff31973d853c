import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../lib/engine/engine.ts';
import { anOfflineTerminal } from './a-terminal.ts';

const { path } = anOfflineTerminal();

/** Twice the engine's own limit: what a worker has. */
const WORKER_MB = 512;
const SLOW_MS = 300_000;

async function parquet(name: string, select: string): Promise<string> {
  const engine = await openEngine({ memoryMb: 1024 });
  try {
    await engine.copy(select, path(name));
  } finally {
    engine.close();
  }
  return path(name);
}

/** Profiles a file in a process of its own: its exit code, its columns and the memory it had at most. */
async function profiled(file: string) {
  const program = new URL('../../../bin/mooring/program.ts', import.meta.url).href;
  const script = `
    const { mooring } = await import(${JSON.stringify(program)});
    const out = [];
    const code = await mooring(['--json', 'profile', process.argv[1]], { out: (l) => out.push(l), err() {}, isTerminal: false, environment: {} });
    const { profile } = JSON.parse(out.join(''));
    const columns = Object.values(profile.columns);
    const full = columns.filter((c) => c.n === profile.rows).length;
    console.log(JSON.stringify({ code, rows: profile.rows, columns: columns.length, full, rssMb: process.resourceUsage().maxRSS / 1024 }));`;
  const flags = ['--no-warnings', '--experimental-strip-types', '--input-type=module', '-e', script, file];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  return JSON.parse(stdout) as Record<'code' | 'rows' | 'columns' | 'full' | 'rssMb', number>;
}

describe('mooring profile of a large file', () => {
  it(
    'counts ten million different strings within the memory of a worker',
    async () => {
      const file = await parquet('strings.parquet', "SELECT 'user-' || i AS name FROM range(10000000) t(i)");
      const found = await profiled(file);
      expect(found).toMatchObject({ code: 0, rows: 10_000_000, columns: 1, full: 1 });
      expect(found.rssMb).toBeLessThan(WORKER_MB);
    },
    SLOW_MS,
  );

  it(
    'counts five thousand columns',
    async () => {
      const columns = Array.from({ length: 5000 }, (_, i) =>
        i % 2 ? `hash(i + ${i}) % 1000 / 7.0 AS c${i}` : `'v' || (hash(i + ${i}) % 20) AS c${i}`,
      );
      const file = await parquet('wide.parquet', `SELECT ${columns.join(', ')} FROM range(20) t(i)`);
      expect(await profiled(file)).toMatchObject({ code: 0, rows: 20, columns: 5000, full: 5000 });
    },
    SLOW_MS,
  );
});
