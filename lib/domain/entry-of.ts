/**
 * What a record has under a name that people chose: a column may be called `constructor`, which every object has of its own kind.
 *
 * @returns undefined where the record has no entry of that name
 * @example entryOf({}, 'constructor') // undefined, where {}['constructor'] is a function
 */
export function entryOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
