import { describe, expect, it } from 'vitest';
import { newLabels, planRun, type RunRequest } from '../../../lib/domain/training/run-plan.ts';
import { AT, aDataset, aSpec } from '../../support/a-model.ts';

const REQUEST: RunRequest = {
  model: 'churn',
  spec: aSpec(),
  specHash: 's1',
  datasets: [aDataset()],
  trigger: { kind: 'person', token: 't1' },
  request: 'key-1',
  at: AT,
};

const month = (n: number, more = {}) =>
  aDataset({
    id: `d${n}`,
    from: `2026-${String(n).padStart(2, '0')}-01T00:00:00.000Z`,
    to: `2026-${String(n).padStart(2, '0')}-28T00:00:00.000Z`,
    ...more,
  });

function planned(more: Partial<RunRequest> = {}) {
  const plan = planRun({ ...REQUEST, ...more });
  if (!plan.planned) throw new Error(plan.reason);
  return plan.run;
}

describe('planRun', () => {
  it('reads up to just after the newest row and holds out the newest days', () => {
    expect(planned()).toMatchObject({
      from: '2026-08-03T00:00:00.000Z',
      holdoutFrom: '2026-10-18T00:00:00.000Z',
      to: '2026-11-01T00:00:00.000Z',
      status: 'running',
      attempt: 1,
      startedAt: AT,
    });
  });

  it('reads up to its knowledge time, however new the newest row says it is', () => {
    const datasets = [aDataset({ to: '9999-12-31T00:00:00.000Z' })];
    expect(planned({ datasets })).toMatchObject({ to: AT, holdoutFrom: '2026-11-10T12:00:00.000Z' });
  });

  it('names every accepted dataset with rows in the range, and no other', () => {
    const datasets = [
      month(10),
      month(9),
      month(8),
      month(7),
      month(6),
      month(9, { id: 'bad', status: 'rejected' }),
    ];
    // Ninety days before 28 October are from 30 July on.
    expect(planned({ datasets }).datasets).toEqual(['d10', 'd8', 'd9']);
  });

  it('leaves out, by name, what lacks a column that the spec lets not be null', () => {
    const schema = [
      { name: 'at', type: 'TIMESTAMP' },
      { name: 'left', type: 'BOOLEAN' },
    ];
    const whole = { schema: [...schema, { name: 'age', type: 'DOUBLE' }] };
    const datasets = [month(8, whole), month(9, { schema }), month(10, whole), month(3, { schema })];
    expect(planned({ datasets })).toMatchObject({
      datasets: ['d10', 'd8'],
      leftOut: [{ column: 'age', datasets: 1, dataset: 'd9' }],
    });
    expect(planRun({ ...REQUEST, datasets: [month(9, { schema })] })).toMatchObject({
      planned: false,
      reason: expect.stringMatching(/; dataset d9 lacks column age, .* upload data that has it, or make it/),
    });
    const golden = { ...aSpec(), evaluation: { ...aSpec().evaluation, golden: 'd9' } };
    expect(planRun({ ...REQUEST, spec: golden, datasets })).toMatchObject({
      planned: false,
      reason: expect.stringContaining('cannot judge; dataset d9 lacks column age'),
    });
  });

  it('reads what was known at the run’s start, or at the time that the caller says, and records it', () => {
    const datasets = [month(8), month(9), month(10, { createdAt: '2026-11-24T12:00:00.001Z' })];
    expect(planned({ datasets })).toMatchObject({ asOf: AT, datasets: ['d8', 'd9'] });
    const known = [month(8), month(9), month(10, { createdAt: '2026-11-01T00:00:00.000Z' })].map((d) => ({
      ...d,
      createdAt: d.createdAt === AT ? '2026-10-01T00:00:00.000Z' : d.createdAt,
    }));
    const asOf = '2026-10-15T00:00:00.000Z';
    expect(planned({ datasets: known, asOf })).toMatchObject({ asOf, datasets: ['d8', 'd9'] });
  });

  it('never reads the golden set, and does not start without it', () => {
    const spec = aSpec();
    const golden = { ...spec, evaluation: { ...spec.evaluation, golden: 'd9' } };
    const datasets = [month(8), month(9), month(10)];
    expect(planned({ datasets, spec: golden }).datasets).toEqual(['d10', 'd8']);
    const plan = planRun({ ...REQUEST, datasets: [month(8), month(10)], spec: golden });
    expect(plan).toMatchObject({
      planned: false,
      reason: 'model churn has no accepted dataset d9, which evaluation.golden names',
    });
  });

  it('ends where the caller says', () => {
    const run = planned({ datasets: [month(8), month(9), month(10)], to: '2026-09-15T00:00:00.000Z' });
    expect(run).toMatchObject({ holdoutFrom: '2026-09-01T00:00:00.000Z', datasets: ['d8', 'd9'] });
  });

  it('gives one id to one request, whatever has come since, and another to another', () => {
    const { id } = planned({ datasets: [month(9), month(10)] });
    expect(id).toMatch(/^churn-[0-9a-f]{12}$/);
    const later = {
      datasets: [month(10), month(9), month(8)],
      specHash: 's2',
      at: '2027-01-01T00:00:00.000Z',
    };
    expect(planned(later).id).toBe(id);
    expect(planned({ request: 'key-2' }).id).not.toBe(id);
  });

  it('leaves room in its id for the longest name of a job', () => {
    const { id } = planned({ model: 'm'.repeat(30) });
    expect(`${id}-base-99-9-t`.length).toBeLessThanOrEqual(63);
  });

  it.each([
    ['no dataset', { datasets: [] }, 'has no accepted dataset with event times yet'],
    [
      'no event times',
      { datasets: [aDataset({ from: undefined, to: undefined } as never)] },
      'with event times yet',
    ],
    [
      'nothing to learn from',
      { datasets: [month(10, { from: '2026-10-20T00:00:00.000Z' })] },
      'with rows from',
    ],
    [
      'more than its item can name',
      { datasets: Array.from({ length: 5001 }, (_, i) => aDataset({ id: `d${i}` })) },
      'has 5001 accepted datasets with rows from 2026-08-03T00:00:00.000Z on, of which a run may read 5000',
    ],
    ['nothing to hold out', { datasets: [month(8)], to: '2026-10-01T00:00:00.000Z' }, 'to hold out'],
  ])('says why with %s', (_, more, reason) => {
    const plan = planRun({ ...REQUEST, ...more });
    expect(plan).toMatchObject({ planned: false });
    expect(plan.planned ? '' : plan.reason).toContain(reason);
  });
});

