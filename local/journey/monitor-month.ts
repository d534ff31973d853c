import type { Client } from '../../bin/mooring/client.ts';
import { allOf } from '../../bin/mooring/client.ts';
import { waitFor } from '../../bin/mooring/wait-for.ts';
import type { Signal } from '../../lib/domain/registry/signal.ts';
import type { DriftWindow, QualityWindow } from '../../lib/domain/registry/window.ts';
import { driftLine, guardLine, qualityLine, silenceLine } from './month-lines.ts';
import type { Progress } from './progress.ts';
import { must } from './step-error.ts';

const MONITORING_SECONDS = 300;
/** The outbox and the guard answer in seconds. */
const GUARD_SECONDS = 60;

export interface MonthSeen {
  readonly month: string;
  readonly drift: readonly DriftWindow[];
  readonly quality: readonly QualityWindow[];
  /** The guard's answer to the month's drift, if there was any. */
  readonly signal?: Signal;
}

/** Asks for monitoring now and reads what it found about one closed month. */
export async function monitorMonth(
  client: Client,
  model: string,
  month: string,
  progress: Progress,
): Promise<MonthSeen> {
  const { id } = await client.startMonitoring(model);
  const ended = await waitFor(
    () => client.monitoring(model, id),
    (seen) => seen.status !== 'running',
    {
      timeoutSeconds: MONITORING_SECONDS,
      everyMs: 300,
      what: `monitoring of ${month}`,
      onEach: () => progress.status(`scoring ${month}`),
    },
  );
  must(ended.status === 'succeeded', `monitoring ${id} must succeed, got ${ended.status}`);
  const from = `${month}-01T00:00:00.000Z`;
  const { items } = await client.windows(model, { from, to: nextMonth(month) });
  const drift = items.filter((w) => w.kind === 'drift');
  const quality = items.filter((w) => w.kind === 'quality');
  must(drift.length > 0, `${month} must have a scored window once it is closed, got none`);
  for (const window of drift) progress.note(driftLine(window));
  for (const window of quality) progress.note(qualityLine(window));
  const raised = drift.find((w) => w.signal !== undefined)?.signal;
  if (raised === undefined) {
    progress.note(silenceLine(drift));
    return { month, drift, quality };
  }
  const signal = await answerOfGuard(client, model, raised);
  progress.note(guardLine(signal));
  return { month, drift, quality, signal };
}

async function answerOfGuard(client: Client, model: string, id: string): Promise<Signal> {
  const signals = await waitFor(
    () => allOf((page) => client.signals(model, page)),
    (all) => all.some((signal) => signal.id === id),
    { timeoutSeconds: GUARD_SECONDS, everyMs: 200, what: `the guard's answer to ${id}` },
  );
  const answered = signals.find((signal) => signal.id === id);
  must(answered, `the guard must answer ${id}, got nothing`);
  return answered;
}

export function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number)).toISOString();
}
