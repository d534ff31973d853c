import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../../bin/mooring/wait-for.ts';
import { STATE_DIR } from '../../local/cloud.ts';
import { SHORT_YEAR } from '../../local/journey/calendar.ts';
import { usePlayedJourney } from '../support/play-journey.ts';
import { stopExecution } from './support/executions.ts';
import { callVerb } from './support/verbs.ts';

const journey = usePlayedJourney(SHORT_YEAR, { iam: true });

describe('the journey where IAM is enforced', () => {
  it('ends as well as without: the functions may do what they must', () => {
    const { ok, versions, ledger } = journey().report;
    expect([ok, ledger.verified]).toEqual([true, true]);
    expect(versions.map((v) => v.outcome)).toEqual(expect.arrayContaining(['promoted', 'rejected']));
  });

  it('retires a version that no longer serves: endpoint gone, certificate written', async () => {
    const { people, report } = journey();
    const { champion, previousChampion } = await people.admin.model(report.model);
    const retired = report.versions.find((v) => v.number !== champion && v.number !== previousChampion);
    const number = retired?.number ?? 0;
    await expect(people.operator.retire(report.model, champion ?? 0, 'by mistake')).rejects.toThrow(
      /in service/,
    );
    await people.operator.retire(report.model, number, 'replaced twice');
    const seen = await waitFor(
      () => people.admin.version(report.model, number),
      (version) => version.status === 'retired',
      { timeoutSeconds: 60, everyMs: 300, what: `retirement of version ${number}` },
    );
    expect(seen.retiredAt).toBeDefined();
  });

  it('closes a run whose execution is stopped, and leaves the champion where it is', async () => {
    const { people, report } = journey();
    const { champion } = await people.admin.model(report.model);
    const { id } = await people.scientist.startRun(report.model);
    await waitFor(
      () =>
        stopExecution('training', `${id}-1`).then(
          () => true,
          () => false,
        ),
      (stopped) => stopped,
      { timeoutSeconds: 30, everyMs: 200, what: `the execution of ${id}` },
    );
    const closed = await waitFor(
      () => people.scientist.run(report.model, id),
      (run) => run.status === 'closed',
      { timeoutSeconds: 60, everyMs: 300, what: `the end of run ${id}` },
    );
    expect(closed.outcome).toBe('failed');
    expect((await people.admin.model(report.model)).champion).toBe(champion);
  });

  it('finds nothing unpublished behind a working outbox', async () => {
    expect(await callVerb('republish-ledger', {})).toEqual({ published: 0 });
  });

  it('has called every function with no permission but its own', async () => {
    const log = await readFile(join(STATE_DIR, `engine-${journey().cloud.engine.port}.log`), 'utf8');
    const functions = await deployedFunctions();
    const idle = functions
      .filter(({ name }) => !log.includes(`worker spawned for ${name}`))
      .map(({ verb }) => verb);
    expect(functions.length).toBeGreaterThan(25);
    expect(idle).toEqual([]);
    expect(log).not.toMatch(/AccessDenied|not authorized to perform/);
  });
});

async function deployedFunctions(): Promise<readonly { readonly name: string; readonly verb: string }[]> {
  const functions: { name: string; verb: string }[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client: new LambdaClient() }, {}))
    for (const { FunctionName: name = '', Handler = '' } of Functions)
      if (name.startsWith('Mooring-local')) functions.push({ name, verb: Handler.split('/')[0] ?? '' });
  return functions;
}
