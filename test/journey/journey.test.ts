import { type ExecutionListItem, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { allOf } from '../../bin/mooring/client.ts';
import { waitFor } from '../../bin/mooring/wait-for.ts';
import { SHORT_YEAR } from '../../local/journey/calendar.ts';
import { usePlayedJourney } from '../support/play-journey.ts';

const journey = usePlayedJourney(SHORT_YEAR);

/** A flight of the month that is still open. */
const row = {
  flight_id: 'rehearsal',
  time_hour: '2013-12-02T12:00:00Z',
  carrier: 'UA',
  origin: 'EWR',
  dest: 'IAH',
  sched_dep_time: 700,
  sched_arr_time: 1030,
  distance: 1400,
  temp: 41,
  dewp: 33.1,
  humid: 73,
  wind_dir: 250,
  wind_speed: 9.2,
  wind_gust: null,
  precip: 0,
  pressure: 1014.2,
  visib: 10,
  plane_year: 1999,
  plane_manufacturer: 'BOEING',
  plane_seats: 149,
};

const outcomes = () => journey().report.versions.map((v) => v.outcome);
const decisions = (action: string) => journey().report.decisions.filter((d) => d.action === action);

const WEATHER =
  /^(input|feature)\.(temp|temperature|dewp|dew_point|humid|pressure|precip|visib|wind_(dir|speed|gust))$/;

describe('the journey', () => {
  it('promotes the first version and at least one challenger after it', () => {
    expect(outcomes()[0]).toBe('promoted');
    expect(outcomes().slice(1)).toContain('promoted');
  });

  it('rejects at least one challenger against the champion on the same holdout, by the gate’s own numbers', () => {
    const rejected = journey().report.versions.filter((v) => v.outcome === 'rejected');
    expect(rejected.length).toBeGreaterThanOrEqual(1);
    for (const { metrics, championMetrics } of rejected)
      expect(metrics.auc).toBeLessThan((championMetrics?.auc ?? Number.NaN) + 0.01);
  });

  it('promotes only what beat the champion by the margin', () => {
    const after = journey().report.versions.filter((v) => v.outcome === 'promoted' && v.championMetrics);
    for (const { metrics, championMetrics } of after)
      expect(metrics.auc).toBeGreaterThanOrEqual((championMetrics?.auc ?? Number.NaN) + 0.01);
  });

  it('scores every closed month and explains its drift, weather first', () => {
    const { months } = journey().report;
    expect(months.map((m) => m.month)).toEqual(SHORT_YEAR.servedMonths.slice(0, -1));
    for (const { drift } of months) {
      // The first is what matters most to the model among what moved; what moved farthest is the season's temperature.
      expect(drift[0]?.columns[0]?.column).toMatch(WEATHER);
      expect(drift[0]?.explanation).toMatch(/(input|feature)\.(temp|temperature|dewp|dew_point) moved/);
    }
  });

  it('measures quality once the labels of a month are in', () => {
    for (const { quality } of journey().report.months) {
      expect(quality.reduce((sum, q) => sum + q.labelled, 0)).toBe(
        quality.reduce((sum, q) => sum + q.rows, 0),
      );
      expect(quality[0]?.metrics.auc).toBeGreaterThan(0.5);
    }
  });

  it('starts runs through the guard, and says why where it starts none', () => {
    const answers = journey().report.months.flatMap((m) => (m.signal ? [m.signal.answer] : []));
    expect(answers.filter((a) => a.decision === 'start').length).toBe(outcomes().length - 1);
    const suppressed = answers.filter((a) => a.decision === 'suppress');
    expect(suppressed.map((a) => a.because)).toContain('too-few-new-labels');
    expect(decisions('retraining-suppressed')).toHaveLength(suppressed.length);
  });

  it('rejects every broken copy with reasons and accepts what is good', () => {
    const { rejections } = journey().report;
    expect(rejections.map((r) => r.fault)).toEqual(['other-units', 'missing-column', 'unknown-type']);
    expect(decisions('dataset-rejected')).toHaveLength(3);
    expect(decisions('dataset-accepted').length).toBe(1 + decisions('window-exported').length);
  });

  it('traces a prediction to its version, run, datasets, code and raw objects', () => {
    const kinds = new Set(journey().report.lineage.graph.nodes.map((n) => n.kind));
    for (const kind of ['version', 'run', 'spec', 'features', 'code', 'image', 'dataset', 'object'] as const)
      expect(kinds).toContain(kind);
  });

  it('sends an alert for drift, an approval that waits, a rejected dataset and a rejected challenger', () => {
    const sentences = journey().report.alerts.map((a) => a.sentence);
    for (const said of [
      /drifted/,
      /waits for approval/,
      /was rejected: .*stay where they are/,
      /was rejected: .*champion/,
    ])
      expect(sentences.some((sentence) => said.test(sentence))).toBe(true);
  });

  it('reports in the agreed fields, whatever else it adds', () => {
    const { ok, durations, versions, decisions: made, ledger } = JSON.parse(JSON.stringify(journey().report));
    expect(ok).toBe(true);
    expect(Object.values(durations).every((seconds) => typeof seconds === 'number')).toBe(true);
    for (const version of versions)
      expect(version).toMatchObject({
        model: 'flight-delay',
        number: expect.any(Number),
        outcome: expect.stringMatching(/^(promoted|rejected|failed)$/),
        metrics: { auc: expect.any(Number) },
      });
    expect(made.length).toBe(ledger.entries);
  });

  it('verifies the ledger', () => {
    const { ledger, decisions: all, ok } = journey().report;
    expect(ledger).toEqual({ entries: all.length, verified: true });
    expect(ok).toBe(true);
  });

  it('rolls back to the previous champion, whose endpoint was kept for it', async () => {
    const { people, report } = journey();
    const before = await people.admin.model(report.model);
    const released = await people.operator.rollback(report.model, { reason: 'a rehearsal' });
    expect(released.version).toBe(before.previousChampion);
    expect((await people.admin.model(report.model)).champion).toBe(before.previousChampion);
    const served = await waitFor(
      () => people.app.predict(report.model, [row]),
      ({ version }) => version === before.previousChampion,
      { timeoutSeconds: 30, everyMs: 500, what: 'predictions by the version rolled back to' },
    );
    expect(served.predictions[0]?.predictionId).toMatch(new RegExp(`^${before.previousChampion}-`));
    expect((await people.scientist.verifyLedger(report.model)).verified).toBe(true);
  });

  it('is looked at by its schedule too: a tick starts the monitoring machine, which finds nothing new', async () => {
    const { people, report } = journey();
    const { spec } = await people.admin.model(report.model);
    const began = new Date();
    await people.scientist.applySpec(report.model, {
      ...spec,
      monitoring: { ...spec.monitoring, schedule: 'rate(1 minute)' },
    });
    const [tick] = await waitFor(
      () => monitoringSince(began),
      (ticks) => ticks.some((execution) => execution.status !== 'RUNNING'),
      { timeoutSeconds: 180, everyMs: 1000, what: 'a tick of the monitoring schedule' },
    );
    expect(tick?.status).toBe('SUCCEEDED');
    const scored = (await allOf((page) => people.scientist.ledger(report.model, page))).filter(
      (entry) => entry.action === 'window-scored',
    );
    expect(scored).toHaveLength(decisions('window-scored').length);
  }, 240_000);
});

async function monitoringSince(began: Date): Promise<readonly ExecutionListItem[]> {
  const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:mooring-local-monitoring';
  const { executions = [] } = await new SFNClient().send(new ListExecutionsCommand({ stateMachineArn }));
  return executions.filter(({ startDate }) => startDate !== undefined && startDate >= began);
}
