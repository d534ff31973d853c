import { describe, expect, it } from 'vitest';
import { machinesOf } from './machines.ts';
import { idleMonthlyCost, idleMonthlyCostOfModel, PRICES, total } from './monthly-cost.ts';
import { resources, synthesized } from './synthesized.ts';

const app = synthesized();
const lines = idleMonthlyCost(app.state, app.platform);
const of = (type: string) => lines.filter((line) => line.type === type);

/** The state machine's top level, and nothing in its maps: there is no window yet. */
function transitionsOfAnEmptyTick(): number {
  const monitoring = machinesOf(app).find(({ name }) => name === 'monitoring')?.definition;
  let [count, next] = [1, monitoring?.StartAt];
  while (next) {
    const state = monitoring?.States[next];
    count += 1;
    // Where a choice asks whether there is anything to do, the answer is no.
    if (state?.Type === 'Choice') next = state.Choices[0]?.Next;
    else next = state && 'Next' in state ? state.Next : undefined;
  }
  return count;
}

describe('the idle platform', () => {
  it('costs at most five dollars a month without free tier and with no model', () => {
    expect(total(lines)).toBeLessThanOrEqual(5);
    expect(total(lines)).toBeGreaterThan(PRICES.dashboard);
  });

  it('costs what its dashboard, alarms, queue pollers and sweeps cost, and nothing else', () => {
    const paid = new Set(lines.filter(({ usd }) => usd > 0).map(({ type }) => type));
    expect([...paid].sort()).toEqual([
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::Dashboard',
      'AWS::Events::Rule',
      'AWS::Lambda::EventSourceMapping',
    ]);
    expect(of('AWS::CloudWatch::Dashboard')).toHaveLength(1);
  });

  it('polls two queues: five pollers, three requests a minute each', () => {
    const polling = of('AWS::Lambda::EventSourceMapping').filter(({ usd }) => usd > 0);
    expect(polling).toHaveLength(2);
    for (const { usd } of polling) expect(usd).toBeCloseTo((5 * 3 * 60 * 730 * 0.4) / 1e6, 6);
  });

  it('refuses a resource whose price it does not know', () => {
    const { platform } = synthesized();
    const json = {
      ...platform.toJSON(),
      Resources: { Nat: { Type: 'AWS::EC2::NatGateway', Properties: {} } },
    };
    expect(() => idleMonthlyCost({ toJSON: () => json } as never)).toThrow('knows no AWS::EC2::NatGateway');
  });
});

describe('one more model', () => {
  it('adds less than a quarter of a dollar a month while it serves nobody', () => {
    expect(transitionsOfAnEmptyTick()).toBe(11);
    expect(idleMonthlyCostOfModel(transitionsOfAnEmptyTick())).toBeLessThan(0.25);
  });
});

describe('alarms', () => {
  it('watch one metric each, because each metric is paid for', () => {
    for (const [, { Properties }] of resources(app.platform, 'AWS::CloudWatch::Alarm'))
      expect(Properties.MetricName).toBeTypeOf('string');
  });
});
