import type { PresetName } from '../../../lib/domain/statistics/presets/preset.ts';
import { scorePreset } from '../../../lib/domain/statistics/presets/score-preset.ts';
import { EIGHT, FEW, fiveThousand, LETTERS, skewed, WHOLE, YES_NO } from './reference-pairs.ts';

/** Pairs of samples whose scores the libraries were asked for. */
export const DATA = {
  eight: { kind: 'numeric', ...EIGHT },
  big: { kind: 'numeric', ...fiveThousand() },
  whole: { kind: 'numeric', ...WHOLE },
  few: { kind: 'numeric', ...FEW },
  skewed: { kind: 'numeric', ...skewed() },
  letters: { kind: 'categorical', ...LETTERS },
  yesNo: { kind: 'categorical', ...YES_NO },
} as const;
type DataName = keyof typeof DATA;

/** What a preset says of a pair. */
export function score(preset: PresetName, name: DataName, method?: string) {
  const { kind, x, y } = DATA[name];
  return scorePreset(preset, {
    reference: { kind, values: x },
    current: { kind, values: y },
    ...(method !== undefined && { method }),
  });
}
