import { describe, expect, it } from 'vitest';
import type { FoundCause } from '../../../lib/domain/causes/cause.ts';
import { spoiledWindows } from '../../../lib/domain/causes/spoiled.ts';
import type { Incident } from '../../../lib/domain/registry/incident.ts';
import { AT, aWindow, celsius, none, routed, said } from './routed-windows.ts';

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
