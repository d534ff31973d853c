import { type Binning, makeBinning } from '../profile/binning.ts';

/**
 * The part of a version's binning that raw data can be counted under: a dataset has inputs and features, and no model's output.
 *
 * @example inputBinning(versionBinning).columns['output.score'] // undefined
 */
export function inputBinning(binning: Binning): Binning {
  const columns = Object.entries(binning.columns).filter(([name]) => !name.startsWith('output.'));
  return makeBinning(Object.fromEntries(columns));
}
