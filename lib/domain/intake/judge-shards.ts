import type { SchemaColumn } from '../constraints/schema-diff.ts';
import { settleFindings } from '../data/settle-findings.ts';
import type { Finding } from '../findings.ts';
import type { Profile } from '../profile/profile.ts';
import type { ModelSpec } from '../spec.ts';
import { coverageOf } from './coverage.ts';
import type { IntakePlan } from './intake-plan.ts';
import type { MergedShards } from './merge-shards.ts';
import { storedSchema } from './stored-schema.ts';
import { unreadPieces } from './unread-pieces.ts';
import { uploadFinding } from './upload-findings.ts';

/** What a whole dataset holds and whether it may be learned from. */
export interface DatasetVerdict {
  readonly status: 'accepted' | 'rejected';
  readonly rows: number;
  readonly from?: string;
  readonly to?: string;
  /** Share of the dataset's rows (0–1) that were counted. */
  readonly coverage: number;
  /** Errors first. */
  readonly findings: readonly Finding[];
  /** Columns as the objects store them. */
  readonly schema?: readonly SchemaColumn[];
  readonly profile?: Profile;
  readonly championProfile?: Profile;
}

/**
 * Judges a dataset from the merged shards of its pieces: findings are summed over all objects, so that a share of nulls is one of the
 * dataset and not of its unluckiest object; one error rejects the whole, and so does an object that could not be read.
 *
 * @param merged of all pieces of the plan
 * @param causes why a piece has no shard, by piece, as far as it is known
 * @example judgeShards(plan, NOTHING_MERGED, spec).status // 'rejected': it has no rows
 */
export function judgeShards(
  plan: IntakePlan,
  merged: MergedShards,
  spec: ModelSpec,
  causes: ReadonlyMap<number, string> = new Map(),
): DatasetVerdict {
  const { rows, bytes, unreadBytes = 0, from, to, profile, championProfile } = merged;
  const schema = merged.schema && storedSchema(merged.schema, profile);
  const unread = merged.missing.map((piece) => plan.pieces[piece]).filter((piece) => piece !== undefined);
  const missing = unread.map(({ bytes: size, range }) => ({
    bytes: size,
    ...(range && { rows: range.rows }),
  }));
  const harmed = unreadBytes > 0 ? [{ bytes: unreadBytes }] : [];
  const coverage = coverageOf({ rows, bytes: bytes - unreadBytes }, [...missing, ...harmed]);
  const all = [
    ...plan.findings,
    ...unreadPieces(plan, merged.missing, coverage, causes),
    // Labelled predictions come window by window, as late as their labels.
    ...settleFindings([merged], spec, { at: plan.receivedAt, isPart: plan.origin !== 'upload' }),
    ...leftOut(merged.findingsLeftOut),
  ];
  if (rows === 0 && !all.some(isError))
    all.push(uploadFinding('dataset-empty', undefined, 'dataset must have rows, got none'));
  return {
    status: all.some(isError) ? 'rejected' : 'accepted',
    rows,
    coverage,
    findings: [...all.filter(isError), ...all.filter((f) => !isError(f))],
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(schema && { schema }),
    ...(profile && { profile }),
    ...(championProfile && { championProfile }),
  };
}

function leftOut(count: number): readonly Finding[] {
  if (count === 0) return [];
  const message = `dataset has ${count} more findings about whole objects`;
  return [{ rule: 'more-findings', severity: 'warning', message }];
}

function isError(finding: Finding): boolean {
  return finding.severity === 'error';
}
