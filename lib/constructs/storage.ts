import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  type LifecycleRule,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ENV } from '../names.ts';
import type { PlatformFunction } from './platform-function.ts';

export type BucketName = 'landing' | 'data' | 'artifacts' | 'audit';

const BUCKET_ENV: Readonly<Record<BucketName, string>> = {
  landing: ENV.landingBucket,
  data: ENV.dataBucket,
  artifacts: ENV.artifactsBucket,
  audit: ENV.auditBucket,
};

export interface StorageProps {
  readonly removalPolicy: RemovalPolicy;
  readonly auditRetentionDays: number;
}

/** The four buckets: what comes in, what is worked on, what was made, and what must stay. */
export class Storage extends Construct {
  readonly buckets: Readonly<Record<BucketName, Bucket>>;

  constructor(scope: Construct, id: string, props: StorageProps) {
    super(scope, id);
    const { removalPolicy } = props;
    this.buckets = {
      landing: this.bucket('Landing', { removalPolicy, lifecycleRules: [TIDY] }),
      // Prepared sets are made again from their dataset versions when a run needs them; of refused calls, windows keep what was found.
      data: this.bucket('Data', {
        removalPolicy,
        lifecycleRules: [
          TIDY,
          { id: 'prepared', prefix: 'prepared/', expiration: Duration.days(90) },
          { id: 'compacting', prefix: 'compacting/', expiration: Duration.days(90) },
          { id: 'refused', prefix: 'refused/', expiration: Duration.days(90) },
        ],
      }),
      // Shards are made again when an upload is judged again; what was decided on them is kept elsewhere.
      artifacts: this.bucket('Artifacts', {
        removalPolicy,
        lifecycleRules: [TIDY, { id: 'intakes', prefix: 'intakes/', expiration: Duration.days(90) }],
      }),
      // Locked objects outlive any wish to delete them, so their bucket always stays.
      audit: this.bucket('Audit', {
        removalPolicy: RemovalPolicy.RETAIN,
        objectLockEnabled: true,
        objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(props.auditRetentionDays)),
      }),
    };
    this.announce(this.buckets.landing);
  }

  /** Read and list. */
  grantRead(fn: PlatformFunction, ...names: readonly BucketName[]): void {
    for (const name of names) {
      const bucket = this.buckets[name];
      fn.addEnvironment(BUCKET_ENV[name], bucket.bucketName);
      fn.allow(['s3:GetObject', 's3:GetObjectVersion'], [bucket.arnForObjects('*')]);
      fn.allow(['s3:ListBucket'], [bucket.bucketArn]);
    }
  }

  /** Read, list and write; nothing is ever overwritten without a trace, as the buckets are versioned. */
  grantWrite(fn: PlatformFunction, ...names: readonly BucketName[]): void {
    this.grantRead(fn, ...names);
    for (const name of names)
      fn.allow(['s3:PutObject', 's3:AbortMultipartUpload'], [this.buckets[name].arnForObjects('*')]);
  }

  private bucket(id: string, props: BucketProps): Bucket {
    return new Bucket(this, id, {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      autoDeleteObjects: props.removalPolicy === RemovalPolicy.DESTROY,
      ...props,
    });
  }

  /** By the resource's own property: CDK's `eventBridgeEnabled` would add a custom resource with broad rights. */
  private announce(bucket: Bucket): void {
    (bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
  }
}

const TIDY: LifecycleRule = {
  id: 'tidy',
  noncurrentVersionExpiration: Duration.days(90),
  abortIncompleteMultipartUploadAfter: Duration.days(7),
};
