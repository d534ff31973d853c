import { describe, expect, it } from 'vitest';
import { isSpoiled, whyKeptBack } from '../../../lib/domain/causes/spoiled.ts';
import type { Incident } from '../../../lib/domain/registry/incident.ts';
import { aWindow, celsius, routed } from './routed-windows.ts';

describe('a spoiled window', () => {
  const july = { version: 1, start: '2013-07-01T00:00:00.000Z' };
  const [opened] = routed([aWindow(7, [celsius])]).incidents as [Incident];
  const closed: Incident = { ...opened, status: 'closed' };

  it('is one while its incident is open and after, unless who closed it kept it', () => {
    expect([opened, closed].map((incident) => isSpoiled([incident], july))).toEqual([true, true]);
    expect(isSpoiled([{ ...closed, keepWindows: true }], july)).toBe(false);
    expect(isSpoiled([closed], { ...july, version: 2 })).toBe(false);
  });

  it('is kept back for ever, and every other one while an incident is open', () => {
    const august = { version: 1, start: '2013-08-01T00:00:00.000Z' };
    expect(whyKeptBack([closed], july)).toBe(
      `incident ${closed.id} spoiled window ${july.start} of version 1`,
    );
    expect(whyKeptBack([opened], august)).toBe(`incident ${opened.id} is open`);
    expect(whyKeptBack([closed], august)).toBeUndefined();
  });
});
