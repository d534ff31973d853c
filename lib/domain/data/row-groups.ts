import {
  listHeader,
  readStruct,
  type Spanned,
  type ThriftList,
  type ThriftStruct,
  type ThriftValue,
  zigzagVarint,
} from './thrift-compact.ts';

/** A row group of a Parquet file, as its footer names it. */
export interface RowGroup {
  readonly rows: number;
  /** Bytes `startByte` to `endByte - 1` of the file. */
  readonly startByte: number;
  readonly endByte: number;
}

/** Length of the footer's length and of the closing magic. */
export const FOOTER_TAIL_BYTES = 8;

const MAGIC = 'PAR1';

/** Ids of the fields of parquet-format's `parquet.thrift` (2.11). */
const FILE = { rows: 3, rowGroups: 4 } as const;
const GROUP = { columns: 1, rows: 3 } as const;
const CHUNK = { path: 1, meta: 3 } as const;
const META = { compressedBytes: 7, dataPage: 9, indexPage: 10, dictionaryPage: 11 } as const;

/**
 * How many bytes of a Parquet file's end its footer takes, its tail included.
 *
 * @param tail the last 8 bytes
 * @returns undefined when they end no Parquet file
 */
export function footerBytes(tail: Uint8Array): number | undefined {
  if (tail.length !== FOOTER_TAIL_BYTES || Buffer.from(tail.subarray(4)).toString('latin1') !== MAGIC)
    return undefined;
  return Buffer.from(tail).readUInt32LE(0) + FOOTER_TAIL_BYTES;
}

/** The row groups of a file by its footer with its tail. Throws RangeError when it is none. */
export function rowGroupsOf(footer: Uint8Array): readonly RowGroup[] {
  return list(field(readStruct(footer).value, FILE.rowGroups)).items.map(({ value }) => {
    const group = struct(value);
    const chunks = list(field(group, GROUP.columns)).items.map((item) => chunkSpan(struct(item.value)));
    return {
      rows: Number(field(group, GROUP.rows).value),
      startByte: Math.min(...chunks.map((chunk) => chunk.start)),
      endByte: Math.max(...chunks.map((chunk) => chunk.end)),
    };
  });
}

/**
 * The footer of the same file with row groups `first` to `end - 1` only: put at the end of a file whose other bytes are where they
 * were, it makes a Parquet file of those rows.
 */
export function footerOfRange(footer: Uint8Array, first: number, end: number): Uint8Array {
  const file = readStruct(footer);
  const groups = field(file.value, FILE.rowGroups) as Spanned<ThriftList>;
  const kept = list(groups).items.slice(first, end);
  const rows = field(file.value, FILE.rows);
  const count = kept.reduce((sum, item) => sum + Number(field(struct(item.value), GROUP.rows).value), 0);
  const bytes = Buffer.concat([
    footer.subarray(0, rows.start),
    zigzagVarint(count),
    footer.subarray(rows.end, groups.start),
    listHeader(kept.length, groups.value.itemType),
    ...kept.map((item) => footer.subarray(item.start, item.end)),
    footer.subarray(groups.end, file.end),
  ]);
  const tail = Buffer.alloc(FOOTER_TAIL_BYTES, MAGIC, 'latin1');
  tail.writeUInt32LE(bytes.length, 0);
  return Buffer.concat([bytes, tail]);
}

function chunkSpan(chunk: ThriftStruct): { readonly start: number; readonly end: number } {
  if (chunk.has(CHUNK.path)) throw new RangeError('a column chunk lies in its own file, got one in another');
  const meta = struct(field(chunk, CHUNK.meta).value);
  const offsets = [META.dataPage, META.indexPage, META.dictionaryPage]
    .map((id) => Number(meta.get(id)?.value ?? 0))
    // Some writers put 0 for a page that is not there; the magic is at 0.
    .filter((offset) => offset > 0);
  const start = Math.min(...offsets);
  return { start, end: start + Number(field(meta, META.compressedBytes).value) };
}

function field(fields: ThriftStruct, id: number): Spanned<ThriftValue> {
  const found = fields.get(id);
  if (found === undefined) throw new RangeError(`a Parquet footer has field ${id}, got none`);
  return found;
}

function struct(value: ThriftValue): ThriftStruct {
  if (value instanceof Map) return value;
  throw new RangeError('a Parquet footer has a struct here, got another type');
}

function list({ value }: Spanned<ThriftValue>): ThriftList {
  if (value !== null && typeof value === 'object' && 'items' in value) return value as ThriftList;
  throw new RangeError('a Parquet footer has a list here, got another type');
}
