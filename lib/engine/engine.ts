import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type Row, readRows, rowsOf } from './result-rows.ts';
import { openLocked } from './sandbox.ts';
import { quoteString } from './sql-text.ts';

export interface EngineOptions {
  /** DuckDB's buffer limit; aggregates' own states come on top, so leave the process twice as much. */
  readonly memoryMb?: number;
  readonly threads?: number;
  /** Where large sorts spill. */
  readonly tempDirectory?: string;
}

/** Of a Parquet file: `zstd`, the default, is what is kept; `snappy` costs less time and is for what is read once and thrown away. */
export type ParquetCompression = 'zstd' | 'snappy';

export type Parameters = Readonly<Record<string, string | number | boolean | null>>;

/**
 * One DuckDB for a process: reads and writes local files by our own SQL. A user's SQL runs in `locked` or in the sandbox; here only the
 * condition of a row that was checked before.
 */
export interface Engine {
  /** Rows as plain values: numbers, booleans, strings, null; timestamps as ISO 8601 UTC. Parameters are `$name`. */
  query<T = Row>(sql: string, parameters?: Parameters): Promise<T[]>;
  /** Writes the rows of a query to a `.parquet`, `.jsonl` or `.jsonl.gz` file; how many. */
  copy(sql: string, output: string, compression?: ParquetCompression): Promise<number>;
  connect(): Promise<DuckDBConnection>;
  /** Its own instance, which can touch these files and no others; nothing in it can widen that. */
  locked(paths: readonly string[]): Promise<LockedEngine>;
  close(): void;
}

export interface LockedEngine extends Pick<Engine, 'query' | 'copy'> {
  readonly connection: DuckDBConnection;
  close(): void;
}

export async function openEngine(options: EngineOptions = {}): Promise<Engine> {
  const settings = engineSettings(options);
  const instance = await DuckDBInstance.create(':memory:', settings);
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    ...statements(connection),
    async connect() {
      const own = await instance.connect();
      await own.run("SET TimeZone = 'UTC'");
      return own;
    },
    async locked(paths) {
      const { connection: own, close } = await openLocked(settings, paths);
      return { connection: own, ...statements(own), close };
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function statements(connection: DuckDBConnection): Pick<Engine, 'query' | 'copy'> {
  return {
    async query<T>(sql: string, parameters?: Parameters) {
      return (await readRows(connection, sql, parameters)) as T[];
    },
    copy: (sql, output, compression) => copyTo(connection, sql, output, compression),
  };
}

function engineSettings(options: EngineOptions): Record<string, string> {
  return {
    memory_limit: `${options.memoryMb ?? 512}MB`,
    threads: String(options.threads ?? 1),
    temp_directory: options.tempDirectory ?? join(tmpdir(), `mooring-engine-${process.pid}`),
    // It answers from what a file held before, when another of its name and size is written within the same moment.
    enable_external_file_cache: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  };
}

async function copyTo(
  connection: DuckDBConnection,
  sql: string,
  output: string,
  compression: ParquetCompression = 'zstd',
): Promise<number> {
  const format = output.endsWith('.parquet')
    ? `FORMAT parquet, COMPRESSION ${compression}`
    : `FORMAT json, ARRAY false${output.endsWith('.gz') ? ', COMPRESSION gzip' : ''}`;
  // Without a temporary file beside it, which a locked engine may not write.
  const result = await connection.run(
    `COPY (${sql}) TO ${quoteString(output)} (${format}, USE_TMP_FILE false)`,
  );
  const [row] = await rowsOf(result);
  return row?.Count as number;
}
