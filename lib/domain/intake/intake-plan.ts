import type { KeySets } from '../constraints/key-sets.ts';
import type { SchemaColumn } from '../constraints/schema-diff.ts';
import type { Finding } from '../findings.ts';
import type { Profile } from '../profile/profile.ts';
import type { DatasetObject, DatasetVersion } from '../registry/dataset.ts';
import type { Batch, Piece } from './pieces.ts';

/** What intake found when it opened an upload; every later step works from it and never looks at the upload again. */
export interface IntakePlan {
  readonly model: string;
  readonly uploadId: string;
  readonly datasetId: string;
  readonly origin: DatasetVersion['origin'];
  /** The spec that the dataset is judged by, whatever spec comes meanwhile. */
  readonly specHash: string;
  /** Event time of rows that carry none, ISO 8601 UTC. */
  readonly receivedAt: string;
  /** What is wrong with the manifest or with its objects as such. */
  readonly findings: readonly Finding[];
  /** The objects that are there, unharmed. */
  readonly objects: readonly DatasetObject[];
  /** What is profiled by itself; a shard is named by its piece's position. */
  readonly pieces: readonly Piece[];
  /** What one worker takes. */
  readonly batches: readonly Batch[];
  /** Keys in the artifacts bucket: the dataset's own bins and, if there is a champion, the champion's. */
  readonly binningKey: string;
  readonly championBinningKey?: string;
}

/** What one piece of an upload holds. */
export interface IntakeShard {
  readonly piece: number;
  readonly rows: number;
  readonly bytes: number;
  /** Those of `bytes` that hold no row that could be counted: harmed, replaced or no file of its kind. */
  readonly unreadBytes?: number;
  /** Event times of the oldest and newest row, ISO 8601 UTC. */
  readonly from?: string;
  readonly to?: string;
  readonly findings: readonly Finding[];
  /** Columns as they are stored. */
  readonly schema?: readonly SchemaColumn[];
  /** Keys that must be unique over all pieces. */
  readonly keys?: KeySets;
  /** Under the dataset's own binning; absent when the piece cannot be read. */
  readonly profile?: Profile;
  /** Under the champion's binning, if there is a champion. */
  readonly championProfile?: Profile;
}
