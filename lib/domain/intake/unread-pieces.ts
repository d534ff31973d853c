import type { Finding } from '../findings.ts';
import type { IntakePlan } from './intake-plan.ts';
import { uploadFinding } from './upload-findings.ts';

/**
 * One finding an object of which something could not be read, though it was tried twice.
 *
 * @param missing pieces of the plan that left no shard
 * @param coverage share of the dataset's rows that were counted
 * @param causes why, by piece, as far as it is known
 * @example unreadPieces(plan, [3], 0.98, new Map())[0].message // 'may.parquet could not be read in two tries; 98.0 % of the dataset was counted'
 */
export function unreadPieces(
  plan: IntakePlan,
  missing: readonly number[],
  coverage: number,
  causes: ReadonlyMap<number, string>,
): readonly Finding[] {
  const byObject = new Map<number, number[]>();
  for (const piece of missing) {
    const object = plan.pieces[piece]?.object ?? -1;
    byObject.set(object, [...(byObject.get(object) ?? []), piece]);
  }
  return [...byObject].map(([object, pieces]) => {
    const key = plan.objects[object]?.key ?? `object ${object}`;
    const name = key.split('/').at(-1) as string;
    const cause = pieces.map((piece) => causes.get(piece)).find((why) => why !== undefined);
    return uploadFinding(
      'object-unreadable',
      key,
      `${name} could not be read in two tries${rowsOf(plan, pieces)}${cause ? `: ${cause}` : ''}; ` +
        `${(coverage * 100).toFixed(1)} % of the dataset was counted`,
    );
  });
}

function rowsOf(plan: IntakePlan, pieces: readonly number[]): string {
  const ranges = pieces.flatMap((piece) => plan.pieces[piece]?.range ?? []);
  const spans = ranges.map(({ firstRow, rows }) => `${firstRow + 1} to ${firstRow + rows}`);
  return spans.length > 0 ? ` (rows ${spans.join(', ')})` : '';
}
