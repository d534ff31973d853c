import { contentHash } from '../../lib/domain/canonical-json.ts';
import { spoiledWindows } from '../../lib/domain/causes/spoiled.ts';
import type { NewEntry } from '../../lib/domain/ledger.ts';
import type { DatasetVersion } from '../../lib/domain/registry/dataset.ts';
import type { Head } from '../../lib/domain/registry/head.ts';
import type { Incident } from '../../lib/domain/registry/incident.ts';
import type { GuardAnswer, Signal } from '../../lib/domain/registry/signal.ts';
import { type Suppression, suppression } from '../../lib/domain/retraining.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import type { SpoiledWindow } from '../../lib/domain/training/known-datasets.ts';
import { newLabels, planRun } from '../../lib/domain/training/run-plan.ts';
import { startRun } from '../../lib/domain/training/run-start.ts';
import { LEASE_SECONDS } from '../../lib/names.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import type { Logger } from '../../lib/runtime/logger.ts';
import { type Decision, listAll, type Registry } from '../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../lib/stores/registry/sort-keys.ts';
import { known, requiredSpec } from '../../lib/stores/required.ts';
import type { GuardRetrainInput } from './input.ts';

export interface GuardRetrainDeps {
  readonly registry: Registry;
  readonly now: Now;
  readonly log: Logger;
}

const ACTOR = 'platform/guard-retrain';

/**
 * The only door to training for machines. The first answer to a signal is one decision: the signal's item if there is
 * none, the head, the ledger entry, and the run. Whoever asks again, or at the same moment, reads that answer.
 */
export async function guardRetrain(input: GuardRetrainInput, deps: GuardRetrainDeps): Promise<GuardAnswer> {
  const { registry, now, log } = deps;
  const at = now().toISOString();
  const asked: Asked = { model: input.model, kind: input.kind, at, signal: signalId(input, at) };
  const answered = await registry.get<Signal>(asked.model, sk.signal(asked.signal));
  const answer =
    answered?.answer ?? (await registry.decide(asked.model, (head) => decide(registry, head, asked)));
  log.info('answered', { model: asked.model, signal: asked.signal, ...answer });
  return answer;
}

interface Asked {
  readonly model: string;
  readonly kind: 'drift' | 'schedule';
  readonly signal: string;
  readonly at: string;
}

/** A schedule's ticks carry no id; a tick that is delivered twice comes within its hour. */
function signalId(input: GuardRetrainInput, at: string): string {
  return input.kind === 'drift'
    ? input.signal
    : `schedule-${contentHash([input.model, at.slice(0, 13)]).slice(0, 16)}`;
}

async function decide(
  registry: Registry,
  head: Head | undefined,
  asked: Asked,
): Promise<Decision<GuardAnswer>> {
  const answered = await registry.get<Signal>(asked.model, sk.signal(asked.signal));
  if (answered !== undefined) return { answer: answered.answer };
  const alive = known(asked.model, head);
  const spec = await requiredSpec(registry, asked.model, alive.specHash);
  const datasets = await listAll<DatasetVersion>(registry, asked.model, skPrefix.dataset);
  const spoiled = spoiledWindows(await listAll<Incident>(registry, asked.model, skPrefix.incident));
  const { golden } = spec.evaluation;
  const labels = newLabels(datasets, alive.retraining.labelledUntil, { spoiled, golden });
  const objection = suppression({ ...asked, head: alive, retraining: spec.retraining, newLabels: labels });
  return objection ? suppress(asked, objection) : start(asked, alive, spec, { datasets, spoiled, labels });
}

interface Learnable {
  readonly datasets: readonly DatasetVersion[];
  readonly spoiled: readonly SpoiledWindow[];
  readonly labels: number;
}

function start(
  asked: Asked,
  head: Head,
  spec: ModelSpec,
  { datasets, spoiled, labels }: Learnable,
): Decision<GuardAnswer> {
  const { model, signal, kind, at } = asked;
  const plan = planRun({
    model,
    spec,
    specHash: head.specHash,
    datasets,
    spoiled,
    trigger: { kind, signal },
    request: `signal/${signal}`,
    at,
    ...(head.champion !== undefined && { champion: head.champion }),
  });
  if (!plan.planned) return suppress(asked, { because: 'too-few-new-labels', detail: plan.reason });
  const leaseExpiresAt = new Date(Date.parse(at) + LEASE_SECONDS.training * 1000).toISOString();
  const facts = { signal, newLabels: labels };
  const started = startRun({ head, run: plan.run, actor: ACTOR, at, leaseExpiresAt, facts });
  if (started.verdict === 'refused')
    return suppress(asked, { because: 'run-in-progress', detail: started.reason });
  const run = { sk: sk.run(started.run.id), item: started.run, condition: 'absent' } as const;
  const decision = answering(asked, { decision: 'start', runId: started.run.id }, started.entry);
  const writes = [run, ...(decision.writes ?? [])];
  return { ...decision, head: started.head, links: started.links, writes };
}

function suppress(asked: Asked, { because, detail }: Suppression): Decision<GuardAnswer> {
  return answering(
    asked,
    { decision: 'suppress', because, detail },
    {
      at: asked.at,
      actor: ACTOR,
      action: 'retraining-suppressed',
      subject: `signal/${asked.signal}`,
      facts: { signal: asked.signal, kind: asked.kind, because, detail },
    },
  );
}

function answering(asked: Asked, answer: GuardAnswer, entry: NewEntry): Decision<GuardAnswer> {
  const signal: Signal = {
    model: asked.model,
    id: asked.signal,
    kind: asked.kind,
    answer,
    answeredAt: asked.at,
  };
  return { answer, entry, writes: [{ sk: sk.signal(signal.id), item: signal, condition: 'absent' }] };
}
