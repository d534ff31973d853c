/** The fixed replay: which months the first model learns from, and which are then served, in event time. */
export interface Calendar {
  readonly trainingMonths: readonly string[];
  readonly servedMonths: readonly string[];
  /** How many of the first served rows go through predict one by one; the others in batches. */
  readonly singleRows: number;
  /** Every how many rows of the served months one is sent: 1 sends all. */
  readonly everyRow: number;
  /** Rows from this event time on are left out: a month needs only `latenessHours` of the next one to close. @default none */
  readonly until?: string;
}

/** A whole year: January to March to learn from, April to December served. */
export const FULL_YEAR: Calendar = {
  trainingMonths: ['2013-01', '2013-02', '2013-03'],
  servedMonths: ['04', '05', '06', '07', '08', '09', '10', '11', '12'].map((month) => `2013-${month}`),
  singleRows: 500,
  everyRow: 1,
};

/** The same year with every fourth flight, up to the first days of December, which close November. */
export const SHORT_YEAR: Calendar = {
  ...FULL_YEAR,
  singleRows: 60,
  everyRow: 4,
  until: '2013-12-03T00:00:00Z',
};
