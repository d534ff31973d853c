import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { synthesized } from './synthesized.ts';

/** A finding of cdk-nag that is meant so, and why. Ids and construct paths are matched whole. */
interface Meant {
  readonly finding: RegExp;
  readonly construct: RegExp;
  readonly because: string;
}

const wildcard = (resource: string) => new RegExp(`^AwsSolutions-IAM5\\[Resource::${resource}\\]$`);
const bucket = (name: string, prefix = '') =>
  wildcard(`Mooring-dev-State:ExportsOutputFnGetAttStorage${name}\\w+Arn\\w+/${prefix}\\*`);
const sagemaker = (resource: string) =>
  wildcard(`arn:<AWS::Partition>:sagemaker:<AWS::Region>:<AWS::AccountId>:${resource}`);

const MEANT: readonly Meant[] = [
  {
    finding: /^AwsSolutions-S1$/,
    construct: /^State\/Storage\/\w+\/Resource$/,
    because:
      'who decided what is in the ledger; an account that must know every read turns on CloudTrail data events',
  },
  {
    finding: /^AwsSolutions-SQS3$/,
    construct: /^Platform\/Bus\/(Unpublished|Undelivered)\/Resource$/,
    because:
      'these are dead-letter queues of a stream, of rules and of functions, which the check cannot see',
  },
  {
    finding: /^AwsSolutions-SF1$/,
    construct: /^Platform\/Pipelines\/\w+\/Machine\/Resource$/,
    because:
      'standard executions keep their history for 90 days and every failure is in the ledger; a log would say it twice and cost',
  },
  {
    finding: /^AwsSolutions-SF2$/,
    construct: /^Platform\/Pipelines\/\w+\/Machine\/Resource$/,
    because: 'the execution history shows every step with its times; X-Ray would add cost and no finding',
  },
  {
    finding: /^AwsSolutions-APIG4$/,
    construct: /^Platform\/Api\/Http\/GET--(health|openapi\.json)\/Resource$/,
    because: 'health and the description of the API hold nothing of anyone; a test lists every open route',
  },
  {
    finding: bucket('(Landing|Data|Artifacts)'),
    construct: /^Platform\/(Pipelines|Serving|Api)\/.*Role\/DefaultPolicy\/Resource$/,
    because:
      'objects are named by model and content, which are not known at synth; buckets are separated by what may be written',
  },
  {
    finding: bucket('Audit'),
    construct: /^Platform\/Pipelines\/Retirement\/RetireVersionRole\/DefaultPolicy\/Resource$/,
    because: 'certificates are named by model and version; Object Lock keeps what was written',
  },
  {
    finding: bucket('(Data|Artifacts)', '(prepared|code|jobs)/'),
    construct: /^Platform\/Endpoints\/ModelRole\/DefaultPolicy\/Resource$/,
    because: 'jobs read code and prepared sets and write results below these prefixes, named by content',
  },
  {
    finding: wildcard('\\*'),
    construct: /^Platform\/Endpoints\/ModelRole\/DefaultPolicy\/Resource$/,
    because: 'a registry token and PutMetricData have no resource; the latter is bound to namespaces',
  },
  {
    finding: wildcard(
      'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws/sagemaker/\\*',
    ),
    construct: /^Platform\/Endpoints\/ModelRole\/DefaultPolicy\/Resource$/,
    because: 'SageMaker names the log groups of its jobs and endpoints itself',
  },
  {
    finding: wildcard('arn:<AWS::Partition>:ecr:<AWS::Region>:\\*:repository/sagemaker-\\*'),
    construct: /^Platform\/Endpoints\/ModelRole\/DefaultPolicy\/Resource$/,
    because: 'the managed images live in registries of AWS, one account a region; pulling is all it allows',
  },
  {
    finding: sagemaker('(endpoint|endpoint-config|model)/mooring-dev-\\*'),
    construct: /^Platform\/(Pipelines|Serving|Api)\/.*Role\/DefaultPolicy\/Resource$/,
    because: 'an endpoint is named by model and version, always with the prefix of the stage',
  },
  {
    finding: sagemaker('(training-job|transform-job|model)/\\*'),
    construct: /^Platform\/Pipelines\/Training\/MachineRole\/DefaultPolicy\/Resource$/,
    because: 'jobs are named by run, and a run by its model',
  },
  {
    finding: wildcard('arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<\\w+.Name>:\\*'),
    construct: /^Platform\/(Pipelines\/Monitoring\/Machine|Api\/Function)Role\/DefaultPolicy\/Resource$/,
    because: 'executions get their names when they start; the machine is named',
  },
  {
    finding: wildcard(
      'arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:mooring-dev-(intake|monitoring)(/\\w+)?:\\*',
    ),
    construct: /^Platform\/Pipelines\/(Intake|Monitoring)\/MachineRole\/DefaultPolicy\/Resource$/,
    because: 'children of a distributed map get their names when they start; machine and map are named',
  },
  {
    finding: bucket('Artifacts', 'intakes/'),
    construct: /^Platform\/Pipelines\/Intake\/MachineRole\/DefaultPolicy\/Resource$/,
    because: 'lists of items and results of maps lie below one prefix, named by model and upload',
  },
  {
    finding: bucket('Data', 'compacting/'),
    construct: /^Platform\/Pipelines\/Monitoring\/MachineRole\/DefaultPolicy\/Resource$/,
    because: 'lists of items and results of maps lie below one prefix, named by model and plan',
  },
  {
    finding: wildcard('arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule/[\\w-]+/\\*'),
    construct: /^Platform\/Schedules\/SyncRole\/DefaultPolicy\/Resource$/,
    because: 'schedules are named by model; the group is the platform’s own',
  },
];

describe('cdk-nag', () => {
  const { app } = synthesized();
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  const findings = violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => ({ ruleName, constructPath: constructPath ?? '' })),
  );
  const covers = (meant: Meant, found: { ruleName: string; constructPath: string }) =>
    meant.finding.test(found.ruleName) && meant.construct.test(found.constructPath);

  it('looks at something', () => {
    expect(findings.length).toBeGreaterThan(10);
  });

  it('finds nothing that is not meant so', () => {
    expect(findings.filter((found) => !MEANT.some((meant) => covers(meant, found)))).toEqual([]);
  });

  it('finds everything that is said to be meant so', () => {
    const unused = MEANT.filter((meant) => !findings.some((found) => covers(meant, found)));
    expect(unused.map(({ finding, because }) => `${finding}: ${because}`)).toEqual([]);
  });
});
