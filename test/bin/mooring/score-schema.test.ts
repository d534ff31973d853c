import { describe, expect, it } from 'vitest';
import type { ScoreReport } from '../../../bin/mooring/offline/score-files.ts';
import { anEngine } from '../../engine/a-folder.ts';
import { anOfflineTerminal } from './a-terminal.ts';

const { run, path, file } = anOfflineTerminal();
const { engine } = anEngine();

async function parquet(name: string, columns: string): Promise<string> {
  await engine().copy(`SELECT ${columns} FROM range(2000)`, path(name));
  return path(name);
}

const base = () => parquet('base.parquet', 'range % 50 AS x, range / 3.0 AS y');

async function schemaOf(before: string, now: string): Promise<ScoreReport['schema']> {
  const { text } = await run('--json', 'score', before, now);
  return (JSON.parse(text) as ScoreReport).schema;
}

describe('the columns of a file that is scored', () => {
  it.each([
    ['texts', "'n' || range"],
    ['numbers written as texts', 'CAST(range % 50 AS VARCHAR)'],
    ['truth values', 'range % 2 = 0'],
  ])('are of another type, and all their values of the wrong one: %s', async (_, x) => {
    const now = await parquet('now.parquet', `${x} AS x, range / 3.0 AS y`);
    const to = x.includes('=') ? 'boolean' : 'string';
    expect(await schemaOf(await base(), now)).toEqual({
      added: [],
      removed: [],
      retyped: [{ column: 'x', from: 'number', to }],
    });
    await run('profile', await base(), '--out', path('base.json'));
    const { text } = await run('--json', 'profile', now, '--like', path('base.json'));
    const { counts } = JSON.parse(text).profile.columns.x;
    expect(counts).toMatchObject({ null: 2000, typeMismatch: 2000 });
    expect(await schemaOf(path('base.json'), now)).toEqual(await schemaOf(await base(), now));
  });

  it('are gone or new, which is said above the table', async () => {
    const now = await parquet('now.parquet', 'range / 3.0 AS y, range AS z');
    const { text } = await run('score', await base(), now);
    expect(text).toContain(
      'columns added (+), removed (-) and of another type (~):\n  + z: number\n  - x: number\n',
    );
    expect((await run('score', await base(), await base())).text).not.toContain('columns added');
  });

  it('are of one type whatever the format, and of none without values', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `${i % 50},${i / 3}`);
    const none = { added: [], removed: [], retyped: [] };
    expect(await schemaOf(await base(), file('now.csv', ['x,y', ...rows].join('\n')))).toEqual(none);
    const empty = file('empty.csv', ['x,y', ...rows.map((row) => row.replace(/^\d+/, ''))].join('\n'));
    expect(await schemaOf(await base(), empty)).toEqual(none);
  });

  it('are not known of a profile that does not name them', async () => {
    await run('profile', await base(), '--out', path('base.json'));
    const { schema: _, ...older } = JSON.parse((await run('--json', 'profile', await base())).text);
    const before = file('older.json', JSON.stringify({ kind: 'mooring.profile', ...older }));
    expect(await schemaOf(before, await parquet('now.parquet', 'range % 50 AS x'))).toBeUndefined();
  });
});
