import { describe, expect, it } from 'vitest';
import { resources, synthesized, text } from './synthesized.ts';

const { state } = synthesized();
const STATEFUL = ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket'];

describe('the state stack', () => {
  it('retains everything that holds state', () => {
    const stateful = resources(state).filter(([, { Type }]) => STATEFUL.includes(Type));
    expect(stateful).toHaveLength(5);
    for (const [id, resource] of stateful)
      expect([id, resource.DeletionPolicy, resource.UpdateReplacePolicy]).toEqual([id, 'Retain', 'Retain']);
  });

  it('deletes nothing but what was asked for with the destroy policy', () => {
    const { state } = synthesized({ removalPolicy: 'destroy' });
    const policies = resources(state)
      .filter(([, { Type }]) => STATEFUL.includes(Type))
      .map(([id, { DeletionPolicy }]) => [id.replace(/[0-9A-F]{8}$/, ''), DeletionPolicy]);
    expect(Object.fromEntries(policies)).toEqual({
      RegistryTable: 'Delete',
      StorageLanding: 'Delete',
      StorageData: 'Delete',
      StorageArtifacts: 'Delete',
      StorageAudit: 'Retain',
    });
  });

  it('keeps a table that can be restored to any second and tells what changes', () => {
    state.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      GlobalSecondaryIndexes: [
        { IndexName: 'byKind', KeySchema: [{ AttributeName: 'kind' }, { AttributeName: 'sortedAt' }] },
      ],
      Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
    });
  });

  it('keeps buckets versioned, encrypted and closed to the public', () => {
    for (const [, { Properties }] of resources(state, 'AWS::S3::Bucket'))
      expect(Properties).toMatchObject({
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
  });

  it('refuses every bucket to callers without TLS', () => {
    const policies = resources(state, 'AWS::S3::BucketPolicy').map(([, { Properties }]) => Properties);
    const refused = policies.filter((policy) =>
      JSON.stringify(policy).includes('{"Bool":{"aws:SecureTransport":"false"}}'),
    );
    const buckets = resources(state, 'AWS::S3::Bucket').map(([id]) => `<${id}>`);
    expect(refused.map((policy) => text(policy.Bucket)).sort()).toEqual(buckets.sort());
  });

  it('announces uploads, and locks the audit bucket', () => {
    state.hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    state.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } } },
    });
  });
});
