import type { ParameterRanges } from '@aws-sdk/client-sagemaker';
import { invalid } from './errors.ts';
import { oneOf, required, unsupported } from './input.ts';
import { MAX_CATEGORIES, MAX_TUNED_HYPERPARAMETERS } from './limits.ts';

type Scaling = 'Auto' | 'Linear' | 'Logarithmic' | 'ReverseLogarithmic';

type Numbers = {
  readonly kind: 'integer' | 'continuous';
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly scaling: Scaling;
};

type Categories = {
  readonly kind: 'categorical';
  readonly name: string;
  readonly values: readonly string[];
};

export type Range = Numbers | Categories;

type GivenNumbers = {
  readonly Name?: string | undefined;
  readonly MinValue?: string | undefined;
  readonly MaxValue?: string | undefined;
  readonly ScalingType?: Scaling | undefined;
};

const number = (value: string | undefined, field: string, kind: Numbers['kind']): number => {
  const text = required(value, field);
  const parsed = typeof text === 'string' && text.trim() ? Number(text) : Number.NaN;
  if (kind === 'integer' ? Number.isSafeInteger(parsed) : Number.isFinite(parsed)) return parsed;
  throw invalid(
    `${field} is ${JSON.stringify(text)}, wanted the text of ${kind === 'integer' ? 'an integer' : 'a number'}`,
  );
};

const checkScaling = ({ kind, min, max, scaling }: Numbers, field: string) => {
  if (scaling === 'Logarithmic' && min <= 0) {
    throw invalid(`${field}.MinValue is ${min}, wanted more than 0 for ScalingType Logarithmic`);
  }
  if (scaling !== 'ReverseLogarithmic') return;
  if (kind === 'integer')
    throw invalid(`${field}.ScalingType is ReverseLogarithmic, which integer ranges do not have`);
  if (min < 0 || max >= 1) {
    throw invalid(`${field} is ${min} to ${max}, wanted 0 to less than 1 for ScalingType ReverseLogarithmic`);
  }
};

const numbers = (given: readonly GivenNumbers[] = [], kind: Numbers['kind'], list: string): Numbers[] =>
  given.map(({ Name, MinValue, MaxValue, ScalingType = 'Auto' }, index) => {
    const field = `${list}[${index}]`;
    const range: Numbers = {
      kind,
      name: required(Name, `${field}.Name`),
      min: number(MinValue, `${field}.MinValue`, kind),
      max: number(MaxValue, `${field}.MaxValue`, kind),
      scaling: oneOf(ScalingType, `${field}.ScalingType`, [
        'Auto',
        'Linear',
        'Logarithmic',
        'ReverseLogarithmic',
      ]),
    };
    if (range.min > range.max)
      throw invalid(`${field}.MinValue is ${range.min}, wanted MaxValue ${range.max} at most`);
    checkScaling(range, field);
    return range;
  });

const categories = ({ CategoricalParameterRanges: given = [] }: ParameterRanges): Categories[] =>
  given.map(({ Name, Values }, index) => {
    const field = `CategoricalParameterRanges[${index}]`;
    const values = required(Values, `${field}.Values`);
    if (values.length < 1 || values.length > MAX_CATEGORIES) {
      throw invalid(`${field}.Values has ${values.length} entries, wanted 1 to ${MAX_CATEGORIES}`);
    }
    return { kind: 'categorical', name: required(Name, `${field}.Name`), values: [...new Set(values)] };
  });

export const parseRanges = (given: ParameterRanges | undefined): readonly Range[] => {
  const input = required(given, 'HyperParameterTuningJobConfig.ParameterRanges');
  unsupported(input.AutoParameters, 'ParameterRanges.AutoParameters');
  const ranges = [
    ...categories(input),
    ...numbers(input.IntegerParameterRanges, 'integer', 'IntegerParameterRanges'),
    ...numbers(input.ContinuousParameterRanges, 'continuous', 'ContinuousParameterRanges'),
  ];
  if (ranges.length < 1 || ranges.length > MAX_TUNED_HYPERPARAMETERS) {
    throw invalid(
      `ParameterRanges has ${ranges.length} hyperparameters, wanted 1 to ${MAX_TUNED_HYPERPARAMETERS}`,
    );
  }
  const twice = ranges.find(({ name }, index) => ranges.findIndex((range) => range.name === name) < index);
  if (twice) throw invalid(`ParameterRanges has ${twice.name} twice, wanted each hyperparameter once`);
  return ranges;
};
