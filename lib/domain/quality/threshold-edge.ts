import { type Binning, makeBinning } from '../profile/binning.ts';

/**
 * A binning whose score bins end where the model decides, so that a bin's rows are all called the same. Nothing is changed where
 * they do already, without a threshold, and without numeric scores.
 *
 * @example withThresholdEdge(makeBinning({ 'output.score': { kind: 'numeric', edges: [0.2] } }), 0.5) // edges [0.2, 0.5]
 */
export function withThresholdEdge(binning: Binning, threshold: number | undefined): Binning {
  const score = binning.columns['output.score'];
  if (threshold === undefined || score?.kind !== 'numeric' || score.edges.includes(threshold)) return binning;
  const edges = [...score.edges, threshold].sort((a, b) => a - b);
  return makeBinning({ ...binning.columns, 'output.score': { ...score, edges } }, binning.segments);
}
