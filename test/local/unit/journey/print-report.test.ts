import { describe, expect, it } from 'vitest';
import { printReport } from '../../../../local/journey/print-report.ts';
import { minutes, summary } from '../../../../local/journey/summary.ts';
import { shortId, timelineLines } from '../../../../local/journey/timeline.ts';
import { aDecision, aMonth, aReport, aReportedVersion } from './a-report.ts';

const start = { decision: 'start', runId: 'flight-delay-1' } as const;
const suppress = { decision: 'suppress', because: 'too-few-new-labels', detail: '3 have come' } as const;
const WIDTH = 100;

describe('summary', () => {
  it('says which versions came, what became of them and why', () => {
    const { championMetrics: _, ...first } = aReportedVersion(1, { metrics: { auc: 0.6983 } });
    const failedGates = ['auc is 0.6991, wanted at least 0.7124 (champion with margin 0.01)'];
    const rejected = aReportedVersion(3, { outcome: 'rejected', failedGates });
    const lines = summary(aReport({ versions: [first, aReportedVersion(2), rejected] }));
    expect(lines.slice(0, 4)).toEqual([
      'flight-delay: 3 versions in 4 min 2 s, 2 promoted, 1 rejected',
      'version 1 promoted: auc 0.6983 (no champion yet, baseline 0.7000)',
      'version 2 promoted: auc 0.7500 (champion 0.6865, baseline 0.7000)',
      'version 3 rejected: auc is 0.6991, wanted at least 0.7124 (champion with margin 0.01)',
    ]);
  });

  it('counts drift and what the guard made of it', () => {
    const months = [aMonth('2013-04', suppress), aMonth('2013-05', start), aMonth('2013-06')];
    expect(summary(aReport({ months })).slice(2, 4)).toEqual([
      'drift in 3 of 3 months, mattering most input.temp in 3',
      'the guard started 1 retraining and suppressed 1 (too-few-new-labels)',
    ]);
  });

  it('cries out when the ledger does not verify', () => {
    expect(summary(aReport()).at(-1)).toContain('61 entries, chain verified');
    expect(summary(aReport({ ledger: { entries: 61, verified: false } })).at(-1)).toContain('CHAIN BROKEN');
  });
});

describe('minutes', () => {
  it('leaves minutes out below one', () => {
    expect([minutes(59.4), minutes(59.6), minutes(481.3)]).toEqual(['59 s', '1 min 0 s', '8 min 1 s']);
  });
});

describe('timelineLines', () => {
  const said = (action: string, subject: string, facts: Record<string, unknown>) =>
    timelineLines(aDecision(action, subject, facts), 'auc', WIDTH).map((line) => line.slice(40));

  it('begins with number, time of day and action', () => {
    expect(
      timelineLines(aDecision('champion-changed', 'version/1', { kind: 'promotion' }), 'auc', WIDTH),
    ).toEqual(['    7  15:08:59  champion-changed       version/1: promotion']);
  });

  it('tells the range a run learns from and the one it is judged on, in event time', () => {
    const facts = {
      from: '2013-03-31T23:00:00.001Z',
      holdoutFrom: '2013-05-10T23:00:00.001Z',
      to: '2013-05-31T23:00:00.001Z',
      trigger: { kind: 'drift' },
    };
    expect(said('run-started', 'run/r', facts).join(' ')).toBe(
      'run/r: for a drift, learns from 2013-03-31, is judged on 2013-05-10 to 2013-05-31',
    );
  });

  it('names the gates that failed, or else the metric', () => {
    const gates = [
      { verdict: 'pass', reason: 'fine' },
      { verdict: 'fail', reason: 'auc is 0.6, wanted 0.7' },
    ];
    const metrics = { auc: 0.6 };
    expect(said('run-evaluated', 'run/r', { outcome: 'rejected', gates, metrics })).toEqual([
      'run/r: rejected, auc is 0.6, wanted 0.7',
    ]);
    expect(
      said('run-evaluated', 'run/r', { outcome: 'approved', gates: gates.slice(0, 1), metrics }),
    ).toEqual(['run/r: approved, auc 0.6000']);
  });

  it('says why a retraining was suppressed', () => {
    expect(said('retraining-suppressed', 'signal/s', suppress)).toEqual([
      'signal/s: too-few-new-labels, 3 have come',
    ]);
  });

  it('shows a decision it knows nothing more of by its subject', () => {
    expect(said('token-issued', 'token/abc', { name: 'amir' })).toEqual(['token/abc']);
  });
});

describe('shortId', () => {
  it('cuts hashes and midnights, not ids that are short', () => {
    expect(shortId(`dataset/${'0123456789ab'.repeat(5)}`)).toBe('dataset/0123456789ab');
    expect(shortId('window/2013-04-01T00:00:00.000Z-v1')).toBe('window/2013-04-01-v1');
    expect(shortId('run/flight-delay-0e3bcf8e0f8d')).toBe('run/flight-delay-0e3bcf8e0f8d');
  });
});

describe('printReport', () => {
  it('sets what the guard answered beside each month', () => {
    const months = [aMonth('2013-04', suppress), aMonth('2013-05', start), aMonth('2013-06')];
    const lines = printReport(aReport({ months })).split('\n');
    const at = lines.indexOf('Months');
    expect(lines.slice(at + 1, at + 5)).toEqual([
      '  month    version    rows  verdict     auc  matters most       the guard',
      '  2013-04        1  27,587  drifted  0.6281  input.temp 2.33 σ  too-few-new-labels',
      '  2013-05        1  27,587  drifted  0.6281  input.temp 2.33 σ  starts a run',
      '  2013-06        1  27,587  drifted  0.6281  input.temp 2.33 σ  not asked',
    ]);
  });

  it('shortens a drift alert to what happened, and no other alert', () => {
    const sentence = 'Version 4 of m was rejected: auc is 0.6; wanted 0.7. The version in service stays.';
    const drift =
      'What version 1 of m is asked has drifted in the window 2013-04-01 to 2013-05-01: 19 of 38 columns drifted: input.temp moved 2.33 σ; input.dewp moved 0.94 σ.';
    const alert = { severity: 'warning', link: '' };
    const printed = printReport(
      aReport({
        alerts: [
          { ...alert, sentence: drift },
          { ...alert, sentence },
        ],
      }),
      200,
    );
    expect(printed).toContain('2013-05-01: 19 of 38 columns drifted.\n');
    expect(printed).toContain(`warning   ${sentence}\n`);
  });

  it('counts what of the lineage it does not name', () => {
    const nodes = [1, 2, 3, 4, 5, 6].map((n) => ({ kind: 'object' as const, id: `m/u/${n}` }));
    const lineage = { prediction: 'p', graph: { nodes, edges: [], truncated: false } };
    expect(printReport(aReport({ lineage }))).toContain(
      'object      m/u/1, m/u/2, m/u/3, m/u/4 and 2 more\n',
    );
  });

  it('keeps to the width', () => {
    const failedGates = [`auc is 0.6, ${'wanted more '.repeat(20)}`];
    const versions = [aReportedVersion(1, { outcome: 'rejected', failedGates })];
    const lines = printReport(aReport({ versions, months: [aMonth('2013-04', suppress)] }), WIDTH).split(
      '\n',
    );
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(WIDTH);
  });
});
