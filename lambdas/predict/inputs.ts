import { eventTimeOf } from '../../lib/domain/predictions/event-time.ts';
import { inputColumns, type ModelSpec } from '../../lib/domain/spec.ts';
import type { Row } from '../../lib/engine/result-rows.ts';

/** The rows with every column of the spec, what is missing as null, and times as ISO 8601 UTC. */
export function inputsOf(rows: readonly Row[], spec: ModelSpec): readonly Row[] {
  const columns = inputColumns(spec);
  return rows.map((row) => {
    const input: Row = {};
    for (const { name, type } of columns) {
      const value = row[name] ?? null;
      input[name] = type === 'timestamp' && value !== null ? eventTimeOf(value) : value;
    }
    return input;
  });
}
