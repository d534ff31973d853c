import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { METRIC_NAMESPACE, METRICS } from '../../lib/names.ts';
import { resources, synthesized, text } from './synthesized.ts';

const app = synthesized();
const alarms = resources(app.platform, 'AWS::CloudWatch::Alarm');
const runbook = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const anchors = [...runbook.matchAll(/^## ([a-z-]+)$/gm)].map(([, anchor]) => anchor);

describe('alarms', () => {
  it('each link a paragraph of the runbook, and each paragraph has an alarm', () => {
    const linked = alarms.map(([, { Properties }]) => {
      const [, anchor] = /docs\/operations\.md#([a-z-]+)$/.exec(String(Properties.AlarmDescription)) ?? [];
      return anchor;
    });
    expect([...new Set(linked)].sort()).toEqual([...anchors].sort());
  });

  it('tell the topic, which lets them', () => {
    const topics = new Set(alarms.map(([, { Properties }]) => text(Properties.AlarmActions)));
    expect([...topics]).toEqual([`<${resources(app.platform, 'AWS::SNS::Topic')[0]?.[0]}>`]);
    const policy = JSON.stringify(resources(app.platform, 'AWS::SNS::TopicPolicy'));
    expect(policy).toContain('"Service":"cloudwatch.amazonaws.com"');
    expect(policy).toContain('"Service":"events.amazonaws.com"');
  });

  it('are quiet while nothing happens', () => {
    for (const [id, { Properties }] of alarms)
      expect([id, Properties.TreatMissingData]).toEqual([id, 'notBreaching']);
  });

  it('watch the platform’s own metrics for all models together', () => {
    const own = alarms.filter(([, { Properties }]) => Properties.Namespace === METRIC_NAMESPACE);
    const watched = own.map(([, { Properties }]) => Properties.MetricName).sort();
    const { predictionsServed, ...ill } = METRICS;
    expect(watched).toEqual(Object.values(ill).sort());
    for (const [, { Properties }] of own) expect(Properties.Dimensions).toBeUndefined();
  });
});

describe('alerts', () => {
  it('have no subscriber unless a setting names one', () => {
    expect(resources(app.platform, 'AWS::SNS::Subscription')).toEqual([]);
    const mailed = synthesized({ alertEmail: 'ops@example.com' });
    mailed.platform.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'ops@example.com',
    });
  });

  it('are taken over TLS only', () => {
    const policy = JSON.stringify(resources(app.platform, 'AWS::SNS::TopicPolicy'));
    expect(policy).toContain('{"Bool":{"aws:SecureTransport":"false"}}');
  });
});
