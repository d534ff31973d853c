import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { UploadView } from '../../bin/mooring/answers.ts';
import type { Client } from '../../bin/mooring/client.ts';
import { waitFor } from '../../bin/mooring/wait-for.ts';
import { brokenCopy } from './flight-rows.ts';
import type { Progress } from './progress.ts';
import { must } from './step-error.ts';

const INTAKE_SECONDS = 180;

/** Three ways in which a month goes wrong upstream, each as a change of the good one. */
const FAULTS: Readonly<Record<string, { readonly what: string; readonly change: string }>> = {
  'other-units': {
    what: 'pressure in inches of mercury',
    change: '* REPLACE (pressure * 0.02953 AS pressure)',
  },
  'missing-column': { what: 'no distance', change: '* EXCLUDE (distance)' },
  'unknown-type': { what: 'visibility as raw bytes', change: '* REPLACE (encode(visib::VARCHAR) AS visib)' },
};

export interface Rejection {
  readonly fault: string;
  readonly reasons: readonly string[];
}

/** Uploads files and waits for intake's verdict. */
export async function bring(client: Client, model: string, files: readonly string[]): Promise<UploadView> {
  const contents = await Promise.all(
    files.map(async (file) => ({ name: basename(file), content: await readFile(file) })),
  );
  const { uploadId } = await client.uploadDataset(model, contents);
  return waitFor(
    () => client.upload(model, uploadId),
    (upload) => upload.status !== 'open' && upload.status !== 'processing',
    { timeoutSeconds: INTAKE_SECONDS, everyMs: 300, what: `intake of upload ${uploadId}` },
  );
}

export async function bringGoodMonths(
  client: Client,
  model: string,
  files: readonly string[],
  progress: Progress,
): Promise<string> {
  const { status, dataset } = await bring(client, model, files);
  must(dataset && status === 'accepted', `three good months must be accepted, got ${status}`);
  progress.note(`accepted: ${dataset.rows.toLocaleString('en')} rows as dataset ${dataset.id.slice(0, 12)}`);
  return dataset.id;
}

/** Uploads the broken copies; each must be rejected with reasons, and kept. */
export async function bringBrokenMonths(
  client: Client,
  model: string,
  file: string,
  progress: Progress,
): Promise<readonly Rejection[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-broken-'));
  try {
    const rejections: Rejection[] = [];
    for (const [fault, { what, change }] of Object.entries(FAULTS)) {
      const copy = join(folder, `${fault}.parquet`);
      await brokenCopy(file, change, copy);
      const { status, dataset } = await bring(client, model, [copy]);
      must(dataset && status === 'rejected', `a month with ${what} must be rejected, got ${status}`);
      const reasons = dataset.findings.filter((f) => f.severity === 'error').map((f) => f.message);
      must(reasons.length > 0, `a rejected dataset must say why, got no finding for ${what}`);
      progress.note(`rejected (${what}): ${reasons[0]}`);
      rejections.push({ fault, reasons });
    }
    return rejections;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
