/** A row as the model was asked it, and its answer. */
export interface AnsweredRow {
  readonly features: Readonly<Record<string, unknown>>;
  readonly score: number;
}

/** Groups that a number's values are cut into: enough to follow a curve, few enough to fill each. */
const NUMBER_GROUPS = 20;
/** Categories that are told apart; all others are one group. */
const NAMED_GROUPS = 50;

/**
 * How much the model's answers go with each of its features: the share (0–1) of the variance of its scores that lies between
 * groups of rows with like values. It asks no trainer and needs no other scoring. What a feature does only together with
 * another is not in it, and features that go together share what they say.
 *
 * @param rows of a holdout
 * @returns weights by `feature.x`; none where every score is the same
 * Source: correlation ratio η² (Pearson 1905), corrected for the number of groups (ε², Kelley 1935); for independent features
 * Sobol's first-order sensitivity index.
 * @example featureImportance of 100 rows whose score is their feature a, and b is a coin: { 'feature.a': 0.99…, 'feature.b': 0 }
 */
export function featureImportance(rows: readonly AnsweredRow[]): Readonly<Record<string, number>> {
  const names = Object.keys(rows[0]?.features ?? {});
  const scores = rows.map(({ score }) => score);
  const whole = spread(scores);
  if (whole === 0) return {};
  return Object.fromEntries(
    names.map((name) => {
      const groups = grouped(rows.map(({ features }) => features[name]));
      return [`feature.${name}`, explained(groups, scores, whole)];
    }),
  );
}

function explained(groups: readonly number[], scores: readonly number[], whole: number): number {
  const members = new Map<number, number[]>();
  groups.forEach((group, i) => {
    const others = members.get(group);
    if (others) others.push(scores[i] as number);
    else members.set(group, [scores[i] as number]);
  });
  const within = [...members.values()].reduce((sum, values) => sum + spread(values), 0);
  const [rows, cells] = [scores.length, members.size];
  if (rows <= cells) return 0;
  return Math.max(0, 1 - (within / (rows - cells)) * ((rows - 1) / whole));
}

/** Sum of squared distances from the mean. */
function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

/** Of each value the number of its group; those without a value are one. */
function grouped(values: readonly unknown[]): readonly number[] {
  const present = values.filter((value) => value !== null && value !== undefined);
  const numeric = present.every((value) => typeof value === 'number');
  return numeric ? numberGroups(values, present as number[]) : categoryGroups(values);
}

function numberGroups(values: readonly unknown[], present: number[]): readonly number[] {
  const sorted = present.toSorted((a, b) => a - b);
  const edges = Array.from(
    { length: NUMBER_GROUPS - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / NUMBER_GROUPS)] as number,
  );
  return values.map((value) =>
    typeof value === 'number' ? edges.filter((edge) => edge <= value).length : NUMBER_GROUPS,
  );
}

function categoryGroups(values: readonly unknown[]): readonly number[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  const common = [...counts].sort(([, a], [, b]) => b - a).slice(0, NAMED_GROUPS);
  const groups = new Map(common.map(([name], i) => [name, i]));
  return values.map((value) => groups.get(String(value)) ?? NAMED_GROUPS);
}
