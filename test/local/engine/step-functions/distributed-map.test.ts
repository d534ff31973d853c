import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { useEngine } from '../../../support/engine.ts';
import { type Case, type Definition, failing, pass, passing, run } from './machine.ts';

useEngine();

const Bucket = 'maps';
const put = (Key: string, Body: string) => new S3Client({}).send(new PutObjectCommand({ Bucket, Key, Body }));
const read = async (Key: string) => {
  const { Body } = await new S3Client({}).send(new GetObjectCommand({ Bucket, Key }));
  return JSON.parse((await Body?.transformToString()) ?? 'null');
};

beforeAll(async () => {
  await new S3Client({}).send(new CreateBucketCommand({ Bucket }));
  await put('t.csv', 'id,v\n1,x\n2,y\n3,z\n');
  await put('t.json', JSON.stringify([{ a: 1 }, { a: 2 }, { a: 3 }]));
  await put('t.jsonl', '{"a":1}\n{"a":2}\n');
  for (const k of ['a', 'b', 'c']) await put(`in/${k}.json`, JSON.stringify({ k }));
  await put('inventory.csv', `"${Bucket}","in/a.json"\n"${Bucket}","in/b.json"\n`);
  const manifest = { fileFormat: 'CSV', fileSchema: 'Bucket, Key', files: [{ key: 'inventory.csv' }] };
  await put('manifest.json', JSON.stringify({ ...manifest, destinationBucket: `arn:aws:s3:::${Bucket}` }));
});

function map(more: Definition, processor: Definition = passing, top: Definition = {}): Definition {
  const ItemProcessor = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...processor };
  return {
    StartAt: 'M',
    States: { M: { Type: 'Map', ItemProcessor, End: true, ...more }, C: pass() },
    ...top,
  };
}
const jsonataMap = (more: Definition, processor?: Definition) =>
  map(more, processor, { QueryLanguage: 'JSONata' });
const GET = 'arn:aws:states:::s3:getObject';
const reader = (Key: string, ReaderConfig: Definition, arguments_ = 'Parameters') => ({
  ItemReader: { Resource: GET, ReaderConfig, [arguments_]: { Bucket, Key } },
});
const CSV = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };

