import { invalid } from './errors.ts';
import { integerBetween } from './input.ts';

const DEFAULT_PAGE = 10;

const MAX_PAGE = 100;

type ListInput = {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
  readonly NameContains?: string | undefined;
};

type Page<T> = { readonly items: readonly T[]; readonly NextToken?: string };

/** The page that was asked for of what there is to list, in its order. */
export const pageOf = <T>(input: ListInput, listed: readonly T[]): Page<T> => {
  const size = integerBetween(input.MaxResults ?? DEFAULT_PAGE, 'MaxResults', 1, MAX_PAGE);
  const start = Number(input.NextToken ?? 0);
  if (!Number.isInteger(start) || start < 0)
    throw invalid(`NextToken is ${input.NextToken}, wanted one from the page before`);
  const items = listed.slice(start, start + size);
  return start + size < listed.length ? { items, NextToken: String(start + size) } : { items };
};

/** What a list is asked for by name and status, newest first, as most of SageMaker's List actions answer by default. */
export const page = <T>(
  input: ListInput,
  all: readonly T[],
  read: { readonly name: (item: T) => string; readonly status: (item: T) => string },
  statusEquals: string | undefined,
): Page<T> => {
  const matching = all
    .filter((item) => read.name(item).includes(input.NameContains ?? ''))
    .filter((item) => !statusEquals || read.status(item) === statusEquals)
    .toReversed();
  return pageOf(input, matching);
};
