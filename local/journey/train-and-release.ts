import { ApiError } from '../../bin/mooring/api-error.ts';
import { waitFor } from '../../bin/mooring/wait-for.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type { People } from './people.ts';
import type { Progress } from './progress.ts';
import { must } from './step-error.ts';

const TRAINING_SECONDS = 300;
const RELEASE_SECONDS = 180;

/** Waits until a run is judged, then has a second person decide a candidate, then waits until it serves. */
export async function seeThrough(people: People, run: Run, progress: Progress): Promise<Run> {
  const { model, id } = run;
  const judged = await waitFor(
    () => people.scientist.run(model, id),
    (seen) => seen.status !== 'running',
    {
      timeoutSeconds: TRAINING_SECONDS,
      everyMs: 300,
      what: `training run ${id}`,
      onEach: () => progress.status(`run ${id} is training`),
    },
  );
  must(judged.outcome !== 'failed', `run ${id} failed: ${judged.error?.name} ${judged.error?.cause}`);
  must(judged.version !== undefined, `run ${id} must register a version, got none`);
  const version = await people.scientist.version(model, judged.version);
  for (const line of judgement(version)) progress.note(line);
  if (judged.status !== 'awaiting-approval') return judged;
  const approval = (await people.approver.approvalsOf(model)).items.find(
    (a) => a.runId === id && a.status === 'open',
  );
  must(approval, `run ${id} waits for approval, and GET approvals must list it`);
  await people.approver.decide(approval.id, {
    decision: 'approve',
    reason: 'the gates passed on the newest holdout',
  });
  const closed = await waitFor(
    () => people.scientist.run(model, id),
    (seen) => seen.status === 'closed',
    {
      timeoutSeconds: RELEASE_SECONDS,
      everyMs: 300,
      what: `release of version ${version.number}`,
      onEach: () => progress.status(`version ${version.number} is being released`),
    },
  );
  must(
    closed.outcome === 'promoted',
    `version ${version.number} must be promoted, got ${closed.outcome} ${closed.error?.cause ?? ''}`,
  );
  progress.note(`version ${version.number} approved by a second person, smoke-tested and in service`);
  return closed;
}

/** A person may not approve what they started: the answer must be a refusal. */
export async function ownApprovalIsRefused(people: People, run: Run, progress: Progress): Promise<void> {
  const { model, id } = run;
  const judged = await waitFor(
    () => people.scientist.run(model, id),
    (seen) => seen.status !== 'running',
    {
      timeoutSeconds: TRAINING_SECONDS,
      everyMs: 300,
      what: `training run ${id}`,
      onEach: () => progress.status(`run ${id} is training`),
    },
  );
  must(
    judged.status === 'awaiting-approval',
    `the first run must wait for approval, got ${judged.status} ${judged.error?.cause ?? ''}`,
  );
  const refusal = await people.scientist
    .decide(`${model}-v${judged.version}`, { decision: 'approve', reason: 'I trained it myself' })
    .catch((error: unknown) => error);
  must(
    refusal instanceof ApiError && refusal.status === 403,
    `approving one's own run must answer 403, got ${String(refusal)}`,
  );
  progress.note(`own approval refused: ${refusal.message}`);
}

/** Who was judged on what, and each gate's sentence. */
export function judgement({ number, holdoutRows, gates }: ModelVersion): readonly string[] {
  return [
    `version ${number} on ${holdoutRows.toLocaleString('en')} held-out rows:`,
    ...gates.map(({ verdict, reason }) => `${verdict === 'pass' ? '✓' : '✗'} ${reason}`),
  ];
}
