import type { ModelSpec } from '../../lib/domain/spec.ts';
import type { AlertInbox } from './alerts.ts';
import { bringBrokenMonths, bringGoodMonths } from './bring-data.ts';
import type { Calendar } from './calendar.ts';
import { type FlightRow, flightRows } from './flight-rows.ts';
import { type MonthSeen, monitorMonth } from './monitor-month.ts';
import type { People } from './people.ts';
import type { Progress } from './progress.ts';
import { type JourneyReport, makeReport } from './report.ts';
import { type Step, stepper } from './stepper.ts';
import { type Flights, labelAll, predictAll } from './traffic.ts';
import { ownApprovalIsRefused, seeThrough } from './train-and-release.ts';

/** The spec as people write it: what has a default may be left out. */
export type SpecDocument = Pick<ModelSpec, 'name'> & {
  readonly schema: { readonly label: string; readonly idColumn: string; readonly timeColumn: string };
};

export interface JourneyInput {
  readonly spec: SpecDocument;
  /** Month (`2013-01`) to the path of its raw Parquet file. */
  readonly files: ReadonlyMap<string, string>;
  readonly calendar: Calendar;
  readonly people: People;
  readonly inbox: AlertInbox;
  /** Waits until what was sent is written. */
  readonly settled: () => Promise<void>;
  readonly progress: Progress;
}

/** From raw data to guarded, drift-triggered releases, through the public API alone. */
export async function playJourney(input: JourneyInput): Promise<JourneyReport> {
  const { spec, calendar, people, progress } = input;
  const durations: Record<string, number> = {};
  const step = stepper(progress, durations);
  const model = spec.name;
  const fileOf = (month: string) => input.files.get(month) ?? '';
  const flights: Flights = {
    model,
    label: spec.schema.label,
    id: spec.schema.idColumn,
    time: spec.schema.timeColumn,
  };

  await step('apply the spec', () => people.scientist.applySpec(model, spec));
  await step(`bring ${calendar.trainingMonths.join(', ')}`, () =>
    bringGoodMonths(people.scientist, model, calendar.trainingMonths.map(fileOf), progress),
  );
  const rejections = await step('bring broken copies', () =>
    bringBrokenMonths(people.scientist, model, fileOf(calendar.trainingMonths[0] ?? ''), progress),
  );
  await step('train, approve and release version 1', async () => {
    const run = await people.scientist.startRun(model);
    await ownApprovalIsRefused(people, run, progress);
    await seeThrough(people, run, progress);
  });
  const { months, prediction } = await serveMonths(input, flights, step);
  return step('report', () =>
    makeReport({ model, people, inbox: input.inbox, durations, rejections, months, prediction }),
  );
}

interface Service {
  readonly months: readonly MonthSeen[];
  /** The last one served. */
  readonly prediction: string;
}

/** Serves month after month. A month closes when the next one's first flights come, and is then looked at. */
async function serveMonths(
  { calendar, files, people, settled, progress }: JourneyInput,
  flights: Flights,
  step: Step,
): Promise<Service> {
  const seen: MonthSeen[] = [];
  let open: string | undefined;
  let prediction = '';
  let singleRows = calendar.singleRows;
  for (const month of calendar.servedMonths) {
    prediction = await step(`serve ${month}`, async () => {
      const rows = await flightRows(files.get(month) ?? '', calendar);
      const last = await serve(people, flights, rows, { singleRows, progress });
      await settled();
      return last;
    });
    singleRows = 0;
    const closed = open;
    if (closed !== undefined) {
      const looked = await step(`look at ${closed}`, () =>
        monitorMonth(people.operator, flights.model, closed, progress),
      );
      seen.push(looked);
      await step(`follow up on ${closed}`, () => followUp(looked, people, flights.model, progress));
    }
    open = month;
  }
  return { months: seen, prediction };
}

async function serve(
  people: People,
  flights: Flights,
  rows: readonly FlightRow[],
  { singleRows, progress }: { readonly singleRows: number; readonly progress: Progress },
): Promise<string> {
  const { calls, lastPrediction } = await predictAll(people.app, flights, rows, { singleRows, progress });
  const labels = await labelAll(people.app, flights, rows);
  const count = (n: number) => n.toLocaleString('en');
  progress.note(
    `${count(rows.length)} flights predicted in ${count(calls)} calls, all logged; ${count(labels)} labels sent, out of order`,
  );
  return lastPrediction;
}

/** A run that the guard started is seen through to its end: promoted or rejected. */
async function followUp(month: MonthSeen, people: People, model: string, progress: Progress): Promise<void> {
  const answer = month.signal?.answer;
  if (answer?.decision !== 'start') return;
  const closed = await seeThrough(people, await people.scientist.run(model, answer.runId), progress);
  progress.note(`run ${closed.id} ended: ${closed.outcome}`);
}
