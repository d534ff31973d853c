import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ENV } from '../names.ts';
import { MONITORING_MAPS, monitoring } from '../pipelines/monitoring.ts';
import { machineName, pipelineMachine } from '../pipelines/state-machine.ts';
import { distributedMapStatements, mapObjectStatement } from './distributed-map.ts';
import { executionsOf } from './executions-of.ts';
import { type PipelineProps, verbsOf } from './pipeline-props.ts';
import type { PlatformFunction } from './platform-function.ts';
import { waitingForJobs } from './training.ts';

export interface MonitoringProps extends PipelineProps {
  readonly intake: StateMachine;
  /** Megabytes of raw data that one worker takes. */
  readonly pieceMb: number;
}

/** What was served is watched, compared with its labels, and comes back as data. */
export class Monitoring extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const functions = { ...this.verbs(props), closeRun: props.closeRun };
    this.machine = pipelineMachine(this, 'Machine', {
      stage: props.stage,
      name: 'monitoring',
      definition: monitoring(functions, props.intake, props.storage.buckets.data.bucketName),
      functions: Object.values(functions),
      statements: [
        ...distributedMapStatements(this, machineName(props.stage, 'monitoring'), MONITORING_MAPS),
        mapObjectStatement(props.storage.buckets.data.arnForObjects('compacting/*')),
        ...this.intakeStatements(props.intake),
      ],
    });
  }

  private verbs(props: MonitoringProps): Readonly<Record<VerbKey, PlatformFunction>> {
    const { registry, storage } = props;
    const verb = verbsOf(this, props);
    const verbs = {
      planWindows: verb('plan-windows'),
      compactLog: verb('compact-log'),
      mergeDay: verb('merge-day'),
      scoreWindow: verb('score-window'),
      measureQuality: verb('measure-quality'),
      routeCauses: verb('route-causes'),
      exportWindow: verb('export-window'),
      raiseSignal: verb('raise-signal'),
    };
    const { planWindows, compactLog, ...deciding } = verbs;
    for (const fn of [planWindows, compactLog]) registry.grantRead(fn);
    for (const fn of Object.values(deciding)) registry.grantDecide(fn);
    for (const fn of [planWindows, compactLog, verbs.mergeDay]) storage.grantWrite(fn, 'data');
    planWindows.addEnvironment(ENV.pieceMb, String(props.pieceMb));
    storage.grantRead(compactLog, 'artifacts');
    storage.grantRead(verbs.scoreWindow, 'data');
    storage.grantWrite(verbs.scoreWindow, 'artifacts');
    storage.grantRead(verbs.measureQuality, 'data');
    storage.grantRead(verbs.measureQuality, 'artifacts');
    storage.grantRead(verbs.routeCauses, 'data');
    storage.grantRead(verbs.routeCauses, 'artifacts');
    storage.grantRead(verbs.exportWindow, 'data');
    storage.grantWrite(verbs.exportWindow, 'landing');
    return verbs;
  }

  private intakeStatements(intake: StateMachine): readonly PolicyStatement[] {
    return [
      new PolicyStatement({ actions: ['states:StartExecution'], resources: [intake.stateMachineArn] }),
      new PolicyStatement({
        actions: ['states:DescribeExecution', 'states:StopExecution'],
        resources: [executionsOf(this, intake)],
      }),
      waitingForJobs(this, ['StepFunctionsGetEventsForStepFunctionsExecutionRule']),
    ];
  }
}

type VerbKey =
  | 'planWindows'
  | 'compactLog'
  | 'mergeDay'
  | 'scoreWindow'
  | 'measureQuality'
  | 'routeCauses'
  | 'exportWindow'
  | 'raiseSignal';
