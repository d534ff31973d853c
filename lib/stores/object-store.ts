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
  /** Every object below a prefix, in order of key. */
  list(prefix: string): Promise<readonly ObjectListing[]>;
  /** Writes the object to a local file; false if there is no such object. */
  download(key: string, file: string, versionId?: string): Promise<boolean>;
  upload(file: string, key: string): Promise<void>;
  remove(key: string): Promise<void>;
  presignPut(
    key: string,
    wanted: PresignedPut,
  ): Promise<{ readonly url: string; readonly headers: Readonly<Record<string, string>> }>;
}

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
