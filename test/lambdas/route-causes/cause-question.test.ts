import { describe, expect, it } from 'vitest';
import { causeQuestion } from '../../../lambdas/route-causes/cause-question.ts';
import { scoreWindow } from '../../../lambdas/score-window/score-window.ts';
import type { Incident } from '../../../lib/domain/registry/incident.ts';
import type { DriftWindow } from '../../../lib/domain/registry/window.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { requiredItem } from '../../../lib/stores/required.ts';
import { aServingWorld, serve } from '../../support/a-log.ts';
import { delaySpec, MODEL, NOW, trips } from '../../support/a-world.ts';
import { compactDay } from '../../support/compact-day.ts';

const hour = (n: number) => ({
  model: MODEL,
  version: 1,
  start: `2013-02-01T0${n}:00:00.000Z`,
  end: `2013-02-01T0${n + 1}:00:00.000Z`,
});

describe('causeQuestion', () => {
  it('compares an hour with the good hours of its day, and leaves out one that a fault spoiled', async () => {
    const monitoring = { window: 'hour', latenessHours: 1, drift: { minRows: 10 } };
    const world = await aServingWorld(delaySpec({ monitoring }));
    // A different number of rows each hour, so that a part says which one it is.
    const rows = trips('2013-02-01', 1, 2400).filter(
      ({ at }, i) => i % 100 < 10 * (Number(at.slice(11, 13)) + 1),
    );
    await serve(world, rows, 'm1');
    await compactDay({ model: MODEL, version: 1, date: '2013-02-01' }, world);
    for (const n of [0, 1, 2, 3]) await scoreWindow(hour(n), world);
    const incident: Incident = {
      model: MODEL,
      id: 'fault-1',
      kind: 'data-fault',
      status: 'closed',
      summary: '',
      subject: '',
      openedAt: NOW,
      windows: [{ version: 1, start: hour(1).start, end: hour(1).end }],
    };
    await world.registry.put(MODEL, sk.incident(incident.id), incident);
    const window = await requiredItem<DriftWindow>(
      world.registry,
      MODEL,
      sk.window(hour(3).start, 'drift', 1),
    );
    const { question, cleanWindows } = await causeQuestion(window, world);
    expect(question.parts.map(({ profile }) => profile.rows)).toEqual([40]);
    expect(question.former.map((profile) => profile.rows)).toEqual([10, 30]);
    expect(question.formerParts.map((profile) => profile.rows)).toEqual([10, 30]);
    expect(cleanWindows).toBe(2);
  });
});
