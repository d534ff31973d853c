interface Issue {
  readonly code?: string | undefined;
  readonly path?: readonly PropertyKey[] | undefined;
}

/** Whether a part of an input has its form; `*` in its path stands for every key. */
export type HasForm = (...path: readonly (string | number)[]) => boolean;

/** A key too many, or a rule that is broken, leaves a value of the right form. */
const OF_NO_FORM: readonly (string | undefined)[] = ['unrecognized_keys', 'custom'];

/**
 * Tells the parts of an input that may be looked at from those that have not their form, by the issues found so far: what is
 * wrong in one place then hides nothing that is wrong in another.
 *
 * @example parsedParts([{ path: ['columns', 2, 'type'] }])('columns', '*', 'name') // true
 */
export function parsedParts(issues: readonly Issue[]): HasForm {
  const broken = issues.flatMap(({ code, path }) => (OF_NO_FORM.includes(code) ? [] : [path ?? []]));
  return (...path) => !broken.some((at) => touch(at, path));
}

/** One lies within the other. */
function touch(a: readonly PropertyKey[], b: readonly (string | number)[]): boolean {
  const common = Math.min(a.length, b.length);
  return b.slice(0, common).every((key, i) => key === '*' || key === a[i]);
}
