import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, createBench, TRAINER } from './bench.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await createBench();
});
afterAll(() => bench?.stop());

const binary = (algorithm: string, more: Record<string, string> = {}) => ({
  task: 'binary',
  label: 'y',
  algorithm,
  ...more,
});

/** One number, one word with nulls; the label follows both. */
const rows = (from: number, to: number) => `
  SELECT i AS _id, (i * 7919 % 1000) / 10.0 AS x, CASE WHEN i % 11 = 0 THEN NULL ELSE ['a', 'b', 'c'][1 + i % 3] END AS word,
    (i * 7919 % 1000) > 500 AS y
  FROM range(${from}, ${to}) AS r(i)`;

describe('the trainer', () => {
  it.each(['linear', 'gradient-boosting'])('finds with %s what decides the label', async (algorithm) => {
    const { base, code, lines } = await bench.train({
      hyperParameters: binary(algorithm),
      train: [rows(0, 600)],
    });
    expect(code, lines.join('\n')).toBe(0);
    const [low, high] = await bench.predict(base, [
      { x: 10, word: 'a' },
      { x: 90, word: 'a' },
    ]);
    expect(low).toMatchObject({ label: false });
    expect(low?.score).toBeLessThan(0.1);
    expect(high).toMatchObject({ label: true });
    expect(high?.score).toBeGreaterThan(0.9);
  });

  it('recovers the line a regression is made of, and writes it down', async () => {
    const train = ['SELECT i / 10.0 AS x, i * 0.3 + 2 AS y FROM range(500) AS r(i)'];
    const hyperParameters = {
      task: 'regression',
      label: 'y',
      algorithm: 'linear',
      l2_regularization: '0.000001',
    };
    const { base } = await bench.train({ hyperParameters, train });
    const [prediction] = await bench.predict(base, [{ x: 20 }]);
    expect(prediction?.score).toBeCloseTo(62, 2);
    expect(prediction?.label).toBe(prediction?.score);
    const { weights } = JSON.parse(await readFile(join(base, 'model/coefficients.json'), 'utf8'));
    // Per standard deviation of x, which is 14.4 for 0 to 49.9 in steps of 0.1.
    expect(weights.x[0]).toBeCloseTo((3 * Math.sqrt((500 ** 2 - 1) / 12)) / 10, 2);
  });

  it.each(['linear', 'gradient-boosting'])(
    'tells several classes apart with %s, each with its probability',
    async (algorithm) => {
      const train = [
        `SELECT i % 90 AS x, ['early', 'late', 'on time'][1 + (i % 90) // 30] AS y FROM range(900) AS r(i)`,
      ];
      const { base } = await bench.train({
        hyperParameters: { task: 'multiclass', label: 'y', algorithm },
        train,
      });
      const predictions = await bench.predict(base, [{ x: 5 }, { x: 45 }, { x: 85 }]);
      expect(predictions.map(({ label }) => label)).toEqual(['early', 'late', 'on time']);
      for (const { label, score, probabilities = {} } of predictions) {
        expect(Object.values(probabilities).reduce((sum, p) => sum + p)).toBeCloseTo(1, 9);
        expect(probabilities[String(label)]).toBe(score);
      }
    },
  );

  it('answers a class in the type it has in the data', async () => {
    const numbers = await bench.train({
      hyperParameters: binary('linear'),
      train: [rows(0, 300).replace('> 500 AS y', '// 500 AS y')],
    });
    expect(await bench.predict(numbers.base, [{ x: 90 }])).toMatchObject([
      { label: 1, probabilities: { 1: expect.any(Number) } },
    ]);
    const words = await bench.train({
      hyperParameters: binary('linear'),
      train: [
        rows(0, 300)
          .replace('> 500 AS y', `> 500 AS b`)
          .replace(/^/, "SELECT * EXCLUDE b, CASE WHEN b THEN 'yes' ELSE 'no' END AS y FROM (")
          .concat(')'),
      ],
    });
    const [yes] = await bench.predict(words.base, [{ x: 90 }]);
    expect(yes).toMatchObject({ label: 'yes' });
    expect(yes?.probabilities?.yes).toBe(yes?.score);
  });

  it('prints the loss of the model it keeps last, for a metric definition to find', async () => {
    const { lines } = await bench.train({
      hyperParameters: {
        ...binary('gradient-boosting', { tune: '3', max_iter: '10' }),
        _tuning_objective_metric: 'validation:loss',
      },
      train: [rows(0, 400)],
      validation: [rows(400, 500)],
    });
    const found = (regex: RegExp) => lines.flatMap((line) => regex.exec(line)?.[1] ?? []);
    const tried = found(/validation_loss=([\d.]+)/);
    expect(tried).toHaveLength(3);
    expect(found(/validation:loss=([\d.]+)/)).toEqual([Math.min(...tried.map(Number)).toFixed(6)]);
  });

  it('gives the same model for the same seed', async () => {
    const training = {
      hyperParameters: binary('gradient-boosting', { seed: '7', tune: '2' }),
      train: [rows(0, 400)],
      validation: [rows(400, 500)],
    };
    const [first, second] = [await bench.train(training), await bench.train(training)];
    expect((await first.bytes()).equals(await second.bytes())).toBe(true);
    expect(await first.model()).toEqual(await second.model());
  });
});

