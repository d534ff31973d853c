import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mooring } from '../../../bin/mooring/program.ts';
import { aWorld, withModel } from '../../lambdas/api/world.ts';
import { anApiTerminal } from './an-api-terminal.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-serving-'));
});
afterAll(() => rm(folder, { recursive: true }));

const lines = async (name: string, records: readonly object[]) => {
  const path = join(folder, name);
  await writeFile(path, records.map((record) => JSON.stringify(record)).join('\n'));
  return path;
};

/** Answers rows as predict does: a call with a row that has no integer is refused whole. */
async function predict(rows: readonly { readonly items: number }[], ...flags: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const send = async (_: unknown, init: { body: string }) => {
    const sent = JSON.parse(init.body).rows as typeof rows;
    const bad = sent.findIndex((row) => !Number.isInteger(row.items));
    const details = [{ path: `rows.${bad}.items`, message: 'must be an integer' }];
    const error = { code: 'invalid-input', message: 'the rows are not valid', details };
    if (bad >= 0) return Response.json({ error }, { status: 422 });
    const predictions = sent.map(({ items }) => ({ predictionId: `p${items}`, label: 1, score: 0.5 }));
    return Response.json({ model: 'churn', version: 3, predictions, logged: true });
  };
  const code = await mooring(['predict', 'churn', await lines('rows.jsonl', rows), ...flags], {
    out: (line) => out.push(line),
    err: (chunk) => err.push(chunk),
    isTerminal: false,
    stdin: async () => '',
    environment: { MOORING_URL: 'http://api.test', MOORING_TOKEN: 'secret' },
    fetch: send as unknown as typeof fetch,
  });
  return { code, out, err: err.join('') };
}

const rows = Array.from({ length: 1200 }, (_, i) => ({ items: i === 1100 ? 0.5 : i }));

describe('mooring predict', () => {
  it('prints what was served before a call is refused, and which row is wrong', async () => {
    const { code, out, err } = await predict(rows);
    expect([code, out.length, out[999]]).toEqual([3, 1000, 'p999\t1\t0.5']);
    expect(err).toBe(
      'mooring: the rows are not valid; the first 1000 rows are done: send again from number 1001, rows.1000, on\n' +
        '  rows.1100.items: must be an integer\n',
    );
    const json = await predict(rows, '--json');
    expect([json.code, JSON.parse(json.out.join('')).predictions.length]).toEqual([3, 1000]);
  });

  it('prints each prediction once when all are served', async () => {
    const { code, out } = await predict(rows.slice(0, 700));
    expect([code, out.length]).toEqual([0, 700]);
  });
});

describe('mooring labels', () => {
  const label = (i: number) => ({ id: `c${i}`, eventTime: '2026-01-01', label: i < 2000 ? true : 'maybe' });

  it('says how many were accepted before a call is refused, and which labels are wrong', async () => {
    const { run, out, err } = anApiTerminal(await withModel(aWorld()));
    const file = await lines(
      'labels.jsonl',
      Array.from({ length: 2500 }, (_, i) => label(i)),
    );
    expect(await run('labels', 'churn', file)).toBe(3);
    expect(out).toEqual(['2000 labels accepted']);
    expect(err.join('')).toMatch(
      /the first 2000 labels are done: send again from number 2001, labels\.2000, on\n {2}labels\.2000\.label: /,
    );
  });
});
