import { sha256Hex } from './canonical-json.ts';

/** Step Functions takes 80 characters, and of these no separators such as the colons of a time. */
const MAX_LENGTH = 80;
const HASH_LENGTH = 12;

/**
 * A name for an execution made of ids: the same ids give the same name, so a repeated event starts nothing new. Ids
 * that do not fit or hold other characters are told apart by a hash.
 *
 * @example executionName('churn', 'u-1') // 'churn-u-1'
 */
export function executionName(...parts: readonly (string | number)[]): string {
  const whole = parts.join('-');
  const clean = whole.replaceAll(/[^A-Za-z0-9_-]/g, '-');
  if (clean === whole && whole.length <= MAX_LENGTH) return whole;
  return `${clean.slice(0, MAX_LENGTH - HASH_LENGTH - 1)}-${sha256Hex(whole).slice(0, HASH_LENGTH)}`;
}
