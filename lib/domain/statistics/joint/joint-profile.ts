import { z } from 'zod';
import {
  emptyRandomFeatures,
  FeatureAccumulator,
  mergeRandomFeatures,
  randomFeaturesSchema,
} from './random-features.ts';
import {
  addSecondMoments,
  emptySecondMoments,
  mergeSecondMoments,
  secondMomentsSchema,
} from './second-moments.ts';
import { type Scale, scaleSchema, standardise } from './standardise.ts';

export const jointProfileSchema = z.object({
  /** What the columns are measured by: only profiles of one scale add up or compare. */
  scale: scaleSchema,
  moments: secondMomentsSchema,
  features: randomFeaturesSchema,
  /** How unlike rows are: sum of h² over quadruples of neighbouring rows, which says how far chance alone takes the discrepancy. */
  quadruples: z.object({ n: z.number().int().nonnegative(), squares: z.number().nonnegative() }),
});

/** What a profile keeps of its numeric columns together. Adds up: see `mergeJointProfiles`. */
export type JointProfile = z.infer<typeof jointProfileSchema>;

/** Fewer than the statistic's default: profiles are stored for every day. */
const DIMENSION = 256;

/** Of no rows. */
export function emptyJointProfile(scale: Scale): JointProfile {
  const { columns } = scale;
  return {
    scale,
    moments: emptySecondMoments(columns),
    features: emptyRandomFeatures({ columns, dimension: DIMENSION }),
    quadruples: { n: 0, squares: 0 },
  };
}

/** The profile of chunks of rows, one array a column in the scale's order, of raw values; NaN for none. */
export function jointProfileOf(scale: Scale, chunks: Iterable<readonly Float64Array[]>): JointProfile {
  const empty = emptyJointProfile(scale);
  const features = new FeatureAccumulator(empty.features);
  let { moments, quadruples } = empty;
  for (const raw of chunks) {
    const chunk = standardise(scale, raw);
    moments = addSecondMoments(moments, chunk);
    features.add(chunk);
    quadruples = addQuadruples(quadruples, chunk, empty.features.bandwidth);
  }
  return { scale, moments, features: features.state(), quadruples };
}

/** Both together. Throws when they are of different columns or scales. */
export function mergeJointProfiles(a: JointProfile, b: JointProfile): JointProfile {
  requireOneScale(a, b);
  return {
    scale: a.scale,
    moments: mergeSecondMoments(a.moments, b.moments),
    features: mergeRandomFeatures(a.features, b.features),
    quadruples: {
      n: a.quadruples.n + b.quadruples.n,
      squares: a.quadruples.squares + b.quadruples.squares,
    },
  };
}

/** Throws when two profiles are measured by different columns or units. */
export function requireOneScale(a: JointProfile, b: JointProfile): void {
  const [left, right] = [JSON.stringify(a.scale), JSON.stringify(b.scale)];
  if (left !== right) throw new Error(`joint profiles are of one scale, got ${left} and ${right}`);
}

/**
 * h = k(1, 2) + k(3, 4) − k(1, 4) − k(3, 2) of rows of one distribution has mean 0 and four times the variance of the centred
 * kernel (Gretton et al. 2012, section 6).
 */
function addQuadruples(
  before: JointProfile['quadruples'],
  chunk: readonly Float64Array[],
  bandwidth: number,
) {
  const rows = chunk[0]?.length ?? 0;
  let { n, squares } = before;
  const kernel = (i: number, j: number) => {
    let square = 0;
    for (const column of chunk) square += ((column[i] as number) - (column[j] as number)) ** 2;
    return Math.exp(-square / (2 * bandwidth * bandwidth));
  };
  for (let i = 0; i + 3 < rows; i += 4) {
    const h = kernel(i, i + 1) + kernel(i + 2, i + 3) - kernel(i, i + 3) - kernel(i + 2, i + 1);
    squares += h * h;
    n++;
  }
  return { n, squares };
}
