import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../../bin/mooring/wait-for.ts';
import { SHORT_YEAR } from '../../local/journey/calendar.ts';
import { usePlayedJourney } from '../support/play-journey.ts';

const journey = usePlayedJourney(SHORT_YEAR, { iam: true });

/** Verbs that a journey without faults does not need, each called by tests of its own under IAM or by the outbox's sweep. */
const NOT_IN_A_GOOD_YEAR = ['close-run', 'republish-ledger'];

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

  it('has called every function with no permission but its own', async () => {
    const called = await Promise.all(
      (await functionNames()).map(async (name) => [verbOf(name), await calls(name)] as const),
    );
    const never = called.filter(([, count]) => count === 0).map(([verb]) => verb);
    expect(called.length).toBeGreaterThan(25);
    expect(never.filter((verb) => !NOT_IN_A_GOOD_YEAR.includes(verb))).toEqual([]);
  });
});

async function functionNames(): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client: new LambdaClient() }, {}))
    names.push(...Functions.map((f) => `${f.FunctionName}|${f.Handler}`));
  return names.filter((name) => name.includes('Mooring-local'));
}

const verbOf = (name: string) => name.split('|')[1]?.split('/')[0] ?? '';

async function calls(name: string): Promise<number> {
  const { Datapoints = [] } = await new CloudWatchClient().send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: name.split('|')[0] }],
      StartTime: new Date(Date.now() - 3_600_000),
      EndTime: new Date(Date.now() + 60_000),
      Period: 3600,
      Statistics: ['Sum'],
    }),
  );
  return Datapoints.reduce((sum, point) => sum + (point.Sum ?? 0), 0);
}
