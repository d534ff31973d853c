import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { ensureVenv } from '../../local/python.ts';
import { startWarmPython } from '../../local/sagemaker/warm-python.ts';

const ROOT = join(import.meta.dirname, '../..');
export const TRAINER = join(ROOT, 'trainer');

export type Training = {
  readonly hyperParameters: Readonly<Record<string, string>>;
  /** SQL a Parquet file. */
  readonly train: readonly string[];
  readonly validation?: readonly string[];
};

export type Prediction = {
  readonly label: unknown;
  readonly score: number;
  readonly probabilities?: Readonly<Record<string, number>>;
};

const writeChannel = async (base: string, channel: string, queries: readonly string[]) => {
  const folder = join(base, 'input/data', channel);
  await mkdir(folder, { recursive: true });
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const [index, sql] of queries.entries()) {
    await connection.run(`COPY (${sql}) TO '${join(folder, `part-${index}.parquet`)}' (FORMAT parquet)`);
  }
  connection.closeSync();
};

/** The trainer's scripts, run as SageMaker runs them, in a folder instead of /opt/ml. */
export const createBench = async () => {
  const warm = await startWarmPython(await ensureVenv('trainer', join(TRAINER, 'requirements.txt')));
  const folders: string[] = [];

  const run = async (argv: readonly string[], base: string) => {
    const lines: string[] = [];
    const env = { SAGEMAKER_BASE_DIR: base, OMP_NUM_THREADS: '2' };
    const { exit } = await warm.launch({ argv, cwd: base, env, onLine: (line) => lines.push(line) });
    return { ...(await exit), lines };
  };

  const train = async ({ hyperParameters, train: files, validation }: Training) => {
    const base = await mkdtemp(join(tmpdir(), 'trainer-'));
    folders.push(base);
    await mkdir(join(base, 'input/config'), { recursive: true });
    await mkdir(join(base, 'input/data/train'), { recursive: true });
    await writeFile(join(base, 'input/config/hyperparameters.json'), JSON.stringify(hyperParameters));
    await writeChannel(base, 'train', files);
    if (validation) await writeChannel(base, 'validation', validation);
    const { code, lines } = await run([join(TRAINER, 'train.py')], base);
    return {
      base,
      code,
      lines,
      failure: () => readFile(join(base, 'output/failure'), 'utf8'),
      model: async () => JSON.parse(await readFile(join(base, 'model/model.json'), 'utf8')),
      bytes: () => readFile(join(base, 'model/estimator.joblib')),
    };
  };

  const call = async (
    base: string,
    calls: readonly { body: string; contentType: string; accept?: string }[],
  ) => {
    await writeFile(join(base, 'calls.json'), JSON.stringify(calls));
    const { code, lines } = await run(
      [join(import.meta.dirname, 'serve.py'), join(base, 'model'), join(base, 'calls.json')],
      base,
    );
    if (code !== 0) throw new Error(lines.join('\n'));
    return lines.map((line) => JSON.parse(line) as { body?: string; contentType?: string; error?: string });
  };

  return {
    train,
    run,
    call,
    predict: async (base: string, instances: readonly object[]): Promise<Prediction[]> => {
      const [answer] = await call(base, [
        { body: JSON.stringify({ instances }), contentType: 'application/json' },
      ]);
      if (!answer?.body) throw new Error(answer?.error);
      return JSON.parse(answer.body).predictions;
    },
    stop: async () => {
      await warm.stop();
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    },
  };
};

export type Bench = Awaited<ReturnType<typeof createBench>>;
