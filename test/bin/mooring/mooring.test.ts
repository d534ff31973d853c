import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mooring } from '../../../bin/mooring/program.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { anApproval, aRun, aVersion, given } from '../../lambdas/api/decisions.ts';
import { aSpec, aWorld, type World } from '../../lambdas/api/world.ts';
import { anApiTerminal } from './an-api-terminal.ts';

let folder: string;
let world: World;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-cli-'));
  world = aWorld();
});
afterEach(() => rm(folder, { recursive: true }));

const terminal = () => anApiTerminal(world);

const file = async (name: string, text: string) => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

const specFile = async (more: object = {}) => {
  await file('features.sql', 'SELECT age FROM input');
  return file('model.yaml', JSON.stringify({ ...aSpec(), features: { sql: 'features.sql' }, ...more }));
};

describe('mooring apply', () => {
  it('puts features.sql inline', async () => {
    const { run, out } = terminal();
    expect(await run('apply', await specFile())).toBe(0);
    expect(out[0]).toMatch(/^churn has a new spec: [0-9a-f]{12}$/);
    const hash = (await world.registry.head('churn'))?.specHash ?? '';
    expect(await world.registry.get('churn', sk.spec(hash))).toMatchObject({
      features: { sql: 'SELECT age FROM input' },
    });
  });

  it('uploads the trainer folder and names it by its hash', async () => {
    const { run, err } = terminal();
    await file('train.py', 'print()');
    const path = await specFile({ training: { ...aSpec().training, code: '.' } });
    expect([await run('apply', path), err]).toEqual([0, []]);
    const hash = (await world.registry.head('churn'))?.specHash ?? '';
    const spec = await world.registry.get<{ training: { code: string } }>('churn', sk.spec(hash));
    expect(spec?.training.code).toMatch(/^[0-9a-f]{64}$/);
  });

  it('prints the path of each error and exits with 3', async () => {
    const { run, err } = terminal();
    expect(await run('apply', await specFile({ retraining: { cooldownHour: 1 } }))).toBe(3);
    expect(err.join('')).toContain('\n  retraining.cooldownHour: is no known key');
  });
});

describe('mooring upload', () => {
  it('sends the files, waits for the verdict and exits with 1 when it is no', async () => {
    const { run, out, err } = terminal();
    await run('apply', await specFile());
    const path = await file('a.csv', 'x\n1\n');
    expect(await run('upload', 'churn', path)).toBe(0);
    const [, id = ''] = /^upload (\w+) is complete/.exec(out.at(-1) ?? '') ?? [];
    const finding = { rule: 'r', severity: 'error', message: 'column age is missing' };
    const dataset = { id: 'd1', status: 'rejected', rows: 1, findings: [finding] };
    await world.registry.put('churn', sk.dataset('d1'), dataset);
    const judged = { uploadId: id, status: 'rejected', datasetId: 'd1' };
    world.registry.putOnce = (model, key) => world.registry.put(model, key, judged).then(() => true);
    expect(await run('upload', 'churn', path, '--wait')).toBe(1);
    expect(out.slice(-2)).toEqual(['dataset d1 was rejected: 1 rows', '  error: column age is missing']);
    expect(err.join('')).toContain('sent 1 of 1 files\n');
  });
});

describe('mooring watch and approve', () => {
  it('ends when a person is needed, says how, and starts the release', async () => {
    const { run, out } = terminal();
    await run('apply', await specFile());
    await given(world, {}, [anApproval(), aVersion(1, 'candidate'), aRun()]);
    expect(await run('watch', 'churn', 'run-1')).toBe(0);
    expect(out.slice(-2)).toEqual([
      'run run-1 waits for approval churn-v1',
      '  pass: auc is 0.8, wanted at least 0.7',
    ]);
    expect(await run('approve', 'churn-v1', '--reason', 'better')).toBe(0);
    expect(out.at(-1)).toMatch(/^churn-v1 is approved; release churn-v1-r\d+ has started$/);
  });

  it('exits with 1 for a run that failed, and says why', async () => {
    const { run, out } = terminal();
    await run('apply', await specFile());
    const error = { name: 'AlgorithmError', cause: 'exit code 1' };
    await given(world, {}, [aRun({ status: 'closed', outcome: 'failed', version: undefined, error })]);
    expect(await run('watch', 'churn', 'run-1')).toBe(1);
    expect(out.at(-1)).toBe('run run-1 is failed: AlgorithmError: exit code 1');
  });

  it('exits with 4 when waiting takes too long', async () => {
    const { run } = terminal();
    await run('apply', await specFile());
    await given(world, {}, [aRun({ status: 'running' })]);
    expect(await run('watch', 'churn', 'run-1', '--timeout', '0')).toBe(4);
  });
});

describe('mooring', () => {
  it('prints JSON on --json, before or after the command', async () => {
    const { run, out } = terminal();
    await run('apply', await specFile());
    for (const args of [
      ['--json', 'ledger', 'verify', 'churn'],
      ['ledger', 'verify', 'churn', '--json'],
    ]) {
      expect(await run(...args)).toBe(0);
      expect(JSON.parse(out.at(-1) ?? '')).toEqual({ verified: true, entries: 1 });
    }
  });

  it('exits with 1 for a broken ledger', async () => {
    const { run } = terminal();
    await run('apply', await specFile());
    const entry = await world.registry.get<object>('churn', sk.ledger(1));
    await world.registry.put('churn', sk.ledger(1), { ...entry, body: '{}' });
    expect(await run('ledger', 'verify', 'churn')).toBe(1);
  });

  it('sends labels from JSON Lines, names the bad ones and exits with 1', async () => {
    const { run, out } = terminal();
    await run('apply', await specFile());
    const path = await file('labels.jsonl', '{"id":"a","eventTime":"2026-01-01","label":true}\n{"id":"b"}\n');
    expect(await run('labels', 'churn', path)).toBe(1);
    expect(out[1]).toBe('1 labels accepted');
    expect(out.length).toBeGreaterThan(2);
  });

  it('exits with 2 for wrong usage and with 4 when nothing answers', async () => {
    expect(await terminal().run('upload')).toBe(2);
    const unreachable = await mooring(['models'], {
      out: () => {},
      err: () => {},
      isTerminal: false,
      stdin: async () => '',
      environment: { MOORING_URL: 'http://127.0.0.1:1', MOORING_TOKEN: 't' },
    });
    expect(unreachable).toBe(4);
  });

  it('says in its help what the exit codes mean', async () => {
    const { run, out } = terminal();
    expect(await run('--help')).toBe(0);
    expect(out.join('\n')).toContain('1  the answer is no');
  });

  it('never prints the token it was given', async () => {
    const { run, out, err } = terminal();
    await run('models');
    await run('watch', 'churn', 'nosuch');
    expect([...out, ...err].join('')).not.toContain('secret');
  });
});
