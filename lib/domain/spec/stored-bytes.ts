/** A spec is one item of the table, which takes 400 KiB with the keys and names around it. */
const MAX_BYTES = 400_000;

export interface TooLarge {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/**
 * Whether a spec is more than can be stored, said of its largest field: the one to make smaller.
 *
 * @returns undefined when it fits
 * @example tooLarge(aSpec) // undefined
 */
export function tooLarge(spec: object): TooLarge | undefined {
  const bytes = bytesOf(spec);
  if (bytes <= MAX_BYTES) return undefined;
  const { path, value } = largestField(spec, []);
  return {
    path,
    message: `is the largest field, ${bytesOf(value)} bytes; the spec must be at most ${MAX_BYTES} bytes as JSON, got ${bytes}`,
  };
}

interface Field {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** Down to a text, a number or a list of these. */
function largestField(value: object, path: Field['path']): Field {
  const fields = Object.entries(value).map(([key, field]) => ({
    path: [...path, Array.isArray(value) ? Number(key) : key],
    value: field as unknown,
  }));
  const [largest] = fields.sort((a, b) => bytesOf(b.value) - bytesOf(a.value));
  if (largest === undefined) return { path, value };
  if (isObject(largest.value)) return largestField(largest.value, largest.path);
  return Array.isArray(value) ? { path, value } : largest;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}
