/** One bucket; `object-store-s3.ts` is the real one, `object-store-memory.ts` its twin for tests. */
export interface ObjectStore {
  readonly bucket: string;
  /** `s3://bucket/key` */
  uri(key: string): string;
  getJson<T>(key: string): Promise<T | undefined>;
  putJson(key: string, value: unknown): Promise<void>;
  /** First writer wins; false if there is one already. */
  putJsonOnce(key: string, value: unknown): Promise<boolean>;
  get(key: string, versionId?: string): Promise<Uint8Array | undefined>;
  put(key: string, bytes: Uint8Array | string): Promise<void>;
  putOnce(key: string, bytes: Uint8Array | string): Promise<boolean>;
  head(key: string): Promise<ObjectHead | undefined>;
  /** SHA-256 in hex of the bytes as they are now, read as a stream; undefined if there is no such object. */
  sha256(key: string, versionId?: string): Promise<string | undefined>;
  /** Every object below a prefix, in order of key; or the first ones, at most a page of 1,000. */
  list(prefix: string, most?: number): Promise<readonly ObjectListing[]>;
  /** Writes the object to a local file; false if there is no such object. */
  download(key: string, file: string, versionId?: string): Promise<boolean>;
  /**
   * Writes the bytes of exactly the object that was seen before to a local file and hashes them on their way; a range of them at its own
   * position, so that several ranges make one file with holes.
   */
  fetch(seen: SeenObject, file: string, range?: ByteRange): Promise<Fetched>;
  /** Some bytes of exactly that object; undefined if it is missing or replaced. */
  getRange(seen: SeenObject, range: ByteRange): Promise<Uint8Array | undefined>;
  upload(file: string, key: string): Promise<void>;
  remove(key: string): Promise<void>;
  presignPut(
    key: string,
    wanted: PresignedPut,
  ): Promise<{ readonly url: string; readonly headers: Readonly<Record<string, string>> }>;
}

/** An object as its head was when it was seen. */
export interface SeenObject {
  readonly key: string;
  readonly versionId?: string;
  readonly etag?: string;
}

/** Bytes `startByte` to `endByte - 1`. */
export interface ByteRange {
  readonly startByte: number;
  readonly endByte: number;
}

export type Fetched =
  | { readonly outcome: 'fetched'; readonly bytes: number; readonly sha256: string }
  /** Not there any more, or other bytes are there now. */
  | { readonly outcome: 'missing' | 'replaced' };

export interface ObjectListing {
  readonly key: string;
  readonly bytes: number;
  readonly etag: string;
}

export interface ObjectHead {
  readonly bytes: number;
  readonly etag: string;
  readonly versionId?: string;
  /** Hex; only of objects written with a SHA-256 checksum. */
  readonly sha256?: string;
}

export interface PresignedPut {
  /** Hex; the store refuses other bytes. */
  readonly sha256: string;
  readonly bytes: number;
  readonly expiresSeconds: number;
}
