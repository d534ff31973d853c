import type { Label } from '../../bin/mooring/answers.ts';
import type { Client } from '../../bin/mooring/client.ts';
import type { FlightRow } from './flight-rows.ts';
import type { Progress } from './progress.ts';
import { must } from './step-error.ts';

const ROWS_PER_CALL = 500;
const LABELS_PER_CALL = 5000;
/** Calls under way at once: enough to keep a laptop's two cores busy. */
const CALLERS = 3;
/** Share of labels that are sent twice, as queues do. */
const REPEATED_LABELS = 0.05;

export interface Flights {
  readonly model: string;
  readonly label: string;
  readonly id: string;
  readonly time: string;
}

export interface Served {
  readonly calls: number;
  readonly lastPrediction: string;
}

/** Sends rows through predict in event-time order; every answer must be logged. */
export async function predictAll(
  app: Client,
  { model, label }: Flights,
  rows: readonly FlightRow[],
  { singleRows, progress }: { readonly singleRows: number; readonly progress: Progress },
): Promise<Served> {
  const batches = inBatches(rows, singleRows).values();
  let sent = 0;
  let calls = 0;
  let lastPrediction = '';
  const caller = async (): Promise<void> => {
    for (const batch of batches) {
      const { predictions, logged } = await app.predict(
        model,
        batch.map((row) => without(row, label)),
      );
      must(
        predictions.length === batch.length,
        `predict must answer every row, got ${predictions.length} of ${batch.length}`,
      );
      must(logged, 'predict must answer logged: true while the queue is up, got false');
      sent += batch.length;
      calls += 1;
      lastPrediction = predictions.at(-1)?.predictionId ?? lastPrediction;
      progress.status(
        `${sent.toLocaleString('en')} of ${rows.length.toLocaleString('en')} flights predicted`,
      );
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return { calls, lastPrediction };
}

/** Sends the labels of rows out of order, and some of them twice. */
export async function labelAll(app: Client, flights: Flights, rows: readonly FlightRow[]): Promise<number> {
  const labels = rows.map((row) => labelOf(row, flights));
  const repeated = labels.filter((_, i) => i % Math.round(1 / REPEATED_LABELS) === 0);
  const shuffled = shuffle([...labels, ...repeated]);
  for (let i = 0; i < shuffled.length; i += LABELS_PER_CALL) {
    const part = shuffled.slice(i, i + LABELS_PER_CALL);
    const { accepted, errors } = await app.sendLabels(flights.model, part);
    must(
      accepted === part.length,
      `labels must all be accepted, got ${accepted} of ${part.length}: ${errors[0]?.message}`,
    );
  }
  return shuffled.length;
}

function inBatches(rows: readonly FlightRow[], singleRows: number): (readonly FlightRow[])[] {
  const singles = rows.slice(0, singleRows).map((row) => [row]);
  const rest = rows.slice(singleRows);
  const batches = Array.from({ length: Math.ceil(rest.length / ROWS_PER_CALL) }, (_, i) =>
    rest.slice(i * ROWS_PER_CALL, (i + 1) * ROWS_PER_CALL),
  );
  return [...singles, ...batches];
}

function labelOf(row: FlightRow, { label, id, time }: Flights): Label {
  return { id: String(row[id]), eventTime: String(row[time]), label: row[label] as boolean };
}

function without(row: FlightRow, column: string): FlightRow {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== column));
}

/** Fisher-Yates with a fixed seed (mulberry32): out of order, and the same order every time. */
function shuffle<T>(items: T[]): T[] {
  let state = 20131101;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j] as T, items[i] as T];
  }
  return items;
}
