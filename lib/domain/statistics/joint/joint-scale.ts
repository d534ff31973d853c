import type { Binning } from '../../profile/binning.ts';
import type { Scale } from './standardise.ts';

/** Columns that are looked at together: second moments grow with their square. */
const MOST_COLUMNS = 32;

/** Interquartile range of a standard normal. */
const NORMAL_QUARTILES = 1.349;

/** Quartiles nearer than this share of the range are one atom, which is no unit. */
const SMALLEST_SHARE_OF_RANGE = 1e-3;

/**
 * Centre and unit of the numeric features of a binning, of its inputs too where fewer than two features are numeric, read off
 * their edges, which lie about at equal ranks. So every profile under one binning has one scale, before anything is counted.
 * Outputs are not among them: a reference counts those on other rows.
 *
 * @param ignore columns whose change is of no interest
 * @returns the first 32 by name; undefined for fewer than two, which have nothing to show together
 * @example jointScale of edges [1, 2, 3] // centre 2, unit 0.74
 */
export function jointScale(columns: Binning['columns'], ignore: readonly string[] = []): Scale | undefined {
  const measurable = Object.entries(columns)
    .filter(([name]) => !name.startsWith('output.') && !ignore.includes(name))
    .flatMap(([name, column]) => {
      const unit = column.kind === 'numeric' ? unitOf(column.edges) : undefined;
      return unit === undefined ? [] : [{ name, ...unit }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  // Features are what the model sees; an input beside the feature made of it would count twice.
  const features = measurable.filter(({ name }) => name.startsWith('feature.'));
  const scaled = (features.length >= 2 ? features : measurable).slice(0, MOST_COLUMNS);
  if (scaled.length < 2) return undefined;
  return {
    columns: scaled.map(({ name }) => name),
    means: scaled.map(({ centre }) => centre),
    sigmas: scaled.map(({ sigma }) => sigma),
  };
}

function unitOf(edges: readonly number[]): { readonly centre: number; readonly sigma: number } | undefined {
  const at = (share: number) => edges[Math.round(share * (edges.length - 1))] as number;
  const range = at(1) - at(0);
  if (edges.length < 3 || !(range > 0) || !Number.isFinite(range)) return undefined;
  const quartiles = at(0.75) - at(0.25);
  const sigma = quartiles > SMALLEST_SHARE_OF_RANGE * range ? quartiles / NORMAL_QUARTILES : range / 4;
  return { centre: at(0.5), sigma };
}
