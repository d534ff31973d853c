import { brokenSchemas } from './broken-schema.ts';
import { type FoundCause, isFault } from './cause.ts';
import { nullSurges } from './null-surge.ts';
import type { CauseQuestion } from './question.ts';
import { unitCauses } from './unit-causes.ts';
import { renamedVocabularies } from './vocabulary-rename.ts';
import { volumeFaults } from './volume.ts';

/**
 * What is behind a window: faults upstream first, each with its columns, its numbers and the first part that shows it; then what
 * the data truly did. Drift is only called a shift when no fault of the values explains it.
 *
 * @returns at least one; `none` when all is as it was
 * @example causesOf({ …, profile: aMonthInCelsius })[0].cause // 'unit-changed'
 */
export function causesOf(question: CauseQuestion): readonly FoundCause[] {
  const faults = [
    ...brokenSchemas(question),
    ...nullSurges(question),
    ...unitCauses(question),
    ...renamedVocabularies(question),
    ...volumeFaults(question),
  ];
  const shifts = faults.some(spoilsValues) ? [] : trueShifts(question);
  const causes = [...faults, ...shifts];
  return causes.length > 0 ? causes : [{ cause: 'none', columns: [], evidence: question.window.explanation }];
}

/** A day that is missing or came twice moves no distribution; broken values do. */
function spoilsValues(found: FoundCause): boolean {
  return isFault(found) && !found.cause.startsWith('volume-');
}

function trueShifts({ window, quality }: CauseQuestion): readonly FoundCause[] {
  const { verdict, explanation } = window;
  const worse = (quality?.changes ?? []).filter((change) => change.verdict === 'drifted');
  const concept: FoundCause[] =
    worse.length === 0
      ? []
      : [{ cause: 'concept-shift', columns: [], evidence: worse.map(({ sentence }) => sentence).join('; ') }];
  if (verdict === 'insufficient-data')
    return [...concept, { cause: 'too-few-rows', columns: [], evidence: explanation }];
  if (verdict !== 'drifted') return concept;
  const moved = window.columns.filter((column) => column.verdict === 'drifted').map(({ column }) => column);
  return [{ cause: 'covariate-shift', columns: moved.sort(), evidence: explanation }, ...concept];
}
