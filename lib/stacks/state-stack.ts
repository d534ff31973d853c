import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Registry } from '../constructs/registry.ts';
import { Storage } from '../constructs/storage.ts';
import type { Settings } from '../settings.ts';

/** What must outlive the platform: the table of decisions and the buckets. */
export class StateStack extends Stack {
  readonly registry: Registry;
  readonly storage: Storage;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id, {
      stackName: `Mooring-${settings.stage}-State`,
      description: `Mooring ${settings.stage}: decisions, data and artifacts`,
      terminationProtection: settings.stage === 'prod',
    });
    const removalPolicy = settings.removalPolicy === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
    this.registry = new Registry(this, 'Registry', { removalPolicy });
    this.storage = new Storage(this, 'Storage', {
      removalPolicy,
      auditRetentionDays: settings.auditRetentionDays,
    });
    this.outputs();
  }

  private outputs(): void {
    const { landing, data, artifacts, audit } = this.storage.buckets;
    new CfnOutput(this, 'TableName', { value: this.registry.table.tableName });
    new CfnOutput(this, 'LandingBucket', { value: landing.bucketName });
    new CfnOutput(this, 'DataBucket', { value: data.bucketName });
    new CfnOutput(this, 'ArtifactsBucket', { value: artifacts.bucketName });
    new CfnOutput(this, 'AuditBucket', { value: audit.bucketName });
  }
}
