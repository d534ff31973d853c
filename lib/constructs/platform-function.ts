import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { ENV } from '../names.ts';
import type { FunctionCode } from './function-code.ts';
import { FUNCTIONS, type FunctionName, type FunctionTraits } from './function-table.ts';

/** What all functions of one deployment share. */
export interface FunctionDefaults {
  readonly code: FunctionCode;
  readonly stage: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly logRetentionDays: number;
  /** Reserved concurrency of functions with the engine. @default none reserved */
  readonly engineConcurrency?: number;
}

export interface PlatformFunctionProps extends FunctionDefaults {
  readonly name: FunctionName;
  /** Where an event that the function could not handle ends. @default the function is only called and waited for */
  readonly onFailure?: IQueue;
}

/** The only way a Lambda is made: its own role, its own log group, its code in a shared asset, and no right yet. */
export class PlatformFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: PlatformFunctionProps) {
    const traits: FunctionTraits = FUNCTIONS[props.name];
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, id, {
      description: `Mooring ${props.stage}: ${props.name}`,
      code: traits.engine ? props.code.engine : props.code.plain,
      handler: `${props.name}/handler.handler`,
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      memorySize: traits.memoryMb,
      timeout: Duration.seconds(traits.timeoutSeconds),
      ephemeralStorageSize: traits.scratchMb ? Size.mebibytes(traits.scratchMb) : undefined,
      reservedConcurrentExecutions: traits.engine ? props.engineConcurrency : undefined,
      // Handlers write JSON lines with ids themselves; embedded metrics need them untouched.
      loggingFormat: LoggingFormat.TEXT,
      logGroup,
      role,
      environment: {
        [ENV.stage]: props.stage,
        [ENV.release]: props.code.contentHash,
      },
      onFailure: props.onFailure && new SqsDestination(props.onFailure),
      retryAttempts: props.onFailure && 2,
    });
  }

  /** Permission on resources, in one line. */
  allow(actions: readonly string[], resources: readonly string[], conditions?: object): void {
    this.addToRolePolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [...resources],
        ...(conditions && { conditions }),
      }),
    );
  }
}
