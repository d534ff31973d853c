import { basename } from 'node:path';
import { NotFoundError } from '../../lib/domain/errors.ts';
import type { Finding } from '../../lib/domain/findings.ts';
import { inputBinning } from '../../lib/domain/intake/input-binning.ts';
import type { IntakePlan, IntakeShard } from '../../lib/domain/intake/intake-plan.ts';
import type { RowGroupRange } from '../../lib/domain/intake/pieces.ts';
import { rowErrorOf } from '../../lib/domain/intake/row-error.ts';
import { uploadFinding } from '../../lib/domain/intake/upload-findings.ts';
import { binningSchema } from '../../lib/domain/profile/binning.ts';
import type { Profile } from '../../lib/domain/profile/profile.ts';
import type { DatasetObject } from '../../lib/domain/registry/dataset.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import { profileObject } from '../../lib/engine/profile/profile-file.ts';
import { validateFile } from '../../lib/engine/rules/validate.ts';
import { withTempFolder } from '../../lib/runtime/temp-folder.ts';
import { fetchPiece } from '../../lib/stores/objects/fetch-piece.ts';
import { requiredJson } from '../../lib/stores/required.ts';
import type { ProfileObjectDeps } from './deps.ts';
import { harmOf } from './harm-of.ts';
import { requireAllRows } from './require-all-rows.ts';

interface PieceWork {
  readonly plan: IntakePlan;
  readonly piece: number;
  readonly spec: ModelSpec;
}

interface Fetched extends PieceWork {
  readonly object: DatasetObject;
  readonly range: RowGroupRange | undefined;
  readonly file: string;
}

/** What one piece of an upload holds. Bad data is in the shard; an exception is an outage, or a piece that cannot be read to its end. */
export async function shardOfPiece(work: PieceWork, deps: ProfileObjectDeps): Promise<IntakeShard> {
  const { plan, piece } = work;
  const { object: position = -1, range, bytes = 0 } = plan.pieces[piece] ?? {};
  const object = plan.objects[position];
  if (object === undefined) throw new NotFoundError(`upload ${plan.uploadId} has no piece ${piece}`);
  const nothing = { piece, rows: 0, bytes };
  return withTempFolder(async (folder): Promise<IntakeShard> => {
    const fetched = await fetchPiece(object, range, folder, deps.landing);
    const harm = await harmOf(object, range, fetched, deps.landing);
    if (harm || fetched.outcome !== 'fetched')
      return { ...nothing, unreadBytes: bytes, findings: harm ? [harm] : [] };
    const shard = await readShard({ ...work, object, range, file: fetched.file }, deps);
    const unread = shard.rows === 0 && shard.findings.some(({ rule }) => rule.startsWith('object-'));
    return {
      ...nothing,
      ...(unread && { unreadBytes: bytes }),
      ...shard,
      findings: shard.findings.map((finding) => placed(finding, range)),
    };
  });
}

/** Rows are numbered in the object, whichever part of it they were found in. */
function placed(finding: Finding, range: RowGroupRange | undefined): Finding {
  if (!range || !finding.examples) return finding;
  const examples = finding.examples.map(({ row, value }) => ({ row: row + range.firstRow, value }));
  return { ...finding, examples };
}

type Read = Omit<IntakeShard, 'piece' | 'bytes'>;

async function readShard(work: Fetched, deps: ProfileObjectDeps): Promise<Read> {
  const { object, file, spec, range } = work;
  const { receivedAt } = work.plan;
  const validated = await validateFile({ file, objectKey: object.key, spec, receivedAt }, deps.engine);
  const { readable, ...report } = validated;
  if (!readable) return report;
  await requireAllRows({ file, key: object.key, range, rows: report.rows }, deps.engine);
  try {
    return { ...report, ...(await profilesOf(work, deps)) };
  } catch (error) {
    const why = rowErrorOf(error);
    if (why === undefined) throw error;
    const message = `features.sql fails on a row: ${why}`;
    const failed = uploadFinding('features-failed', basename(object.key), message);
    return { ...report, findings: [...report.findings, failed] };
  }
}

async function profilesOf(
  work: Fetched,
  deps: ProfileObjectDeps,
): Promise<Pick<IntakeShard, 'profile' | 'championProfile'>> {
  const { binningKey, championBinningKey } = work.plan;
  const profile = await profileUnder(binningKey, work, deps);
  if (championBinningKey === undefined) return { profile };
  return { profile, championProfile: await profileUnder(championBinningKey, work, deps) };
}

async function profileUnder(binningKey: string, work: Fetched, deps: ProfileObjectDeps): Promise<Profile> {
  const binning = inputBinning(binningSchema.parse(await requiredJson(deps.artifacts, binningKey)));
  const { object, range, file, spec, plan } = work;
  const source = {
    id: `${object.key}@${object.versionId ?? object.sha256}`,
    bytes: range ? range.endByte - range.startByte : object.bytes,
    ...(range && { range: { from: range.firstRow, to: range.firstRow + range.rows } }),
  };
  const { receivedAt } = plan;
  return profileObject({ file, objectKey: object.key, spec, binning, source, receivedAt }, deps.engine);
}
