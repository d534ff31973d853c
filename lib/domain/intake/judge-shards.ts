import { settleFindings } from '../data/settle-findings.ts';
import type { Finding } from '../findings.ts';
import { mergeProfiles } from '../profile/merge-profiles.ts';
import type { Profile } from '../profile/profile.ts';
import type { ModelSpec } from '../spec.ts';
import type { IntakePlan, IntakeShard } from './intake-plan.ts';
import { uploadFinding } from './upload-findings.ts';

/** What a whole dataset holds and whether it may be learned from. */
export interface DatasetVerdict {
  readonly status: 'accepted' | 'rejected';
  readonly rows: number;
  readonly from?: string;
  readonly to?: string;
  /** Errors first. */
  readonly findings: readonly Finding[];
  readonly profile?: Profile;
  readonly championProfile?: Profile;
}

/**
 * Judges a dataset from its shards: findings are summed over all objects, so that a share of nulls is one of the dataset
 * and not of its unluckiest object; one error rejects the whole.
 *
 * @param shards one of each object of the plan, in any order
 * @example judgeShards(plan, [], spec).status // 'rejected': it has no rows
 */
export function judgeShards(
  plan: IntakePlan,
  shards: readonly IntakeShard[],
  spec: ModelSpec,
): DatasetVerdict {
  const rows = shards.reduce((sum, shard) => sum + shard.rows, 0);
  const all = [...plan.findings, ...settleFindings(shards, spec)];
  if (rows === 0 && !all.some(isError))
    all.push(uploadFinding('dataset-empty', undefined, 'dataset must have rows, got none'));
  const from = shards.flatMap((s) => s.from ?? []).sort()[0];
  const to = shards
    .flatMap((s) => s.to ?? [])
    .sort()
    .at(-1);
  const profile = merged(shards.flatMap((s) => s.profile ?? []));
  const championProfile = merged(shards.flatMap((s) => s.championProfile ?? []));
  return {
    status: all.some(isError) ? 'rejected' : 'accepted',
    rows,
    findings: [...all.filter(isError), ...all.filter((f) => !isError(f))],
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(profile && { profile }),
    ...(championProfile && { championProfile }),
  };
}

function isError(finding: Finding): boolean {
  return finding.severity === 'error';
}

function merged(profiles: readonly Profile[]): Profile | undefined {
  const [first, ...rest] = profiles;
  return first && rest.reduce(mergeProfiles, first);
}
