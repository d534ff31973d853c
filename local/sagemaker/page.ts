import { invalid } from './errors.ts';
import { integerBetween } from './input.ts';

const DEFAULT_PAGE = 10;

const MAX_PAGE = 100;

type ListInput = {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
  readonly NameContains?: string | undefined;
};

/** One page of a list, newest first, as all of SageMaker's List actions answer by default. */
export const page = <T>(
  input: ListInput,
  all: readonly T[],
  read: { readonly name: (item: T) => string; readonly status: (item: T) => string },
  statusEquals: string | undefined,
): { readonly items: readonly T[]; readonly NextToken?: string } => {
  const size = integerBetween(input.MaxResults ?? DEFAULT_PAGE, 'MaxResults', 1, MAX_PAGE);
  const start = Number(input.NextToken ?? 0);
  if (!Number.isInteger(start) || start < 0)
    throw invalid(`NextToken is ${input.NextToken}, wanted one from the page before`);
  const matching = all
    .filter((item) => read.name(item).includes(input.NameContains ?? ''))
    .filter((item) => !statusEquals || read.status(item) === statusEquals)
    .toReversed();
  const items = matching.slice(start, start + size);
  return start + size < matching.length ? { items, NextToken: String(start + size) } : { items };
};
