import { describe, expect, it } from 'vitest';
import type { FoundCause } from '../../../lib/domain/causes/cause.ts';
import { incidentEntry } from '../../../lib/domain/causes/incident-entry.ts';
import { type IncidentStep, incidentStep } from '../../../lib/domain/causes/incident-step.ts';
import {
  isSpoiled,
  spoiledWindows,
  whyKeptBack,
  withoutSpoiled,
} from '../../../lib/domain/causes/spoiled.ts';
import type { Incident } from '../../../lib/domain/registry/incident.ts';
import type { DriftWindow } from '../../../lib/domain/registry/window.ts';
import { aDataset } from '../../support/a-model.ts';

const AT = '2026-11-24T12:00:00.000Z';
const celsius: FoundCause = {
  cause: 'unit-changed',
  columns: ['input.dewp', 'input.temp'],
  evidence: 'another unit (°F → °C): …',
  firstBad: {
    start: '2013-07-12T00:00:00.000Z',
    end: '2013-07-13T00:00:00.000Z',
    object: 'compacted/m/1/x.parquet',
  },
};
const none: FoundCause = { cause: 'none', columns: [], evidence: 'none moved' };

function aWindow(month: number, causes?: readonly FoundCause[], version = 1): DriftWindow {
  const start = (m: number) => new Date(Date.UTC(2013, m - 1)).toISOString();
  return {
    model: 'm',
    kind: 'drift',
    version,
    start: start(month),
    end: start(month + 1),
    rows: 1000,
    verdict: 'drifted',
    columns: [],
    shareDrifted: 1,
    explanation: '',
    profileKey: '',
    sourcesHash: '',
    revision: 1,
    scoredAt: AT,
    ...(causes && { causes }),
  };
}

/** Routes windows one after the other, as the verb does; what became of the incidents. */
function routed(windows: readonly DriftWindow[], incidents: readonly Incident[] = [], cleanWindows = 2) {
  const steps: IncidentStep[] = [];
  let open = [...incidents];
  windows.forEach((window, i) => {
    for (;;) {
      const step = incidentStep({
        window,
        causes: window.causes ?? [],
        incidents: open,
        routed: windows.slice(0, i + 1),
        cleanWindows,
        at: AT,
      });
      if (step === undefined) return;
      steps.push(step);
      open = [...open.filter(({ id }) => id !== step.incident.id), step.incident];
    }
  });
  return { steps, incidents: open };
}
const said = (steps: readonly IncidentStep[]) =>
  steps.map(({ step, incident }) => [step, incident.windows?.length]);

