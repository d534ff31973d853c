import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { quoteString } from './sql-text.ts';

export interface Locked {
  readonly connection: DuckDBConnection;
  close(): void;
}

/** Limits of one call's features: 500 rows of some kilobytes are far below, a runaway expression is not. */
const SANDBOX_MEMORY = '128MB';

/**
 * An instance without files, network, extensions or settings, for a user's SQL on rows that come with a request. That the SQL
 * is harmless was checked before; this holds when that check has a hole.
 */
export async function openSandbox(): Promise<Locked> {
  const settings = {
    memory_limit: SANDBOX_MEMORY,
    threads: '1',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    temp_directory: '',
    max_temp_directory_size: '0KB',
  };
  return lock(settings, ["SET disabled_filesystems = 'LocalFileSystem'"]);
}

/** An instance that can touch the named files and no others, for a user's SQL over files. */
export async function openLocked(
  settings: Record<string, string>,
  paths: readonly string[],
): Promise<Locked> {
  return lock(settings, [`SET allowed_paths = [${paths.map(quoteString).join(', ')}]`]);
}

// The order matters: external access cannot be narrowed after it is off, and nothing can change after the lock.
async function lock(settings: Record<string, string>, restrictions: readonly string[]): Promise<Locked> {
  const instance = await DuckDBInstance.create(':memory:', settings);
  const connection = await instance.connect();
  const statements = [
    "SET TimeZone = 'UTC'",
    ...restrictions,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ];
  for (const statement of statements) await connection.run(statement);
  return {
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
