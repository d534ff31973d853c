import { type ModelSpec, specSchema } from '../lib/domain/spec.ts';

const numbered = (count: number, name: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => name(i));

/** Twenty-four rules for the table of twelve columns: each kind that looks at rows, four or more of the costly ones. */
const RULES: readonly object[] = [
  { id: 'norm-range', kind: 'range', column: 'x_norm', min: -6, max: 6 },
  { id: 'lognorm-range', kind: 'range', column: 'x_lognorm', min: 0, max: 200 },
  { id: 'unif-range', kind: 'range', column: 'x_unif', min: 0, max: 100 },
  { id: 'count-range', kind: 'range', column: 'x_count', min: 0, max: 100 },
  { id: 'amount-range', kind: 'range', column: 'x_amount', min: 1, max: 100_000_000 },
  { id: 'nan-range', kind: 'range', column: 'x_nan', min: -25, max: 25 },
  { id: 'lognorm-complete', kind: 'completeness', column: 'x_lognorm', tolerance: 0.05 },
  { id: 'count-complete', kind: 'completeness', column: 'x_count', tolerance: 0.1 },
  { id: 'nan-complete', kind: 'completeness', column: 'x_nan', tolerance: 0.2 },
  { id: 'k20-complete', kind: 'completeness', column: 'k20', tolerance: 0.05 },
  { id: 'k5-known', kind: 'vocabulary', column: 'k5', values: numbered(5, (i) => `c${i}`) },
  { id: 'k20-known', kind: 'vocabulary', column: 'k20', values: numbered(20, (i) => `region_${i}`) },
  {
    id: 'k200-known',
    kind: 'vocabulary',
    column: 'k200',
    values: numbered(200, (i) => `sku-${String(i).padStart(4, '0')}`),
  },
  { id: 'k1000-known', kind: 'vocabulary', column: 'k1000', values: numbered(990, (i) => `merchant_${i}`) },
  { id: 'k5-pattern', kind: 'pattern', column: 'k5', pattern: 'c[0-4]' },
  { id: 'k20-pattern', kind: 'pattern', column: 'k20', pattern: 'region_[0-9]{1,2}' },
  { id: 'k200-pattern', kind: 'pattern', column: 'k200', pattern: 'sku-[0-9]{4}' },
  { id: 'k1000-pattern', kind: 'pattern', column: 'k1000', pattern: 'merchant_[0-9]{1,3}' },
  { id: 'k200-length', kind: 'length', column: 'k200', min: 8, max: 8 },
  { id: 'k1000-length', kind: 'length', column: 'k1000', max: 12 },
  { id: 'zinf-or-norm', kind: 'sql', sql: 'x_zinf >= 0 OR x_norm < 4' },
  { id: 'count-below-amount', kind: 'sql', sql: 'x_count <= x_amount' },
  { id: 'sum-below', kind: 'sql', sql: 'x_unif + x_f32 < 130' },
  { id: 'k5-and-zinf', kind: 'sql', sql: "k5 <> 'c0' OR x_zinf < 40" },
];

const NUMBERS = ['x_norm', 'x_lognorm', 'x_unif', 'x_f32', 'x_zinf', 'x_nan'];
const INTEGERS = ['x_count', 'x_amount'];
const STRINGS = ['k5', 'k20', 'k200', 'k1000'];

/** The spec that states them; its schema is the file's, and what a column's type implies is checked beside the 24. */
export function specOf24Rules(): ModelSpec {
  const columns = [
    ...NUMBERS.map((name) => ({ name, type: 'number', nullable: true })),
    ...INTEGERS.map((name) => ({ name, type: 'integer', nullable: true })),
    ...STRINGS.map((name) => ({ name, type: 'string', nullable: true })),
  ];
  return specSchema.parse({
    name: 'rules',
    task: 'regression',
    schema: { label: 'x_norm', columns, constraints: RULES },
    features: { sql: 'SELECT x_unif FROM input' },
    training: { days: 2, holdoutDays: 1 },
    evaluation: { metric: 'rmse', gates: [{ metric: 'rmse', atMost: 1 }] },
    monitoring: { window: 'day', drift: {} },
    retraining: {},
  });
}