const cases: Readonly<Record<string, Case>> = {
  'reads the rows of a CSV file': {
    definition: map(reader('t.csv', CSV)),
    output: [
      { id: '1', v: 'x' },
      { id: '2', v: 'y' },
      { id: '3', v: 'z' },
    ],
  },
  'reads the items of a JSON file': {
    definition: map(reader('t.json', { InputType: 'JSON' })),
    output: [{ a: 1 }, { a: 2 }, { a: 3 }],
  },
  'reads the lines of a JSON Lines file': {
    definition: map(reader('t.jsonl', { InputType: 'JSONL' })),
    output: [{ a: 1 }, { a: 2 }],
  },
  'reads the objects below a prefix': {
    definition: map({
      ItemReader: { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters: { Bucket, Prefix: 'in/' } },
    }),
    output: [{ Key: 'in/a.json' }, { Key: 'in/b.json' }, { Key: 'in/c.json' }],
  },
  'reads the objects that an inventory names': {
    definition: map(reader('manifest.json', { InputType: 'MANIFEST' })),
    output: [
      { Bucket, Key: 'in/a.json' },
      { Bucket, Key: 'in/b.json' },
    ],
  },
  'reads from where a path says, as many as it may': {
    definition: map({
      ItemReader: {
        Resource: GET,
        ReaderConfig: { InputType: 'JSON', MaxItems: 2 },
        Parameters: { 'Bucket.$': '$.b', 'Key.$': '$.k' },
      },
    }),
    input: { b: Bucket, k: 't.json' },
    output: [{ a: 1 }, { a: 2 }],
  },
  'hands its items on in batches': {
    definition: map({
      ...reader('t.csv', CSV),
      ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { run: 'r' } },
    }),
    output: [{ BatchInput: { run: 'r' }, Items: [{ id: '1' }, { id: '2' }] }, { Items: [{ id: '3' }] }],
  },
  'tolerates as many failures as it is told': {
    definition: map({ ItemsPath: '$.x', ToleratedFailurePercentage: 100, ResultPath: null }, failing),
    input: { x: [1, 2] },
    output: { x: [1, 2] },
  },
  'fails beyond the failures it tolerates': {
    definition: map({ ItemsPath: '$.x', ToleratedFailureCount: 1 }, failing),
    input: { x: [1, 2] },
    error: 'States.ExceedToleratedFailureThreshold',
  },
  'in JSONata selects from each row': {
    definition: jsonataMap({
      ...reader('t.csv', CSV, 'Arguments'),
      ItemSelector: { k: '{% $states.context.Map.Item.Value.id %}', run: '{% $states.input.run %}' },
    }),
    input: { run: 'r1' },
    output: [
      { k: '1', run: 'r1' },
      { k: '2', run: 'r1' },
      { k: '3', run: 'r1' },
    ],
  },
  'in JSONata reads from where an expression says': {
    definition: jsonataMap({
      ItemReader: {
        Resource: GET,
        ReaderConfig: { InputType: 'JSON' },
        Arguments: { Bucket: '{% $states.input.b %}', Key: '{% $states.input.k %}' },
      },
    }),
    input: { b: Bucket, k: 't.json' },
    output: [{ a: 1 }, { a: 2 }, { a: 3 }],
  },
  'in JSONata takes items from an expression and computes its Output': {
    definition: jsonataMap({
      Items: '{% $states.input.xs %}',
      MaxConcurrency: '{% $states.input.wide %}',
      Output: { n: '{% $count($states.result) %}', first: '{% $states.result[0] %}' },
    }),
    input: { xs: [{ a: 5 }, { a: 6 }], wide: 1 },
    output: { n: 2, first: { a: 5 } },
  },
  'in JSONata batches as an expression says': {
    definition: jsonataMap({
      Items: '{% $states.input.xs %}',
      ItemBatcher: {
        MaxItemsPerBatch: '{% $states.input.size %}',
        BatchInput: { m: '{% $states.input.m %}' },
      },
    }),
    input: { xs: [1, 2, 3], size: 2, m: 'flights' },
    output: [
      { BatchInput: { m: 'flights' }, Items: [1, 2] },
      { BatchInput: { m: 'flights' }, Items: [3] },
    ],
  },
  'in JSONata takes no items too': {
    definition: jsonataMap({ Items: '{% [] %}', Output: { n: '{% $count($states.result) %}' } }),
    output: { n: 0 },
  },
  'in JSONata catches with an Output of its own': {
    definition: jsonataMap(
      {
        Items: '{% $states.input.xs %}',
        Catch: [{ ErrorEquals: ['States.ALL'], Output: { c: '{% $states.errorOutput.Error %}' }, Next: 'C' }],
      },
      failing,
    ),
    input: { xs: [1] },
    output: { c: 'States.ExceedToleratedFailureThreshold' },
  },
  'fails when its file is not there': {
    definition: map(reader('nope.json', { InputType: 'JSON' })),
    error: 'States.ItemReaderFailed',
  },
};

describe.concurrent('a distributed map', () => {
  it.each(Object.entries(cases))('%s', async (_, { definition, input, output, error }) => {
    const outcome = await run(definition, input);
    if (error) expect(outcome).toMatchObject({ status: 'FAILED', error });
    else expect(outcome).toMatchObject({ status: 'SUCCEEDED', output });
  });

  it.each([
    ['JSONPath', map],
    ['JSONata', jsonataMap],
  ])('writes its results as objects with a manifest, in %s', async (language, make) => {
    const where = { Bucket, Prefix: `out-${language}` };
    const ResultWriter = {
      Resource: 'arn:aws:states:::s3:putObject',
      [language === 'JSONata' ? 'Arguments' : 'Parameters']: where,
    };
    const items = language === 'JSONata' ? { Items: '{% $states.input.x %}' } : { ItemsPath: '$.x' };
    const { output } = await run(make({ ...items, ResultWriter }), { x: [{ a: 1 }, { a: 2 }] });
    const manifest = await read(output.ResultWriterDetails.Key);
    expect(manifest.ResultFiles.FAILED).toEqual([]);
    const rows = await read(manifest.ResultFiles.SUCCEEDED[0].Key);
    expect(rows.map((row: { Output: string }) => row.Output).sort()).toEqual(['{"a": 1}', '{"a": 2}']);
  });
});
