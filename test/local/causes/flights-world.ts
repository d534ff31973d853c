import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSpecFile } from '../../../bin/mooring/spec-file.ts';
import type { FoundCause } from '../../../lib/domain/causes/cause.ts';
import { causesOf } from '../../../lib/domain/causes/causes-of.ts';
import type { CauseQuestion, RowsServed, WindowPart } from '../../../lib/domain/causes/question.ts';
import { windowOf } from '../../../lib/domain/data/windows.ts';
import { scoreProfiles } from '../../../lib/domain/drift/score-profiles.ts';
import type { Binning } from '../../../lib/domain/profile/binning.ts';
import { mergeProfiles } from '../../../lib/domain/profile/merge-profiles.ts';
import { emptyProfile, type Profile } from '../../../lib/domain/profile/profile.ts';
import { profiledColumns } from '../../../lib/domain/profile/profiled-columns.ts';
import { inputColumns, type ModelSpec, specSchema } from '../../../lib/domain/spec.ts';
import { type Engine, openEngine } from '../../../lib/engine/engine.ts';
import { profileFile } from '../../../lib/engine/profile/profile-file.ts';
import { proposeBinning } from '../../../lib/engine/profile/propose-binning.ts';
import { STATE_DIR, TRAINER_REQUIREMENTS } from '../../../local/cloud.ts';
import { fetchFlights } from '../../../local/flights.ts';
import { ensureVenv, pythonWithPip } from '../../../local/python.ts';

/** A SELECT list that replaces columns of a month, or a condition that leaves rows out; `again` repeats the rows of a day. */
export interface Fault {
  readonly replace?: string;
  readonly where?: string;
  readonly again?: string;
}

/** The flights as a version that learned from January to March sees them: profiles of days, by the engine. */
export class FlightsWorld {
  readonly #folder: string;
  readonly #dir: string;
  readonly #engine: Engine;
  readonly #spec: ModelSpec;
  readonly #binning: Binning;
  readonly #months = new Map<string, Promise<readonly WindowPart[]>>();
  #files = 0;

  private constructor(all: {
    folder: string;
    dir: string;
    engine: Engine;
    spec: ModelSpec;
    binning: Binning;
  }) {
    this.#folder = all.folder;
    this.#dir = all.dir;
    this.#engine = all.engine;
    this.#spec = all.spec;
    this.#binning = all.binning;
  }

  static async open(): Promise<FlightsWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'flights-causes-'));
    const python = await pythonWithPip(await ensureVenv('trainer', TRAINER_REQUIREMENTS));
    const { dir } = await fetchFlights({ python, dataDir: join(STATE_DIR, 'data') });
    const engine = await openEngine();
    const file = join(import.meta.dirname, '../../../examples/flights/model.yaml');
    const spec = specSchema.parse((await readSpecFile(file)).spec);
    const learned = join(folder, 'learned.parquet');
    await engine.copy(`SELECT ${asInputs(spec)} FROM read_parquet('${dir}/2013-0[123].parquet')`, learned);
    const binning = await proposeBinning({ file: learned, columns: profiledColumns(spec, []) }, engine);
    return new FlightsWorld({ folder, dir, engine, spec, binning });
  }

  async close(): Promise<void> {
    this.#engine.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** The days of a month as they were. */
  month(month: number): Promise<readonly WindowPart[]> {
    const name = nameOf(month);
    const known = this.#months.get(name) ?? this.#days(name, {});
    this.#months.set(name, known);
    return known;
  }

  /** What is found behind a month with a fault, after the months that were served well since April. */
  async causes(month: number, fault: Fault = {}): Promise<readonly FoundCause[]> {
    return causesOf(await this.question(month, fault));
  }

  async question(month: number, fault: Fault = {}): Promise<CauseQuestion> {
    const parts =
      Object.keys(fault).length === 0 ? await this.month(month) : await this.#days(nameOf(month), fault);
    const learned = (await Promise.all([1, 2, 3].map((m) => this.month(m)))).flat();
    const served = await Promise.all(
      Array.from({ length: Math.max(0, month - 4) }, (_, i) => this.month(i + 4)),
    );
    const { start, end } = windowOf(`${nameOf(month)}-15T00:00:00Z`, 'month');
    const reference = this.#together(learned);
    const profile = this.#together(parts);
    const { drift } = this.#spec.monitoring;
    const score = scoreProfiles({ reference, window: profile, binning: this.#binning, drift });
    return {
      window: { start, end, rows: profile.rows, ...score },
      profile,
      parts,
      reference,
      former: served.slice(-6).map((days) => this.#together(days)),
      formerParts: served
        .flat()
        .slice(-28)
        .map((part) => part.profile),
      traffic: {
        unit: 'day',
        now: everyDay(start, end, parts),
        before: served.flat().map(rowsOf).slice(-56),
      },
      findings: [],
      columns: this.#spec.schema.columns,
      minRows: drift.minRows,
    };
  }

  #together(parts: readonly WindowPart[]): Profile {
    return parts.map((part) => part.profile).reduce(mergeProfiles, emptyProfile(this.#binning));
  }

  async #days(name: string, { replace, where = 'true', again }: Fault): Promise<readonly WindowPart[]> {
    const rows = `SELECT *${replace ? ` REPLACE (${replace})` : ''} FROM read_parquet('${this.#dir}/${name}.parquet') WHERE ${where}`;
    const twice = again ? ` UNION ALL (SELECT * FROM (${rows}) WHERE ${again})` : '';
    const month = join(this.#folder, `${name}-${this.#files++}.parquet`);
    await this.#engine.copy(`SELECT time_hour, ${asInputs(this.#spec)} FROM (${rows}${twice})`, month);
    const dates = await this.#engine.query<{ date: string }>(
      `SELECT DISTINCT strftime(time_hour, '%Y-%m-%d') AS date FROM read_parquet('${month}') ORDER BY 1`,
    );
    const parts: WindowPart[] = [];
    for (const { date } of dates) {
      const file = join(this.#folder, `day-${this.#files++}.parquet`);
      await this.#engine.copy(
        `SELECT * EXCLUDE (time_hour) FROM read_parquet('${month}') WHERE time_hour::DATE = DATE '${date}'`,
        file,
      );
      const profile = await profileFile(
        { file, binning: this.#binning, source: `${month}@${date}` },
        this.#engine,
      );
      const { start, end } = windowOf(`${date}T12:00:00Z`, 'day');
      parts.push({ start, end, object: `compacted/flight-delay/1/${date}.parquet`, profile });
    }
    return parts;
  }
}

function asInputs(spec: ModelSpec): string {
  return inputColumns(spec)
    .map(({ name }) => `${name} AS "input.${name}"`)
    .join(', ');
}

const nameOf = (month: number) => `2013-${String(month).padStart(2, '0')}`;
const rowsOf = (part: WindowPart): RowsServed => ({ start: part.start, rows: part.profile.rows });

function everyDay(from: string, to: string, parts: readonly WindowPart[]): readonly RowsServed[] {
  const days: RowsServed[] = [];
  for (let day = windowOf(from, 'day'); day.start < to; day = windowOf(day.end, 'day'))
    days.push({ start: day.start, rows: parts.find((part) => part.start === day.start)?.profile.rows ?? 0 });
  return days;
}
