import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import { ensureVenv } from '../local/python.ts';
import { percentile, type Report } from './measure.ts';
import { specOf24Rules } from './rules-24.ts';

const HERE = import.meta.dirname;
const ROUNDS = 3;

interface Answer {
  /** Of the whole process, from its start to its end. */
  readonly cpuSeconds: number;
  readonly rows: number;
  /** Rows that break each rule. */
  readonly broken: Readonly<Record<string, number>>;
}

/**
 * CPU seconds of the 24 rules and the schema over those of a polars lazy select of the same rules on the same file, one thread each, whole
 * processes, turn by turn; the median of each side. Both must count the same.
 */
export async function benchRules(file: string, report: Report): Promise<void> {
  const python = await ensureVenv('bench', resolve(HERE, 'requirements.txt'));
  const folder = await mkdtemp(join(tmpdir(), 'mooring-rules-'));
  try {
    const rules = join(folder, 'rules.json');
    await writeFile(rules, JSON.stringify(specOf24Rules().schema.constraints));
    const seconds: { readonly ours: number[]; readonly theirs: number[] } = { ours: [], theirs: [] };
    for (let round = 0; round < ROUNDS; round++) {
      const ours = await answerOf(process.execPath, [
        '--experimental-strip-types',
        join(HERE, 'rules-of-file.ts'),
        file,
      ]);
      const theirs = await answerOf(python, [join(HERE, 'rules_polars.py'), file, rules]);
      if (ours.rows !== theirs.rows || !isDeepStrictEqual(ours.broken, theirs.broken))
        throw new Error(
          `both must count the same, got ${JSON.stringify(ours)} and ${JSON.stringify(theirs)}`,
        );
      seconds.ours.push(ours.cpuSeconds);
      seconds.theirs.push(theirs.cpuSeconds);
    }
    const [ours, theirs] = [percentile(seconds.ours, 50), percentile(seconds.theirs, 50)];
    report({ bench: 'engine', metric: 'rules-cpu', value: ours, unit: 's' });
    report({ bench: 'engine', metric: 'rules-polars-cpu', value: theirs, unit: 's' });
    report({ bench: 'engine', metric: 'rules-over-polars', value: ours / theirs, unit: 'ratio' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function answerOf(command: string, args: readonly string[]): Promise<Answer> {
  const env = { ...process.env, POLARS_MAX_THREADS: '1', NODE_NO_WARNINGS: '1' };
  const { stdout } = await promisify(execFile)(command, [...args], { env });
  return JSON.parse(stdout) as Answer;
}