describe('the features', () => {
  it('are every column but the label and those with a leading underscore', async () => {
    const { base, model } = await bench.train({ hyperParameters: binary('linear'), train: [rows(0, 300)] });
    expect((await model()).features.map(({ name }: { name: string }) => name)).toEqual(['word', 'x']);
    const [one, other] = await bench.predict(base, [
      { x: 1, word: 'a' },
      { x: 1, word: 'a', y: true, _id: 9, z: 'more' },
    ]);
    expect(other).toEqual(one);
  });

  it('are the same numbers in training and in serving', async () => {
    const { base } = await bench.train({
      hyperParameters: binary('gradient-boosting'),
      train: [rows(0, 300)],
    });
    const { lines } = await bench.run(
      [join(import.meta.dirname, 'compare_encodings.py'), TRAINER, base],
      base,
    );
    expect(JSON.parse(lines[0] ?? '')).toEqual({ values: 600, missing: 28, nullsAgree: true, largest: 0 });
  });

  it.each(['linear', 'gradient-boosting'])(
    'may be null, absent or of an unseen category with %s, all taken as missing',
    async (algorithm) => {
      const { base } = await bench.train({ hyperParameters: binary(algorithm), train: [rows(0, 600)] });
      const [nothing, absent, unseen] = await bench.predict(base, [
        { x: 70, word: null },
        { x: 70 },
        { x: 70, word: 'zebra' },
      ]);
      expect(absent).toEqual(nothing);
      expect(unseen).toEqual(nothing);
      const [empty] = await bench.predict(base, [{}]);
      expect(empty?.score).toBeGreaterThan(0);
      expect(empty?.score).toBeLessThan(1);
    },
  );

  it('may be null throughout one file, and are left out when null throughout all', async () => {
    const train = [
      `SELECT *, NULL AS never, NULL AS late FROM (${rows(0, 200)})`,
      `SELECT *, NULL AS never, 1.5 AS late FROM (${rows(200, 400)})`,
    ];
    const { model, lines } = await bench.train({ hyperParameters: binary('gradient-boosting'), train });
    expect((await model()).features.map(({ name }: { name: string }) => name)).toEqual(['word', 'x', 'late']);
    expect(lines).toContain('column never: no value in train, left out');
  });

  it('may have more categories than boosting can tell apart: the rare ones count as missing', async () => {
    const train = [
      `SELECT 'w' || (i % 300) AS word, i % 2 = 0 AS y FROM range(2400) AS r(i) UNION ALL SELECT 'often', true FROM range(50)`,
    ];
    const { code, model, lines } = await bench.train({ hyperParameters: binary('gradient-boosting'), train });
    expect(code, lines.join('\n')).toBe(0);
    const [{ categories }] = (await model()).features;
    expect(categories).toHaveLength(254);
    expect(categories[0]).toBe('often');
  });
});

describe('what the trainer refuses', () => {
  const x = 'SELECT i AS x, i % 2 = 0 AS y FROM range(100) AS r(i)';

  it('does not count rows without a label', async () => {
    const { lines } = await bench.train({
      hyperParameters: binary('linear'),
      train: [`SELECT i AS x, CASE WHEN i < 40 THEN NULL ELSE i % 2 = 0 END AS y FROM range(100) AS r(i)`],
    });
    expect(lines).toContain('channel train: 40 of 100 rows have no label and are left out');
    expect(lines).toContain('training linear for binary on 60 rows, 1 features');
  });

  it.each<[string, Record<string, string>, string[], RegExp]>([
    [
      'an unknown hyperparameter',
      binary('linear', { learning_rat: '1' }),
      [x],
      /^hyperparameter learning_rat is unknown/,
    ],
    [
      'a number that is none',
      binary('linear', { seed: 'one' }),
      [x],
      /^hyperparameter seed is 'one', wanted int$/,
    ],
    [
      'a number out of range',
      binary('linear', { max_iter: '0' }),
      [x],
      /^hyperparameter max_iter is '0', wanted at least 1$/,
    ],
    [
      'a number that is not finite',
      binary('linear', { l2_regularization: 'nan' }),
      [x],
      /^hyperparameter l2_regularization is 'nan'/,
    ],
    [
      'another algorithm',
      binary('forest'),
      [x],
      /^hyperparameter algorithm is 'forest', wanted one of linear, gradient-boosting$/,
    ],
    ['no label named', { task: 'binary', algorithm: 'linear' }, [x], /^hyperparameter label is missing$/],
    [
      'one class',
      binary('linear'),
      [x.replace('i % 2 = 0', 'true')],
      /^label column y has 1 classes in train, wanted 2/,
    ],
    [
      'three classes of two',
      binary('linear'),
      [x.replace('i % 2 = 0', 'i % 3')],
      /^label column y has 3 classes in train, wanted 2/,
    ],
    [
      'a label that is a word, in a regression',
      { ...binary('linear'), task: 'regression' },
      [x.replace('i % 2 = 0', "'a'")],
      /^label column y has type string, wanted a number/,
    ],
    ['no file', binary('linear'), [], /^channel train holds no .parquet file$/],
    ['no feature', binary('linear'), [x.replace('AS x', 'AS _x')], /^channel train has no feature column/],
    [
      'a column of another type',
      binary('linear'),
      [x.replace('i AS x', 'now() AS x')],
      /^column x has type timestamp.*, wanted a number, a boolean or a string$/,
    ],
    [
      'tuning without a channel to judge on',
      binary('linear', { tune: '3' }),
      [x],
      /^hyperparameter tune needs a channel validation, got none$/,
    ],
  ])('refuses %s with a sentence', async (_, hyperParameters, train, sentence) => {
    const { code, failure } = await bench.train({ hyperParameters, train });
    expect(code).toBe(1);
    expect(await failure()).toMatch(sentence);
  });
});