describe('newLabels', () => {
  it('counts all rows when nothing was learned yet', () => {
    expect(newLabels([month(9, { rows: 5 }), month(10, { rows: 7 })], undefined)).toBe(12);
  });

  it('counts datasets that begin later whole, and those that end before not at all', () => {
    const datasets = [month(8, { rows: 5 }), month(10, { rows: 7 })];
    expect(newLabels(datasets, '2026-09-01T00:00:00.000Z')).toBe(7);
    expect(newLabels(datasets, '2026-10-28T00:00:00.000Z')).toBe(0);
  });

  it('spreads the rows of a dataset evenly over its range', () => {
    const dataset = aDataset({ rows: 100, from: '2026-11-01T00:00:00.000Z', to: '2026-11-05T00:00:00.000Z' });
    expect(newLabels([dataset], '2026-11-04T00:00:00.000Z')).toBe(25);
  });

  it('counts a window that was exported twice once', () => {
    const export1 = { origin: 'labelled-predictions', uploadId: 'window-20260901T00-v1', rows: 5 } as const;
    const again = { ...export1, uploadId: 'window-20260901T00-v1-r2', rows: 6 };
    expect(newLabels([month(9, export1), month(9, again)], undefined)).toBe(6);
    const spoiled = [{ version: 1, start: '2026-09-01T00:00:00.000Z' }];
    expect(newLabels([month(9, export1), month(9, again)], undefined, { spoiled })).toBe(0);
  });

  it('counts rejected datasets not at all', () => {
    expect(newLabels([month(10, { status: 'rejected' })], undefined)).toBe(0);
  });
});
