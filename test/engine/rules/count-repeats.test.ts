import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/domain/findings.ts';
import { validateFile } from '../../../lib/engine/rules/validate.ts';
import { anEngine } from '../a-folder.ts';
import { aSpec } from '../a-spec.ts';

const { engine, path } = anEngine();

/** Long enough that keys of one pass and of all are far apart: with a table of all a process takes 800 MB and more. */
const KEYS = 1_000_000;
const LONG = "lpad(CAST(range AS VARCHAR), 256, 'k')";

/** What a process has of its own before it checks anything, one pass and a scan, and what the allocator keeps between passes; 350 to 460 were measured. */
const BOUND_MB = 550;

const SLOW_MS = 120_000;

const spec = aSpec({ constraints: [{ id: 'once', kind: 'unique', columns: ['id'] }] });
const rest = "TIMESTAMP '2013-01-01' AS seen, 1.5 AS temp, true AS late";

interface Checked {
  readonly findings: readonly Finding[];
  readonly rssMb: number;
}

/** Checks a file in a process of its own: what was found, and the memory it had at most. */
async function checked(file: string): Promise<Checked> {
  const from = (name: string) =>
    JSON.stringify(new URL(`../../../lib/engine/${name}.ts`, import.meta.url).href);
  const script = `
    const { openEngine } = await import(${from('engine')});
    const { validateFile } = await import(${from('rules/validate')});
    const [file, spec] = process.argv.slice(1);
    const { findings } = await validateFile({ file, objectKey: file, spec: JSON.parse(spec) }, await openEngine());
    console.log(JSON.stringify({ findings, rssMb: process.resourceUsage().maxRSS / 1024 }));`;
  const flags = ['--no-warnings', '--max-old-space-size=128', '--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, file, JSON.stringify(spec)]);
  return JSON.parse(stdout) as Checked;
}

describe('repeated keys', () => {
  it.each([
    ['one', `CASE range WHEN ${KEYS - 1} THEN 3 ELSE range END`, 1, [KEYS]],
    ['half of them', `range % ${KEYS / 2}`, KEYS / 2, Array.from({ length: 20 }, (_, i) => KEYS / 2 + 1 + i)],
  ])(
    'are counted exactly in memory that does not grow with the keys: %s',
    async (_, number, rows, shown) => {
      const file = path('long.parquet');
      const id = LONG.replace('range', number);
      await engine().copy(`SELECT ${id} AS id, ${rest} FROM range(${KEYS})`, file);
      const { findings, rssMb } = await checked(file);
      expect(findings).toMatchObject([{ rule: 'feature-type-low-unique', rows, severity: 'error' }]);
      expect(findings[0]?.examples?.map(({ row }) => row)).toEqual(shown);
      expect(rssMb).toBeLessThan(BOUND_MB);
    },
    SLOW_MS,
  );

  it(
    'are the same in every format, when keys are counted in several passes',
    async () => {
      // Texts of 400 characters: more than one pass may hold.
      const id = "lpad(CAST(range % 99990 AS VARCHAR), 400, 'k')";
      const found: unknown[] = [];
      for (const name of ['wide.parquet', 'wide.jsonl', 'wide.csv']) {
        if (name.endsWith('csv')) {
          const line = (i: number) =>
            `${String(i % 99990).padStart(400, 'k')},2013-01-01T00:00:00Z,1.5,true\n`;
          const lines = Array.from({ length: 100_000 }, (_, i) => line(i));
          writeFileSync(path(name), `id,seen,temp,late\n${lines.join('')}`);
        } else await engine().copy(`SELECT ${id} AS id, ${rest} FROM range(100000)`, path(name));
        const { findings, keys } = await validateFile({ file: path(name), objectKey: name, spec }, engine());
        found.push([findings[0]?.rows, findings[0]?.examples, keys]);
      }
      expect(found[0]).toMatchObject([
        10,
        Array.from({ length: 10 }, (_, i) => ({ row: 99_991 + i })),
        { once: { parts: 1, oneIn: 1, hashes: expect.any(String) } },
      ]);
      expect(found[1]).toEqual(found[0]);
      expect(found[2]).toEqual(found[0]);
    },
    SLOW_MS,
  );

  it.each([
    ['no row', `SELECT 'a' AS id, ${rest} FROM range(0)`],
    ['rows without a key', `SELECT CAST(NULL AS VARCHAR) AS id, ${rest} FROM range(3)`],
  ])('are none in a file of %s, which has no keys to compare with other files either', async (_, select) => {
    const file = path('keyless.parquet');
    await engine().copy(select, file);
    const report = await validateFile({ file, objectKey: 'keyless.parquet', spec }, engine());
    expect(report.findings.filter(({ rule }) => rule === 'feature-type-low-unique')).toEqual([]);
    expect(report.keys?.once).toEqual({ parts: 1, hashes: '', oneIn: 1 });
  });
});
