import { truncateSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { anEngine } from '../../engine/a-folder.ts';
import { anOfflineTerminal } from './a-terminal.ts';

const { run, file, path } = anOfflineTerminal();
const { engine } = anEngine();

const parquet = async (name: string, select: string) => {
  await engine().copy(select, path(name));
  return path(name);
};
const lines = (n: number, line: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => line(i)).join('\n');

/** What a profile says of a file, column by column. */
async function columnsOf(name: string) {
  const { code, text } = await run('--json', 'profile', name);
  expect(code).toBe(0);
  const { profile } = JSON.parse(text) as { profile: { rows: number; columns: Record<string, object> } };
  return { rows: profile.rows, ...profile.columns };
}

describe('a file that cannot be used is refused in a sentence, with 3', () => {
  const csv = 'a,b\n1,x\n2,y\n';
  const refused = async (name: string, sentence: string | RegExp) => {
    const { code, err, text } = await run('profile', name);
    expect([code, text]).toEqual([3, '']);
    expect(err).toMatch(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).not.toMatch(/ {4}at /);
    expect((await run('score', name, name)).code).toBe(3);
  };

  it.each([
    ['empty.csv', '', 'is empty, wanted at least one row'],
    ['open.csv', `${csv}3,"z\n${csv}`, 'has a quote in row 3 that is never closed, and no row after it'],
    ['twice.csv', 'a,a\n1,2\n', 'there are two columns a: rename one'],
    ['nameless.csv', 'a,,c\n1,2,3\n', 'the header has no name for column 2'],
    ['text.parquet', csv, 'is no Parquet file'],
    ['plain.csv.gz', csv, 'is not compressed with gzip, against its name'],
    ['plain.csv.zst', csv, 'is not compressed with zstd, against its name'],
    ['packed.csv', gzipSync(csv), 'is compressed with gzip, against its name'],
    ['wide.csv', Buffer.from(`\ufeff${csv}`, 'utf16le'), 'is text in UTF-16, wanted UTF-8'],
    ['a.txt', csv, 'has a name that says no format, wanted .parquet, .csv or .jsonl'],
    ['array.jsonl', '[{"a":1},{"a":2}]\n', 'has no line that is a JSON object with keys'],
    ['pretty.jsonl', '{\n "a": 1\n}\n', 'has no line that is a JSON object with keys'],
    ['nested.jsonl', '{"a":1,"b":{"c":2}}\n', 'has a nested column b, wanted plain values'],
    ['list.jsonl', '{"a":[1,2]}\n', 'has a nested column a, wanted plain values'],
    [
      'latin.csv',
      Buffer.from('id,s\n1,caf\xe9\n', 'latin1'),
      'has no row that can be read, of 1; the first, row 1: .*utf-8',
    ],
    ['rows.json', '[{"a":1}]', 'is no profile: mooring profile FILE --out .* writes one'],
    ['half.json', '{"kind":"mooring.profile"}', 'is a broken profile'],
    ['no.json', 'nonsense', 'is no JSON, against its name'],
  ])('%s', async (name, content, sentence) => {
    await refused(file(name, content), new RegExp(sentence));
  });

  it('nested Parquet, by column and type', async () => {
    await refused(
      await parquet('struct.parquet', 'SELECT 1 AS x, {a: 1} AS s'),
      /has a nested column s \(STRUCT\(a INTEGER\)\), wanted plain values: unnest it or leave it out/,
    );
    await refused(await parquet('list.parquet', 'SELECT [1] AS l'), /nested column l \(INTEGER\[\]\)/);
    await refused(await parquet('map.parquet', "SELECT MAP {'a': 1} AS m"), /nested column m/);
    await refused(await parquet('bytes.parquet', "SELECT 'x'::BLOB AS b"), /column b of bytes \(BLOB\)/);
  });

  it('truncated files', async () => {
    const cut = await parquet('cut.parquet', 'SELECT range AS a FROM range(100000)');
    truncateSync(cut, 1000);
    await refused(cut, /is a truncated Parquet file/);
    const gz = file('cut.csv.gz', gzipSync(`a\n${lines(5000, (i) => `${(i * 7919) % 100_003}`)}`));
    truncateSync(gz, 5000);
    await refused(gz, /is a broken gzip file/);
  });

  it('a file with another content than its name says', async () => {
    const real = await parquet('real.parquet', 'SELECT 1 AS a');
    await refused(
      file('real.csv', await (await import('node:fs/promises')).readFile(real)),
      /is a Parquet file, against its name/,
    );
  });
});

describe('a strange file has a profile and a verdict', () => {
  it('with no row and with one: nobody can tell', async () => {
    for (const [name, text] of [
      ['zero.csv', 'a,b\n'],
      ['one.csv', 'a,b\n1,x\n'],
    ] as const) {
      const { code, text: said } = await run('score', file(name, text), file(name, text));
      expect([name, code]).toEqual([name, 5]);
      expect(said).toContain('insufficient-data');
    }
    const none = await parquet('zero.parquet', 'SELECT 1 AS a WHERE false');
    expect((await run('score', none, none)).code).toBe(5);
  });

  it('with columns that are all null, all NaN or constant, beside one that is not', async () => {
    const rows = lines(600, (i) => `,NaN,7,${i % 50}`);
    const name = file('dull.csv', `a,b,c,d\n${rows}\n`);
    const { a, b, c } = (await columnsOf(name)) as unknown as Record<string, { counts: object; n: number }>;
    expect(a).toMatchObject({ n: 0, counts: { null: 600 } });
    expect(b).toMatchObject({ n: 0, counts: { null: 0, nan: 600 } });
    expect(c).toMatchObject({ n: 600, min: 7, max: 7 });
    const { code, text } = await run('score', name, name);
    expect([code, text]).toEqual([0, expect.stringContaining(': stable')]);
    const came = file('came.csv', `a,b,c,d\n${lines(600, (i) => `${i % 9},1.5,8,${i % 50}`)}\n`);
    expect((await run('score', name, came)).code).toBe(1);
  });

  it('with whole numbers beyond 2^53, and decimals, exact at their ends', async () => {
    const name = file('ids.csv', `id\n${lines(600, (i) => String(9007199254740993n + BigInt(i)))}\n`);
    expect(await columnsOf(name)).toMatchObject({
      id: { kind: 'numeric', exact: { min: '9007199254740993', max: '9007199254741592' } },
    });
    const decimals = "SELECT (i || '.123456789012345678')::DECIMAL(38,18) AS d, i + 9007199254740993 AS id";
    const typed = await parquet('decimals.parquet', `${decimals} FROM range(5000) t(i)`);
    expect(await columnsOf(typed)).toMatchObject({
      d: { exact: { min: '0.123456789012345678', max: '4999.123456789012345678' } },
      id: { exact: { min: '9007199254740993', max: '9007199254745992' } },
    });
    expect((await run('score', typed, typed)).code).toBe(0);
  });

  it.each([
    ['a BOM', '\ufeffa,b\n1,x\n2,y\n3,z\n'],
    ['carriage returns', 'a,b\r1,x\r2,y\r3,z\r'],
    ['mixed line ends', 'a,b\r\n1,x\n2,y\r\n3,z\n'],
    ['mixed line ends and quoted ones', 'a,b\n"1",x\r\n2,"y"\n3,"z"\r\n'],
    ['no last line end', 'a,b\n1,x\n2,y\n3,z'],
  ])('with %s it has the rows of a plain one', async (_, text) => {
    expect(await columnsOf(file('ends.csv', text))).toMatchObject({
      rows: 3,
      a: { kind: 'numeric', min: 1, max: 3 },
      b: {
        kind: 'categorical',
        values: [
          ['x', 1],
          ['y', 1],
          ['z', 1],
        ],
      },
    });
  });

  it('with dates as strings they are times, never drifted by passing', async () => {
    const day = (month: number) => (i: number) => `2013-0${month}-${String((i % 28) + 1).padStart(2, '0')}`;
    const [january, march] = [1, 3].map((m) => file(`m${m}.csv`, `day\n${lines(600, day(m))}\n`)) as [
      string,
      string,
    ];
    expect(await columnsOf(january)).toMatchObject({ day: { kind: 'timestamp', n: 600 } });
    const text = await parquet(
      'days.parquet',
      `SELECT strftime(DATE '2013-01-01' + i::INT, '%Y-%m-%d') AS day FROM range(600) t(i)`,
    );
    expect(await columnsOf(text)).toMatchObject({ day: { kind: 'timestamp', n: 600 } });
    expect((await run('score', january, march)).text).not.toContain(': drifted');
  });

  it('with values of a wrong type they are counted as such, and codes stay codes', async () => {
    const name = file('mixed.csv', `a,zip\n${lines(100, (i) => `${i === 50 ? 'n/a' : i},0${i}`)}\n`);
    expect(await columnsOf(name)).toMatchObject({
      a: { kind: 'numeric', n: 99, counts: { null: 1, typeMismatch: 1 } },
      zip: { kind: 'categorical' },
    });
  });

  it('with broken rows they are counted, and with many nobody can tell', async () => {
    const good = lines(600, (i) => `${i},x`);
    const name = file('good.csv', `a,b\n${good}\n`);
    const some = file('some.csv', `a,b\n${good}\n1,2,3\n`);
    expect((await run('profile', some)).out[0]).toMatch(
      /some\.csv: 600 rows, and 1 broken; the first, row 601: Expected Number of Columns: 2 Found: 3$/,
    );
    expect((await run('score', name, some)).code).toBe(0);
    const many = file('many.csv', `a,b\n${good}\n${lines(100, () => '1,2,3')}\n`);
    expect((await run('score', name, many)).code).toBe(5);
  });
});
