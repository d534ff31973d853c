/**
 * Thrift's compact protocol, as far as a Parquet footer uses it: values with the bytes that they occupy, so that a footer can be
 * cut without being written anew.
 * Source: Apache Thrift, "Thrift Compact protocol encoding" (thrift-compact-protocol.md).
 */
export interface Spanned<T> {
  readonly value: T;
  /** Bytes `start` to `end - 1`; of a list without its header from `itemsStart` on. */
  readonly start: number;
  readonly end: number;
}

export type ThriftValue = bigint | number | boolean | Uint8Array | ThriftList | ThriftStruct | null;
export type ThriftStruct = ReadonlyMap<number, Spanned<ThriftValue>>;
export interface ThriftList {
  readonly itemType: number;
  readonly items: readonly Spanned<ThriftValue>[];
}

const TYPE = {
  true: 1,
  false: 2,
  i8: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
};

/** The struct that starts at `at`. Throws RangeError for bytes that end too early or are no Thrift. */
export function readStruct(bytes: Uint8Array, at = 0): Spanned<ThriftStruct> {
  const fields = new Map<number, Spanned<ThriftValue>>();
  let id = 0;
  let next = at;
  for (;;) {
    const header = byteAt(bytes, next++);
    if (header === 0) return { value: fields, start: at, end: next };
    const delta = header >> 4;
    if (delta === 0) {
      const read = readVarint(bytes, next);
      id = Number(unzigzag(read.value));
      next = read.end;
    } else id += delta;
    const type = header & 0x0f;
    // A boolean field is its own header.
    const field =
      type <= TYPE.false
        ? { value: type === TYPE.true, start: next, end: next }
        : readValue(bytes, next, type);
    fields.set(id, field);
    next = field.end;
  }
}

/** An integer as the protocol writes it. */
export function zigzagVarint(value: number): Uint8Array {
  return varint(BigInt(value) * 2n);
}

/** The header of a list of so many items. */
export function listHeader(length: number, itemType: number): Uint8Array {
  return length < 15
    ? Uint8Array.of((length << 4) | itemType)
    : Uint8Array.of(0xf0 | itemType, ...varint(BigInt(length)));
}

function readValue(bytes: Uint8Array, at: number, type: number): Spanned<ThriftValue> {
  switch (type) {
    case TYPE.true:
    case TYPE.false:
      return { value: byteAt(bytes, at) === TYPE.true, start: at, end: at + 1 };
    case TYPE.i8:
      return { value: byteAt(bytes, at), start: at, end: at + 1 };
    case TYPE.i16:
    case TYPE.i32:
    case TYPE.i64: {
      const { value, end } = readVarint(bytes, at);
      return { value: unzigzag(value), start: at, end };
    }
    case TYPE.double:
      return { value: null, start: at, end: within(bytes, at + 8) };
    case TYPE.binary: {
      const length = readVarint(bytes, at);
      const end = within(bytes, length.end + Number(length.value));
      return { value: bytes.subarray(length.end, end), start: at, end };
    }
    case TYPE.list:
    case TYPE.set:
      return readList(bytes, at);
    case TYPE.struct:
      return readStruct(bytes, at);
    default:
      throw new RangeError(`thrift types are 1 to 12 without maps, got ${type}`);
  }
}

function readList(bytes: Uint8Array, at: number): Spanned<ThriftList> {
  const header = byteAt(bytes, at);
  const itemType = header & 0x0f;
  const length = header >> 4 === 15 ? readVarint(bytes, at + 1) : { value: BigInt(header >> 4), end: at + 1 };
  const items: Spanned<ThriftValue>[] = [];
  let next = length.end;
  for (let i = 0n; i < length.value; i++) {
    const item = readValue(bytes, next, itemType);
    items.push(item);
    next = item.end;
  }
  return { value: { itemType, items }, start: at, end: next };
}

function readVarint(bytes: Uint8Array, at: number): { readonly value: bigint; readonly end: number } {
  let value = 0n;
  for (let i = 0; i < 10; i++) {
    const byte = byteAt(bytes, at + i);
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) return { value, end: at + i + 1 };
  }
  throw new RangeError('a thrift integer has at most 10 bytes, got more');
}

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

function unzigzag(value: bigint): bigint {
  return (value >> 1n) ^ -(value & 1n);
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[within(bytes, at + 1) - 1] as number;
}

function within(bytes: Uint8Array, end: number): number {
  if (end > bytes.length) throw new RangeError(`thrift bytes end at ${bytes.length}, wanted ${end}`);
  return end;
}
