import { nextUp } from '../profile/edges.ts';

/** What nearly every binary model decides at. */
const USUAL = 0.5;

/**
 * The score from which a model calls a row positive, as its answers show it: the usual one half where they agree with it, else
 * the lowest score that was called positive.
 *
 * @param scores of rows, and whether each was called positive
 * @returns undefined when no threshold explains the calls: a positive below a negative, or calls of one kind only
 * @example decisionThreshold([0.2, 0.7], [false, true]) // 0.5
 */
export function decisionThreshold(scores: readonly number[], called: readonly boolean[]): number | undefined {
  let highestNo = Number.NEGATIVE_INFINITY;
  let lowestYes = Number.POSITIVE_INFINITY;
  scores.forEach((score, i) => {
    if (called[i]) lowestYes = Math.min(lowestYes, score);
    else highestNo = Math.max(highestNo, score);
  });
  if (!(highestNo < lowestYes) || !Number.isFinite(highestNo) || !Number.isFinite(lowestYes))
    return undefined;
  // A model that calls only what lies above one half says no at exactly one half.
  const usual = [USUAL, nextUp(USUAL)].find((t) => highestNo < t && t <= lowestYes);
  return usual ?? lowestYes;
}
