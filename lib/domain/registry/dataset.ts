import type { SchemaColumn, SchemaDiff } from '../constraints/schema-diff.ts';
import type { Finding } from '../findings.ts';

/** One S3 object of an upload, as its manifest names it and as intake resolved it. */
export interface DatasetObject {
  readonly key: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly versionId?: string;
  /** S3's name of these bytes; another one while it is read means that the object was replaced. */
  readonly etag?: string;
}

/** An immutable set of objects with a verdict; its id is the hash of the sorted (key, sha256) list. */
export interface DatasetVersion {
  readonly model: string;
  readonly id: string;
  readonly uploadId: string;
  readonly origin: 'upload' | 'labelled-predictions';
  readonly status: 'accepted' | 'rejected';
  readonly rows: number;
  /** Share of its rows (0–1) that were counted; below 1 it is rejected. */
  readonly coverage?: number;
  readonly bytes: number;
  /** Event times of the oldest and newest row, ISO 8601 UTC. */
  readonly from?: string;
  readonly to?: string;
  readonly specHash: string;
  readonly findings: readonly Finding[];
  readonly objects: number;
  /** Columns as its objects store them, and what changed since the newest dataset accepted before it. */
  readonly schema?: readonly SchemaColumn[];
  readonly schemaDiff?: SchemaDiff & { readonly since: string };
  /** Keys in the data and artifacts buckets. */
  readonly manifestKey: string;
  readonly profileKey?: string;
  readonly createdAt: string;
}
