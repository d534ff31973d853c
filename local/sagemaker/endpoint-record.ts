import { arnOf } from './arn.ts';
import type { Variant } from './endpoint-config.ts';
import { MAX_FAILURE_REASON_LENGTH } from './limits.ts';
import type { ModelServer } from './model-server.ts';
import type { Tags } from './tags.ts';
import { epochSeconds, type Twin } from './twin.ts';

export type Status = 'Creating' | 'Updating' | 'InService' | 'RollingBack' | 'Deleting' | 'Failed';

/** In the event, and only there, the status is written this way. */
const EVENT_STATUS = {
  Creating: 'CREATING',
  Updating: 'UPDATING',
  InService: 'IN_SERVICE',
  RollingBack: 'ROLLING_BACK',
  Deleting: 'DELETING',
  Failed: 'FAILED',
} as const satisfies Record<Status, string>;

export type Endpoint = {
  readonly name: string;
  readonly arn: string;
  readonly creationTime: number;
  status: Status;
  configName: string;
  lastModifiedTime: number;
  failureReason?: string;
  /** The variant and the process in service; they outlive a failed update. */
  variant?: Variant;
  server?: ModelServer;
  /** Calls under way, for the concurrency limit. */
  calls: number;
};

export const newEndpoint = (name: string, configName: string, at: number): Endpoint => ({
  name,
  arn: arnOf('endpoint', name),
  configName,
  status: 'Creating',
  creationTime: at,
  lastModifiedTime: at,
  calls: 0,
});

const describeVariant = ({ described }: Variant) => {
  const { VariantName, InitialInstanceCount: count, ServerlessConfig } = described;
  const size = ServerlessConfig
    ? { CurrentServerlessConfig: ServerlessConfig }
    : { CurrentInstanceCount: count, DesiredInstanceCount: count };
  return { VariantName, CurrentWeight: 1, DesiredWeight: 1, ...size };
};

/** As DescribeEndpoint answers it. */
export const describeEndpoint = (endpoint: Endpoint) => ({
  EndpointName: endpoint.name,
  EndpointArn: endpoint.arn,
  EndpointConfigName: endpoint.configName,
  EndpointStatus: endpoint.status,
  CreationTime: endpoint.creationTime,
  LastModifiedTime: endpoint.lastModifiedTime,
  FailureReason: endpoint.failureReason,
  ...(endpoint.variant && { ProductionVariants: [describeVariant(endpoint.variant)] }),
});

/** The one way an endpoint's status changes: with the time, the reason and the event. */
export const enterStatus = (
  twin: Twin,
  tags: Tags,
  endpoint: Endpoint,
  status: Status,
  reason?: string,
): void => {
  Object.assign(endpoint, { status, lastModifiedTime: epochSeconds(twin.nowMs()) });
  if (reason) endpoint.failureReason = reason.slice(0, MAX_FAILURE_REASON_LENGTH);
  twin.emit('SageMaker Endpoint State Change', endpoint.arn, {
    ...describeEndpoint(endpoint),
    EndpointStatus: EVENT_STATUS[status],
    Tags: tags.of(endpoint.arn),
  });
};
