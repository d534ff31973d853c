import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { PredictionRecord } from '../lib/domain/predictions/record.ts';
import { STATE_DIR } from '../local/cloud.ts';
import { CATEGORICAL, NUMERIC } from './engine-data.ts';

/** Rows of one call: as a batch of some hundreds, which makes an object of some tens of kilobytes. */
const ROWS_A_MESSAGE = 250;
const DAY_MS = 86_400_000;
const DAY = Date.parse('2013-04-01T00:00:00Z');

/** The logged objects of one part of a day, as files, made once and kept; twelve inputs and four features a row. */
export async function logPart(bytes: number): Promise<readonly string[]> {
  const folder = join(STATE_DIR, 'bench', `log-${bytes}`);
  if (!existsSync(folder)) {
    process.stderr.write(`making ${folder}\n`);
    await mkdir(`${folder}.part`, { recursive: true });
    let made = 0;
    for (let message = 0; made < bytes; message++) {
      const file = join(`${folder}.part`, `${String(message).padStart(10, '0')}.jsonl.gz`);
      await writeFile(file, gzipSync(linesOf(message)));
      made += (await stat(file)).size;
    }
    await rename(`${folder}.part`, folder);
  }
  return (await readdir(folder)).sort().map((name) => join(folder, name));
}

function linesOf(message: number): string {
  const random = randomOf(message + 1);
  const at = new Date(DAY + random() * DAY_MS).toISOString();
  return Array.from({ length: ROWS_A_MESSAGE }, () => `${JSON.stringify(recordOf(at, random))}\n`).join('');
}

function recordOf(at: string, random: () => number): PredictionRecord {
  const hex = () => Math.floor(random() * 2 ** 32).toString(16);
  const numbers = NUMERIC.map((name) => [name, Number((random() * 100).toPrecision(6))] as const);
  const texts = CATEGORICAL.map(
    (name) => [name, `v${Math.floor(random() * Number(name.slice(1)))}`] as const,
  );
  const score = random();
  return {
    predictionId: `1-${at.slice(0, 13).replaceAll(/[-T]/g, '')}-${hex()}${hex()}`,
    id: hex(),
    eventTime: at,
    receivedAt: at,
    version: 1,
    input: Object.fromEntries([...numbers, ...texts]),
    feature: {
      x_unif: random() * 100,
      amount: Math.log(1 + random()),
      some: random() > 0.5,
      k20: `v${Math.floor(random() * 20)}`,
    },
    output: { label: score, score },
    latencyMs: 12,
  };
}

/** Mulberry32: the same numbers each time. */
function randomOf(seed: number): () => number {
  let state = seed * 0x9e37_79b9;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
