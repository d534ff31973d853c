import { InvalidArgumentError } from 'commander';

/** Reads an argument or option that is a whole number from 0; anything else is wrong usage. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
