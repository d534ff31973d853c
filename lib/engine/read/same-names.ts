import { UnreadableContentError } from './unreadable-file.ts';

/** Throws for columns of one name, or of names that differ only in case: the engine tells no such columns apart. */
export function refuseSameNames(names: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const before = seen.get(name.toLowerCase());
    if (before === name) throw new UnreadableContentError(`there are two columns ${name}: rename one`);
    if (before !== undefined)
      throw new UnreadableContentError(`the columns ${before} and ${name} differ only in case: rename one`);
    seen.set(name.toLowerCase(), name);
  }
}
