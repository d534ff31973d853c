import type { Finding } from '../findings.ts';
import type { ConstraintSpec, Environment } from '../spec/constraints.ts';
import type { ModelSpec } from '../spec.ts';

/** What is known of a dataset, or of a window, as a whole. */
export interface Whole {
  readonly rows: number;
  /** Newest event time, ISO 8601 UTC. */
  readonly to?: string | undefined;
  /** When it came in, or when the window ended; without it freshness is not judged. */
  readonly at?: string | undefined;
}

const HOUR_MS = 3_600_000;

/**
 * What the constraints on volume and freshness say of a whole dataset or window.
 *
 * @example wholeFindings(spec, 'training', { rows: 10 })[0]?.message // 'constraint volume wants at least 1000 rows, got 10'
 */
export function wholeFindings(spec: ModelSpec, environment: Environment, whole: Whole): readonly Finding[] {
  return spec.schema.constraints
    .filter((one) => one.environments.includes(environment))
    .flatMap((one) => {
      if (one.kind === 'volume') return volume(one, whole.rows);
      return one.kind === 'freshness' ? freshness(one, whole) : [];
    });
}

function volume(one: Extract<ConstraintSpec, { kind: 'volume' }>, rows: number): readonly Finding[] {
  const finding = (rule: string, wanted: string) => [
    { ...about(one, rule), message: `constraint ${one.id} wants ${wanted} rows, got ${rows}` },
  ];
  if (one.minRows !== undefined && rows < one.minRows)
    return finding('dataset-low-num-examples', `at least ${one.minRows}`);
  if (one.maxRows !== undefined && rows > one.maxRows)
    return finding('dataset-high-num-examples', `at most ${one.maxRows}`);
  return [];
}

function freshness(
  one: Extract<ConstraintSpec, { kind: 'freshness' }>,
  { to, at }: Whole,
): readonly Finding[] {
  if (to === undefined || at === undefined) return [];
  const ageHours = (Date.parse(at) - Date.parse(to)) / HOUR_MS;
  if (ageHours <= one.maxAgeHours) return [];
  const got = `the newest event ${to} was ${Number(ageHours.toPrecision(3))} hours old at ${at}`;
  return [
    {
      ...about(one, 'dataset-stale'),
      message: `${got}, constraint ${one.id} wants at most ${one.maxAgeHours}`,
    },
  ];
}

function about(
  { id, severity }: ConstraintSpec,
  rule: string,
): Pick<Finding, 'rule' | 'constraint' | 'severity'> {
  return { rule, constraint: id, severity };
}