describe('incidentStep', () => {
  it('opens one incident for a fault, with the window, the day and the object', () => {
    const { steps } = routed([aWindow(7, [celsius])]);
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({
      step: 'opened',
      incident: {
        kind: 'data-fault',
        status: 'open',
        cause: 'unit-changed',
        columns: ['input.dewp', 'input.temp'],
        firstBad: celsius.firstBad,
        subject: 'windows/2013-07-01T00:00:00.000Z-v1',
        openedAt: AT,
        windows: [{ version: 1, start: '2013-07-01T00:00:00.000Z', end: '2013-08-01T00:00:00.000Z' }],
      },
    });
  });

  it('lets the next windows join it, and columns that come to it', () => {
    const more = { ...celsius, columns: ['input.temp', 'input.wind_chill'] };
    const { steps, incidents } = routed([aWindow(7, [celsius]), aWindow(8, [more])]);
    expect(said(steps)).toEqual([
      ['opened', 1],
      ['extended', 2],
    ]);
    expect(incidents[0]?.columns).toEqual(['input.dewp', 'input.temp', 'input.wind_chill']);
  });

  it('keeps other faults and other columns apart', () => {
    const nulls: FoundCause = { cause: 'null-surge', columns: ['input.temp'], evidence: '' };
    const wind = { ...celsius, columns: ['input.wind_speed'] };
    expect(said(routed([aWindow(7, [celsius, nulls, wind])]).steps)).toEqual([
      ['opened', 1],
      ['opened', 1],
      ['opened', 1],
    ]);
  });

  it('changes nothing for a window that was routed before, also after the incident is closed', () => {
    const once = routed([aWindow(7, [celsius])]);
    expect(routed([aWindow(7, [celsius])], once.incidents).steps).toEqual([]);
    const closed = once.incidents.map((incident) => ({ ...incident, status: 'closed' as const }));
    expect(routed([aWindow(7, [celsius])], closed).steps).toEqual([]);
    expect(said(routed([aWindow(8, [celsius])], closed).steps)).toEqual([['opened', 1]]);
  });

  it('closes it after two clean windows in a row, and says which', () => {
    const windows = [aWindow(7, [celsius]), aWindow(8, [none]), aWindow(9, [celsius]), aWindow(10, [none])];
    expect(said(routed(windows).steps)).toEqual([
      ['opened', 1],
      ['extended', 2],
    ]);
    const { steps, incidents } = routed([...windows, aWindow(11, [none])]);
    expect(steps.at(-1)).toMatchObject({
      step: 'closed',
      incident: {
        status: 'closed',
        closedAt: AT,
        closedBy: 'platform/route-causes',
        reason: '2 clean windows: 2013-10-01T00, 2013-11-01T00',
      },
    });
    expect(spoiledWindows(incidents).map(({ start }) => start.slice(0, 7))).toEqual(['2013-07', '2013-09']);
  });

  it('counts a shift as clean, and too few rows not', () => {
    const shift: FoundCause = { cause: 'covariate-shift', columns: [], evidence: '' };
    const few: FoundCause = { cause: 'too-few-rows', columns: [], evidence: '' };
    expect(said(routed([aWindow(7, [celsius]), aWindow(8, [few]), aWindow(9, [few])]).steps)).toEqual([
      ['opened', 1],
    ]);
    expect(
      said(routed([aWindow(7, [celsius]), aWindow(8, [shift]), aWindow(9, [shift])]).steps).at(-1),
    ).toEqual(['closed', 1]);
  });

  it('closes it at once when late rows made its only window whole, and then nothing is spoiled', () => {
    const missing: FoundCause = { cause: 'volume-missing', columns: [], evidence: '' };
    const { incidents } = routed([aWindow(7, [missing])]);
    const { steps, incidents: after } = routed([aWindow(7, [none])], incidents);
    expect(steps).toMatchObject([
      {
        step: 'closed',
        incident: { status: 'closed', reason: 'the window 2013-07-01T00 is whole since rows came late' },
      },
    ]);
    expect(spoiledWindows(after)).toEqual([]);
    const two = routed([aWindow(7, [missing]), aWindow(8, [missing])]).incidents;
    expect(routed([aWindow(7, [none])], two).steps).toEqual([]);
  });

  it('leaves a closed one as it was when the same window shows the same fault again', () => {
    const missing: FoundCause = { cause: 'volume-missing', columns: [], evidence: '' };
    const rounds = [[missing], [none], [missing], [none], [missing]].map((causes) => aWindow(7, causes));
    const { incidents } = rounds.reduce(
      (before, window) => routed([window], before.incidents),
      routed([], []),
    );
    expect(incidents.map(({ status }) => status)).toEqual(['closed', 'closed', 'open']);
    const [first, ...later] = incidents.map(({ id }) => id);
    expect(later).toEqual([`${first}-2`, `${first}-3`]);
  });

  it('counts the same interval of two versions once', () => {
    const windows = [aWindow(7, [celsius]), aWindow(8, [none]), aWindow(8, [none], 2)];
    expect(said(routed(windows).steps)).toEqual([['opened', 1]]);
  });

  it('never closes by itself where the spec says 0, nor what a person must look at', () => {
    const windows = [aWindow(7, [celsius]), aWindow(8, [none]), aWindow(9, [none])];
    expect(said(routed(windows, [], 0).steps)).toEqual([['opened', 1]]);
    const rejected: Incident = {
      model: 'm',
      id: 'd',
      kind: 'dataset-rejected',
      status: 'open',
      summary: '',
      subject: '',
      openedAt: AT,
    };
    expect(routed(windows.slice(1), [rejected]).steps).toEqual([]);
  });
});

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

describe('a spoiled window', () => {
  const july = { version: 1, start: '2013-07-01T00:00:00.000Z' };
  const [opened] = routed([aWindow(7, [celsius])]).incidents as [Incident];
  const closed: Incident = { ...opened, status: 'closed' };

  it('is one while its incident is open and after, unless who closed it kept it', () => {
    expect([opened, closed].map((incident) => isSpoiled([incident], july))).toEqual([true, true]);
    expect(isSpoiled([{ ...closed, keepWindows: true }], july)).toBe(false);
    expect(isSpoiled([closed], { ...july, version: 2 })).toBe(false);
  });

  it('is not learned from, in whichever revision it was exported', () => {
    const exported = (uploadId: string) =>
      aDataset({ id: uploadId, uploadId, origin: 'labelled-predictions' });
    const datasets = [
      aDataset(),
      exported('window-20130701T00-v1'),
      exported('window-20130701T00-v1-r2'),
      exported('window-20130801T00-v1'),
    ];
    expect(withoutSpoiled(datasets, [closed]).map(({ uploadId }) => uploadId)).toEqual([
      'u1',
      'window-20130801T00-v1',
    ]);
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
