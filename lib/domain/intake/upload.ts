/** Where an upload stands, for the person who waits for it; what was decided about its content is the dataset's. */
export interface Upload {
  readonly model: string;
  readonly uploadId: string;
  readonly status: 'open' | 'processing' | 'accepted' | 'rejected' | 'failed';
  /** By what was found in the landing bucket; known once intake has opened the upload. */
  readonly datasetId?: string;
  /** ISO 8601 UTC, wall clock. */
  readonly at: string;
}

/** Whether intake has come to its verdict; an upload that failed, or was never opened, has none. */
export function isDecided(upload: Upload | undefined): boolean {
  return upload?.status === 'accepted' || upload?.status === 'rejected';
}
