import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookAt, type SeenWindow } from '../../../lambdas/measure-quality/look-at.ts';
import { fairnessColumns, measureFairness } from '../../../lib/domain/fairness/measure-fairness.ts';
import type { LabelRecord } from '../../../lib/domain/labels/label.ts';
import { joinLabels } from '../../../lib/domain/monitoring/join-labels.ts';
import type { Calibration } from '../../../lib/domain/quality/calibration.ts';
import { scoreBins } from '../../../lib/domain/quality/score-bins.ts';
import { anEngine } from '../../engine/a-folder.ts';
import { delaySpec } from '../../support/a-world.ts';

const { engine, path } = anEngine();
const window = { start: '2013-02-01T00:00:00.000Z', end: '2013-02-02T00:00:00.000Z' };
const fairness = { groups: [{ column: 'sex' }, { column: 'age', above: 40 }], minRows: 50 };
const { schema } = delaySpec({
  schema: { label: 'y', columns: [{ name: 'y', type: 'integer' }] },
});
const spec = { schema, fairness };
const edges = Array.from({ length: 31 }, (_, i) => (i + 1) / 32);
const empty = () => edges.map(() => 0).concat(0);
const calibration: Calibration = {
  version: 1,
  task: 'binary',
  rows: 1,
  edges,
  bins: { rows: empty(), positives: empty(), called: empty() },
  positive: '1',
  contributions: {},
};

/** What a process has of its own, a day's file being read and ten thousand labels; a million predictions as objects take 1.3 GB. */
const BOUND_MB = 360;
const SLOW_MS = 120_000;

/** A log of rows numbered from 0, every fifth without an id of the caller's, the last tenth on the day after. */
function logOf(rows: number): string {
  return `SELECT 'p' || range AS "predictionId", CASE WHEN range % 5 > 0 THEN 'c' || range // 2 END AS id,
      TIMESTAMP '2013-02-01' + INTERVAL (CASE WHEN range * 10 < 9 * ${rows} THEN 1 ELSE 30 END) HOUR AS _time,
      TIMESTAMP '2013-02-01 12:00' AS "receivedAt", (range * 7919 % 10007) / 10007.0 AS "output.score",
      CASE WHEN range * 7919 % 10007 > 5000 THEN '1' ELSE '0' END AS "output.label",
      CASE range % 4 WHEN 0 THEN NULL WHEN 1 THEN 'm' ELSE 'f' END AS "input.sex", range % 90 AS "input.age"
    FROM range(${rows})`;
}

const label = (more: Partial<LabelRecord>): LabelRecord => ({
  eventTime: window.start,
  label: 1,
  revision: 0,
  source: 'test',
  receivedAt: '2013-02-03T00:00:00.000Z',
  ...more,
});

const anyLabel = fc
  .record({
    at: fc.nat(79),
    byId: fc.boolean(),
    label: fc.integer({ min: 0, max: 1 }),
    revision: fc.integer({ min: 0, max: 2 }),
    hour: fc.integer({ min: 10, max: 13 }),
  })
  .map(({ at, byId, hour, ...more }) => {
    const name = byId ? { id: `c${at}` } : { predictionId: `p${at}` };
    return label({ ...more, ...name, receivedAt: `2013-02-03T${hour}:00:00.000Z` });
  });

describe('what is seen of a window', () => {
  it(
    'is what a join and counts over all of its predictions say, to the last digit',
    async () => {
      const file = path('small.parquet');
      await engine().copy(logOf(60), file);
      const all = (
        await engine().query<{ predictionId: string; id: string | null; label: string; score: number }>(
          `SELECT * EXCLUDE ("output.label", "output.score"), "output.label" AS label, "output.score" AS score
           FROM read_parquet('${file}') WHERE _time < TIMESTAMP '2013-02-02'`,
        )
      ).map((row) => row as typeof row & Record<string, unknown>);
      const predictions = all.map(({ predictionId, id, label, score, receivedAt }) => {
        return { predictionId, id, label, score, receivedAt: receivedAt as string };
      });
      await fc.assert(
        fc.asyncProperty(fc.array(anyLabel, { maxLength: 40 }), async (labels) => {
          const folder = dirname(file);
          const seen = await lookAt(
            { ...window, files: [file], labels, spec, calibration, folder },
            engine(),
          );
          const joined = joinLabels(predictions, labels);
          const known = new Map(joined.rows.map((row) => [row.predictionId, String(row.label)]));
          const answers = all.map((row) => {
            const groups = fairnessColumns(fairness).map((name) => row[`input.${name}`]);
            const its = known.get(row.predictionId);
            return {
              predicted: row.label,
              groups: groups.map((value) => (value === null ? null : String(value))),
              ...(its !== undefined && { label: its }),
            };
          });
          expect(seen).toEqual({
            rows: 54,
            joined,
            scored: scoreBins(
              all.map((row) => row.score),
              edges,
            ),
            fairness: measureFairness(answers, fairness, ['1']),
          });
        }),
        { numRuns: 25 },
      );
    },
    SLOW_MS,
  );

  it(
    'takes the memory of its labels, not of its predictions',
    async () => {
      const file = path('million.parquet');
      await engine().copy(logOf(1_000_000), file);
      const { rows, labelled, rssMb } = await lookedAt(file);
      expect([rows, labelled]).toEqual([900_000, 9_000]);
      expect(rssMb).toBeLessThan(BOUND_MB);
    },
    SLOW_MS,
  );
});

/** Looks at a window in a process of its own, with a label for every hundredth row. */
async function lookedAt(
  file: string,
): Promise<Pick<SeenWindow, 'rows'> & { labelled: number; rssMb: number }> {
  const from = (name: string) => JSON.stringify(new URL(`../../../${name}.ts`, import.meta.url).href);
  const script = `
    const { openEngine } = await import(${from('lib/engine/engine')});
    const { lookAt } = await import(${from('lambdas/measure-quality/look-at')});
    const given = JSON.parse(process.argv[1]);
    const labels = Array.from({ length: 10_000 }, (_, i) => ({ ...given.label, predictionId: 'p' + i * 100 }));
    const { rows, joined } = await lookAt({ ...given, labels }, await openEngine());
    const rssMb = process.resourceUsage().maxRSS / 1024;
    console.log(JSON.stringify({ rows, labelled: joined.rows.length, rssMb }));`;
  const given = {
    ...window,
    files: [file],
    spec,
    calibration,
    folder: dirname(file),
    label: label({}),
  };
  const flags = ['--no-warnings', '--max-old-space-size=128', '--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, JSON.stringify(given)]);
  return JSON.parse(stdout);
}
