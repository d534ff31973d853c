import type { ModelSpec } from '../spec.ts';

/** The units of measure of a model's columns, as its spec names them; a feature of the same name has its input's. */
export function columnUnits(spec: ModelSpec): Readonly<Record<string, string>> {
  const units = spec.schema.columns.flatMap(({ name, unit }) =>
    unit === undefined
      ? []
      : [
          [`input.${name}`, unit],
          [`feature.${name}`, unit],
        ],
  );
  return Object.fromEntries(units);
}
