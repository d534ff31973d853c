import { describe, expect, it } from 'vitest';
import { incidentEntry } from '../../../lib/domain/causes/incident-entry.ts';
import type { IncidentStep } from '../../../lib/domain/causes/incident-step.ts';
import { AT, aWindow, celsius, routed } from './routed-windows.ts';

describe('incidentEntry', () => {
  const entry = (step: IncidentStep['step']) => {
    const [opened] = routed([aWindow(7, [celsius])]).steps;
    if (opened === undefined) throw new Error('an incident must open');
    return incidentEntry(
      {
        step,
        incident: { ...opened.incident, ...(step === 'closed' && { reason: '2 clean windows: a, b' }) },
      },
      aWindow(7),
      AT,
    );
  };

  it('tells a person what is wrong, since when and where, when it opens', () => {
    expect(entry('opened')).toMatchObject({
      action: 'incident-opened',
      facts: { cause: 'unit-changed', windows: 1 },
    });
    expect(entry('opened').alert?.severity).toBe('critical');
    expect(entry('opened').alert?.sentence).toMatch(
      /^Upstream of m values come in another unit in input\.dewp, input\.temp since 2013-07-12T00h UTC \(compacted\/m\/1\/x\.parquet\), first seen in the window 2013-07-01 to 2013-08-01, version 1: another unit .* Incident fault-[0-9a-f]{16} is open: nothing is retrained until it is closed\.$/,
    );
  });

  it('is silent while it goes on, and says when it is over', () => {
    expect(entry('extended').alert).toBeUndefined();
    expect(entry('closed').alert?.sentence).toContain(
      'has closed by itself: 2 clean windows: a, b. The window it spoiled is left out',
    );
  });
});
