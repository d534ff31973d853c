import type { Upload } from '../../lib/domain/intake/upload.ts';
import type { Head } from '../../lib/domain/registry/head.ts';
import type { Release } from '../../lib/domain/registry/release.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import { type Failure, failRelease, failRun, failureEntry } from '../../lib/domain/training/run-close.ts';
import type { PipelineName } from '../../lib/names.ts';
import type { Decision, Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import type { FailedExecution } from './input.ts';

export interface Closing {
  readonly registry: Registry;
  readonly head: Head;
  readonly failed: FailedExecution;
  readonly failure: Failure;
}

type Closer = (closing: Closing) => Promise<Decision<boolean>>;

const NOTHING: Decision<boolean> = { answer: false };

/** How the failure of each pipeline is written down. */
export const CLOSERS: Readonly<Record<PipelineName, Closer>> = {
  training: closeTraining,
  release: closeRelease,
  intake: closeIntake,
  monitoring: closeMonitoring,
  retirement: closeRetirement,
};

async function closeTraining({ registry, head, failed, failure }: Closing): Promise<Decision<boolean>> {
  const run = await registry.get<Run>(failed.model, sk.run(failed.id));
  const closing = failRun(run, head, failure);
  if (closing === undefined) return NOTHING;
  const { entry, head: changes } = closing;
  return { answer: true, entry, head: changes, writes: [{ sk: sk.run(closing.run.id), item: closing.run }] };
}

async function closeRelease({ registry, head, failed, failure }: Closing): Promise<Decision<boolean>> {
  const release = await registry.get<Release>(failed.model, sk.release(failed.id));
  const run = release?.runId && (await registry.get<Run>(failed.model, sk.run(release.runId)));
  const closing = failRelease(release, run || undefined, head, failure);
  if (closing === undefined) return NOTHING;
  const writes = [
    { sk: sk.release(closing.release.id), item: closing.release },
    ...(closing.run ? [{ sk: sk.run(closing.run.id), item: closing.run }] : []),
  ];
  return { answer: true, entry: closing.entry, head: closing.head, writes };
}

/** The upload stays in the landing bucket, so nothing is lost; a second execution of it may have settled it already. */
async function closeIntake({ registry, failed, failure }: Closing): Promise<Decision<boolean>> {
  const { model, id: uploadId } = failed;
  const upload = await registry.get<Upload>(model, sk.upload(uploadId));
  if (upload !== undefined && upload.status !== 'open' && upload.status !== 'processing') return NOTHING;
  const closed: Upload = { ...upload, model, uploadId, status: 'failed', at: failure.at };
  const entry = failureEntry(failure, {
    action: 'intake-failed',
    subject: `upload/${uploadId}`,
    inputs: [],
    facts: { uploadId },
    alert: {
      severity: 'critical',
      sentence: `Intake of upload ${uploadId} for ${model} failed: ${failure.error.cause}`,
      link: `uploads/${uploadId}`,
    },
  });
  return { answer: true, entry, writes: [{ sk: sk.upload(uploadId), item: closed }] };
}

/** Each execution is its own; without its name the event that it ended, which has it, is waited for. */
async function closeMonitoring({ registry, failed, failure }: Closing): Promise<Decision<boolean>> {
  const { model, execution } = failed;
  if (execution === undefined) return NOTHING;
  const entry = failureEntry(failure, {
    action: 'monitoring-failed',
    subject: `monitoring/${execution}`,
    inputs: [],
    facts: { execution },
    alert: {
      severity: 'warning',
      sentence: `Monitoring of ${model} failed and is tried again on its schedule: ${failure.error.cause}`,
      link: 'windows',
    },
  });
  return onceFor(registry, model, sk.failure('monitoring', execution), entry);
}

async function closeRetirement({ registry, failed, failure }: Closing): Promise<Decision<boolean>> {
  const { model, id, attempt } = failed;
  const version = Number(id.slice(id.lastIndexOf('-v') + 2));
  const entry = failureEntry(failure, {
    action: 'retirement-failed',
    subject: `version/${version}`,
    inputs: [],
    facts: { version },
    alert: {
      severity: 'warning',
      sentence: `Retirement of version ${version} of ${model} did not complete: ${failure.error.cause}`,
      link: `versions/${version}`,
    },
  });
  return onceFor(registry, model, sk.failure('retirement', `${id}-${attempt}`), entry);
}

/** Nothing of the model says whether this failure was told: an item of its own does. */
async function onceFor(
  registry: Registry,
  model: string,
  key: string,
  entry: Decision<boolean>['entry'] & object,
): Promise<Decision<boolean>> {
  if ((await registry.get(model, key)) !== undefined) return NOTHING;
  return { answer: true, entry, writes: [{ sk: key, item: { at: entry.at }, condition: 'absent' }] };
}
