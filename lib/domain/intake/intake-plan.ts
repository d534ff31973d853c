import type { Finding } from '../findings.ts';
import type { Profile } from '../profile/profile.ts';
import type { DatasetObject, DatasetVersion } from '../registry/dataset.ts';

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
  /** The objects that are there, unharmed; a shard is named by its position. */
  readonly objects: readonly DatasetObject[];
}

/** What one object of an upload holds. */
export interface IntakeShard {
  readonly index: number;
  readonly rows: number;
  /** Event times of the oldest and newest row, ISO 8601 UTC. */
  readonly from?: string;
  readonly to?: string;
  readonly findings: readonly Finding[];
  /** Under the dataset's own binning; absent when the object cannot be read. */
  readonly profile?: Profile;
  /** Under the champion's binning, if there is a champion. */
  readonly championProfile?: Profile;
}
