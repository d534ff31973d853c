import { chunkRanges } from './chunk-ranges.ts';
import type { ColumnPair } from './column-pair.ts';
import { EVIDENTLY, evidentlyDefault } from './evidently.ts';
import { learnedThreshold, NANNYML } from './nannyml.ts';
import { judged, type PresetMethod, type PresetName, type PresetScore } from './preset.ts';
import { type RawColumn, rawPair } from './raw-pair.ts';
import { SAGEMAKER } from './sagemaker.ts';
import { TFDV } from './tfdv.ts';

const METHODS: Readonly<Record<PresetName, Readonly<Record<string, PresetMethod>>>> = {
  evidently: EVIDENTLY,
  sagemaker: SAGEMAKER,
  tfdv: TFDV,
  nannyml: NANNYML,
};

export interface ScorePreset {
  readonly reference: RawColumn;
  readonly current: RawColumn;
  /** The library's name of a method; by default the one it takes itself. */
  readonly method?: string;
  /** Instead of the library's own threshold. */
  readonly threshold?: number;
}

/**
 * What a library says about a column, from raw values: equal to it to 1e-9.
 *
 * @returns no score, and no drift, where the library cannot measure
 * Throws for a method that the preset does not have.
 * Source: Evidently 0.7.21, NannyML 0.13.1, Deequ `Distance`, TFDV `metrics.cc`.
 * @example scorePreset('evidently', { reference, current }) // { method: 'ks', score: 0.087, drifted: false, … }
 */
export function scorePreset(preset: PresetName, input: ScorePreset): PresetScore {
  const pair = rawPair(input.reference, input.current);
  const chunks = () => chunksOf(input.reference).map((chunk) => rawPair(input.reference, chunk));
  return scorePair(preset, pair, { ...input, chunks });
}

export interface ScorePair {
  readonly method?: string;
  readonly threshold?: number;
  /** The reference with each of its own chunks, from which NannyML learns its threshold. */
  readonly chunks?: () => readonly ColumnPair[];
}

/** The same for a pair of any making; see `scorePreset`. */
export function scorePair(preset: PresetName, pair: ColumnPair, options: ScorePair = {}): PresetScore {
  const name = options.method ?? defaultMethod(preset, pair);
  const method = METHODS[preset][name];
  if (method === undefined) throw new RangeError(`preset ${preset} has no method ${name}`);
  const measurable = pair.rows.reference > 0 && pair.rows.current > 0 && fits(method, pair);
  const score = measurable ? method.score(pair) : undefined;
  const threshold = options.threshold ?? method.threshold ?? learned(preset, name, method, options);
  return judged(preset, name, method, score, threshold);
}

/** What each library takes for a column when it is not told. */
function defaultMethod(preset: PresetName, pair: ColumnPair): string {
  if (preset === 'evidently') return evidentlyDefault(pair);
  if (preset === 'sagemaker') return 'Robust';
  if (preset === 'nannyml') return 'jensen_shannon';
  return pair.kind === 'numeric' ? 'jensen_shannon_divergence' : 'infinity_norm';
}

function fits({ appliesTo }: PresetMethod, { kind }: ColumnPair): boolean {
  return appliesTo === 'both' || appliesTo === kind;
}

function learned(
  preset: PresetName,
  name: string,
  method: PresetMethod,
  { chunks }: ScorePair,
): number | undefined {
  if (preset !== 'nannyml' || chunks === undefined) return undefined;
  const scores = chunks().map((pair) => (fits(method, pair) ? method.score(pair) : undefined));
  return learnedThreshold(scores, name === 'kolmogorov_smirnov' ? 1 : undefined);
}

function chunksOf({ kind, values }: RawColumn): readonly RawColumn[] {
  const all = Array.from(values);
  return chunkRanges(all.length).map(({ from, to }) => ({ kind, values: all.slice(from, to) }));
}
