import { makeBinning } from '../lib/domain/profile/binning.ts';
import { segmentBinning } from '../lib/domain/profile/segment-binning.ts';
import type { Engine } from '../lib/engine/engine.ts';
import { profileFile } from '../lib/engine/profile/profile-file.ts';
import type { Work } from './engine-work.ts';
import { cpuSecondsOf, percentile } from './measure.ts';

const ROUNDS = 3;

/** A column of five values: six segments with the rest. */
const BY = 'k5';

/** CPU-seconds of a profile with segments over one without, turn by turn; the median of each side. */
export async function segmentsOverPlain(
  { current, binning, reference }: Work,
  engine: Engine,
): Promise<number> {
  const by = Object.fromEntries(Object.entries(reference.columns).filter(([name]) => name === BY));
  const cut = makeBinning(binning.columns, segmentBinning(by, binning.columns));
  const seconds: { readonly plain: number[]; readonly cut: number[] } = { plain: [], cut: [] };
  const profile = (of: typeof binning) =>
    cpuSecondsOf(() => profileFile({ file: current, binning: of, source: 'current' }, engine));
  for (let round = 0; round < ROUNDS; round++) {
    seconds.plain.push(await profile(binning));
    seconds.cut.push(await profile(cut));
  }
  return percentile(seconds.cut, 50) / percentile(seconds.plain, 50);
}
