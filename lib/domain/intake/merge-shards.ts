import { mergeKeySets } from '../constraints/key-sets.ts';
import { mergeSchemas } from '../constraints/schema-diff.ts';
import { mergeProfiles } from '../profile/merge-profiles.ts';
import type { Profile } from '../profile/profile.ts';
import type { IntakeShard } from './intake-plan.ts';
import { sumFindings } from './sum-findings.ts';

/** What some pieces of an upload hold together, and which of them could not be read. */
export interface MergedShards extends Omit<IntakeShard, 'piece'> {
  /** Pieces of the plan that left no shard, ascending. */
  readonly missing: readonly number[];
  /** Findings beyond those kept. */
  readonly findingsLeftOut: number;
}

export const NOTHING_MERGED: MergedShards = {
  rows: 0,
  bytes: 0,
  findings: [],
  missing: [],
  findingsLeftOut: 0,
};

/** One shard as the tree merges it. */
export function mergedShard({ piece: _, ...shard }: IntakeShard): MergedShards {
  return { ...shard, missing: [], findingsLeftOut: 0 };
}

/** A piece of the plan without a shard. */
export function missingShard(piece: number): MergedShards {
  return { ...NOTHING_MERGED, missing: [piece] };
}

/**
 * Both together. Counts are exact and the order of a tree of merges does not matter, except for which examples are kept.
 *
 * Throws when both hold the same source.
 *
 * @example mergeShards(mergedShard(january), missingShard(1)).missing // [1]
 */
export function mergeShards(a: MergedShards, b: MergedShards): MergedShards {
  const from = pick(a.from, b.from, (x, y) => x < y);
  const to = pick(a.to, b.to, (x, y) => x > y);
  const profile = merged(a.profile, b.profile);
  const championProfile = merged(a.championProfile, b.championProfile);
  const keys = mergeKeySets(a.keys ?? {}, b.keys ?? {});
  const schema = a.schema && b.schema ? mergeSchemas(a.schema, b.schema) : (a.schema ?? b.schema);
  const unreadBytes = (a.unreadBytes ?? 0) + (b.unreadBytes ?? 0);
  const { findings, leftOut } = sumFindings([...a.findings, ...b.findings]);
  return {
    rows: a.rows + b.rows,
    bytes: a.bytes + b.bytes,
    ...(unreadBytes > 0 && { unreadBytes }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    findings,
    findingsLeftOut: a.findingsLeftOut + b.findingsLeftOut + leftOut,
    ...(schema && { schema }),
    ...(Object.keys(keys).length > 0 && { keys }),
    missing: [...a.missing, ...b.missing].sort((x, y) => x - y),
    ...(profile && { profile }),
    ...(championProfile && { championProfile }),
  };
}

function merged(a: Profile | undefined, b: Profile | undefined): Profile | undefined {
  return a && b ? mergeProfiles(a, b) : (a ?? b);
}

function pick(
  a: string | undefined,
  b: string | undefined,
  before: (x: string, y: string) => boolean,
): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return before(a, b) ? a : b;
}
