import { describe, expect, it } from 'vitest';
import { scoreProfiles } from '../../../lib/domain/drift/score-profiles.ts';
import type { Binning } from '../../../lib/domain/profile/binning.ts';
import type { Profile } from '../../../lib/domain/profile/profile.ts';
import { unjudgedColumns } from '../../../lib/domain/profile/profiled-columns.ts';
import type { ModelSpec } from '../../../lib/domain/spec.ts';
import { profileObject } from '../../../lib/engine/profile/profile-file.ts';
import { proposeObjectBinning } from '../../../lib/engine/profile/propose-binning.ts';
import { anEngine } from '../a-folder.ts';
import { aSpec } from '../a-spec.ts';

const { engine, path } = anEngine();

const NOTE = { name: 'note', type: 'string' };
const spec = aSpec({
  columns: [NOTE, { name: 'place', type: 'string' }, { name: 'updated', type: 'timestamp' }],
  sql: 'SELECT length(note) AS long, place FROM input',
});

interface Rows {
  readonly name: string;
  readonly rows?: number;
  /** SQL of a row's `updated` and `note`; `seen` is its time, `i` its number, `h` a random number 0 to 1. */
  readonly updated?: string;
  readonly note?: string;
}

const NOTE_SQL = `concat_ws(' ', 'please', ['call','write','see'][1 + i % 3], 'the', ['guest','driver','crew'][1 + i % 7 % 3], 'about seat', i * 7919 % 10007)`;

/** Rows of two weeks, a few hours after their last update in office hours. */
async function object({
  name,
  rows = 8000,
  updated = `date_trunc('day', seen) - to_minutes(CAST(60 * (7 + 9 * h) AS BIGINT))`,
  note = NOTE_SQL,
}: Rows) {
  const file = path(`${name}.parquet`);
  await engine().copy(
    `SELECT 'r' || i AS id, seen, ${note} AS note, ['north','south'][1 + i % 2] AS place, ${updated} AS updated, true AS late
     FROM (SELECT range AS i, (hash(range, '${name}') % 10007) / 10007 AS h,
       TIMESTAMP '2026-01-05' + to_seconds(CAST(range * 1209600 / ${rows} AS BIGINT)) AS seen FROM range(${rows}))`,
    file,
  );
  return { file, objectKey: `landing/${name}.parquet`, spec };
}

async function profileOf(rows: Rows, binning: Binning): Promise<Profile> {
  return profileObject({ ...(await object(rows)), binning, source: rows.name }, engine());
}

async function verdictsOf(rows: Rows) {
  const binning = await proposeObjectBinning(await object({ name: 'reference' }), engine());
  const [reference, window] = [
    await profileOf({ name: 'reference' }, binning),
    await profileOf(rows, binning),
  ];
  const drift = { threshold: 0.1, minRows: 500, minShareOfColumns: 0.1, ignore: unjudgedColumns(spec) };
  const { columns } = scoreProfiles({ reference, window, binning, drift });
  return Object.fromEntries(columns.map((column) => [column.column, column]));
}

describe('what a string column of a spec holds', () => {
  const kindOf = async (columns: readonly object[]) => {
    const said: ModelSpec = aSpec({
      columns: [...columns, { name: 'place', type: 'string' }],
      sql: 'SELECT 1 AS one FROM input',
    });
    const binning = await proposeObjectBinning(
      { ...(await object({ name: 'kinds', rows: 600 })), spec: said },
      engine(),
    );
    return [binning.columns['input.note']?.kind, binning.columns['input.place']?.kind];
  };

  it('its data says where the spec does not', async () => {
    expect(await kindOf([NOTE])).toEqual(['text', 'categorical']);
  });

  it('the spec says first', async () => {
    expect(await kindOf([{ ...NOTE, content: 'category' }])).toEqual(['categorical', 'categorical']);
  });
});

describe('a window of texts and times', () => {
  it('like the reference is stable in all of them, and its row times are profiled and not judged', async () => {
    const columns = await verdictsOf({ name: 'same', rows: 5000 });
    expect(columns['input.note']).toMatchObject({ kind: 'text', verdict: 'stable' });
    expect(columns['input.updated']).toMatchObject({ kind: 'timestamp', verdict: 'stable' });
    expect(columns).not.toHaveProperty('input.seen');
  });

  it('whose times come an hour later each day is drifted', async () => {
    const shifted = `date_trunc('day', seen) - to_minutes(CAST(60 * (6 + 9 * h) AS BIGINT))`;
    const { 'input.updated': updated } = await verdictsOf({ name: 'shifted', updated: shifted });
    expect(updated).toMatchObject({ verdict: 'drifted' });
    expect(updated?.checks.find(({ aspect }) => aspect === 'values')?.verdict).toBe('drifted');
  });

  it('whose times stand still is drifted by their age', async () => {
    const { 'input.updated': updated } = await verdictsOf({
      name: 'still',
      updated: `TIMESTAMP '2026-01-04 12:00:00'`,
    });
    expect(updated).toMatchObject({ verdict: 'drifted' });
    expect(updated?.checks.find(({ aspect }) => aspect === 'age')).toMatchObject({ verdict: 'drifted' });
  });

  it('whose times lie after their rows is drifted', async () => {
    const ahead = `CASE WHEN i % 25 = 0 THEN seen + INTERVAL 2 DAY ELSE date_trunc('day', seen) - to_minutes(CAST(60 * (7 + 9 * h) AS BIGINT)) END`;
    const { 'input.updated': updated } = await verdictsOf({ name: 'ahead', updated: ahead });
    expect(updated?.checks.find(({ aspect }) => aspect === 'future')).toMatchObject({
      verdict: 'drifted',
      sentence: 'lies in the future in 4 % of rows, did in 0 %',
    });
  });

  it('whose texts are made of other letters is drifted', async () => {
    const { 'input.note': note } = await verdictsOf({
      name: 'other',
      note: `concat_ws(' ', 'bitte', 'rufen', 'Sie', 'zurück wegen', i * 7919 % 10007)`,
    });
    expect(note).toMatchObject({ verdict: 'drifted', kind: 'text' });
  });
});
