import { exportedWindow } from '../monitoring/window-export.ts';
import type { DatasetVersion } from '../registry/dataset.ts';

/** A window of served predictions that a data fault spoiled. */
export interface SpoiledWindow {
  readonly version: number;
  /** ISO 8601 UTC. */
  readonly start: string;
}

export interface Knowledge {
  /** Wall clock, ISO 8601 UTC: a dataset that was accepted later is not known yet. */
  readonly asOf: string;
  /** Windows whose exports are left out for ever, whenever that became known: leaving rows out tells a model nothing. */
  readonly spoiled?: readonly SpoiledWindow[];
  /** The golden set, which judges and is never learned from. */
  readonly golden?: string | undefined;
}

/**
 * The dataset versions that a set built as of a time may read. A window that was exported more than once is read in the
 * newest export that was known then, so that a corrected label replaces the first one and a later one changes nothing; not at all
 * if that one has no rows, because every label has been contradicted.
 *
 * @param datasets every version of the model, any order
 * @returns the accepted ones that were known, in the given order
 * @example datasetsKnownAt([dataset], { asOf: '2026-11-24T00:00:00.000Z', golden: dataset.id }) // []
 */
export function datasetsKnownAt(
  datasets: readonly DatasetVersion[],
  { asOf, spoiled = [], golden }: Knowledge,
): readonly DatasetVersion[] {
  const known = datasets.filter((d) => d.createdAt <= asOf && d.id !== golden);
  const left = new Set(spoiled.map(nameOf));
  const newest = newestExports(known.filter((d) => isAccepted(d) || takesBack(d)));
  return known.filter(isAccepted).filter((dataset) => {
    const window = exportedWindow(dataset);
    if (window === undefined) return true;
    return !left.has(nameOf(window)) && newest.get(nameOf(window)) === window.revision;
  });
}

const isAccepted = ({ status }: DatasetVersion) => status === 'accepted';

/** Intake accepts no dataset without rows, and one that it could not read says nothing. */
const takesBack = ({ rows, coverage = 1 }: DatasetVersion) => rows === 0 && coverage === 1;

/** The newest revision of each exported window. */
function newestExports(datasets: readonly DatasetVersion[]): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  for (const dataset of datasets) {
    const window = exportedWindow(dataset);
    if (window === undefined) continue;
    const name = nameOf(window);
    newest.set(name, Math.max(window.revision, newest.get(name) ?? 0));
  }
  return newest;
}

function nameOf({ version, start }: SpoiledWindow): string {
  return `${version}/${new Date(start).toISOString()}`;
}
