import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, createBench, type Prediction } from './bench.ts';

const JSON_TYPE = 'application/json';
const LINES_TYPE = 'application/jsonlines';

let bench: Bench;
let base: string;

beforeAll(async () => {
  bench = await createBench();
  const train = [
    `SELECT i % 100 AS x, ['a', 'b', 'U\u2028' || 'x'][1 + i % 3] AS word, i % 100 > 50 AS y FROM range(600) AS r(i)`,
  ];
  const hyperParameters = { task: 'binary', label: 'y', algorithm: 'gradient-boosting' };
  ({ base } = await bench.train({ hyperParameters, train }));
});
afterAll(() => bench?.stop());

const instances = [
  { x: 90, word: 'a' },
  { x: 3, word: null },
  { x: 51, word: 'U\u2028x' },
  { x: 50, word: 'b' },
];
const columns = { columns: ['word', 'x'], rows: instances.map(({ x, word }) => [word, x]) };
const lines = instances.map((instance) => JSON.stringify(instance)).join('\n');

const ask = async (body: string, contentType: string, accept?: string) => {
  const [answer] = await bench.call(base, [accept ? { body, contentType, accept } : { body, contentType }]);
  return answer;
};

const predictions = async (body: string, contentType: string): Promise<Prediction[]> =>
  JSON.parse((await ask(body, contentType))?.body ?? '{}').predictions;

describe('the inference script', () => {
  it('answers objects, columns with rows, and lines alike', async () => {
    const asked = await predictions(JSON.stringify({ instances }), JSON_TYPE);
    expect(asked.map(({ label }) => label)).toEqual([true, false, true, false]);
    expect(await predictions(JSON.stringify(columns), JSON_TYPE)).toEqual(asked);
    expect(await predictions(lines, LINES_TYPE)).toEqual(asked);
  });

  it('answers lines with lines, one each, in order', async () => {
    const answer = await ask(`${lines}\n`, LINES_TYPE, LINES_TYPE);
    expect(answer?.contentType).toBe(LINES_TYPE);
    expect(answer?.body?.endsWith('\n')).toBe(true);
    const answered = answer?.body
      ?.trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answered).toEqual(await predictions(lines, LINES_TYPE));
  });

  it('does not let one row change another', async () => {
    const together = await predictions(JSON.stringify({ instances }), JSON_TYPE);
    const alone = await predictions(JSON.stringify({ instances: instances.slice(2, 3) }), JSON_TYPE);
    expect(alone).toEqual([together[2]]);
  });

  it('answers no rows with no predictions', async () => {
    expect(await predictions('{"instances": []}', JSON_TYPE)).toEqual([]);
    expect(await predictions('{"columns": ["x"], "rows": []}', JSON_TYPE)).toEqual([]);
  });

  it('answers rows of which it knows no column', async () => {
    const [first, second] = await predictions('{"columns": ["z"], "rows": [[1], [2]]}', JSON_TYPE);
    expect(second).toEqual(first);
  });

  it.each([
    [
      'a word where a number belongs',
      '{"instances": [{"x": 1}, {"x": "many"}]}',
      JSON_TYPE,
      /^column x got 'many', wanted a number$/,
    ],
    [
      'a list where a number belongs',
      '{"instances": [{"x": [1]}]}',
      JSON_TYPE,
      /^column x got \[1\], wanted a number$/,
    ],
    ['a short row', '{"columns": ["x", "word"], "rows": [[1]]}', JSON_TYPE, /^row 0 has 1 values, wanted 2$/],
    ['neither form', '{"data": []}', JSON_TYPE, /^request has neither instances nor columns and rows$/],
    ['a bare list', '[1]', JSON_TYPE, /^request is a list, wanted an object/],
    ['another content type', 'x\n1', 'text/csv', /^content type is 'text\/csv'/],
    ['no JSON', '{', JSON_TYPE, /Expecting/],
  ])('refuses %s', async (_, body, contentType, sentence) => {
    expect((await ask(body, contentType))?.error).toMatch(sentence);
  });
});
