import { describe, expect, it } from 'vitest';
import { learnPreset } from '../../../lib/engine/profile/learn-preset.ts';
import { profileFile } from '../../../lib/engine/profile/profile-file.ts';
import { proposeBinning } from '../../../lib/engine/profile/propose-binning.ts';
import { writeParquetRows } from '../../../lib/engine/read/rows.ts';
import { fiveThousand, LETTERS, skewed, WHOLE, YES_NO } from '../../domain/statistics/reference-pairs.ts';
import { anEngine } from '../a-folder.ts';

const { engine, path } = anEngine();

const DATA = {
  big: { kind: 'numeric', x: fiveThousand().x },
  skewed: { kind: 'numeric', x: skewed().x },
  whole: { kind: 'numeric', x: WHOLE.x },
  letters: { kind: 'categorical', x: LETTERS.x },
  yesNo: { kind: 'categorical', x: YES_NO.x },
} as const;

async function learned(name: keyof typeof DATA) {
  const { kind, x } = DATA[name];
  const file = path(`${name}.parquet`);
  const rows = Array.from<number | string>(x).map((value) => ({ x: value }));
  await writeParquetRows(
    rows,
    [{ name: 'x', type: kind === 'numeric' ? 'number' : 'string' }],
    file,
    engine(),
  );
  const binning = await proposeBinning({ file, columns: [{ name: 'x', kind }] }, engine());
  const profile = await profileFile({ file, binning, source: name }, engine());
  return learnPreset({ file, binning, profile }, engine());
}

describe('learnPreset', () => {
  // Printed by nannyml 0.13.1 for the raw values: UnivariateDriftCalculator().fit(reference), the upper threshold of jensen_shannon.
  it.each([
    ['big', 0.10585314007638633, 2e-2],
    ['skewed', 0.5813104033004524, 2e-2],
    ['whole', 0.07347118019203187, 1e-9],
    ['letters', 0.9130562734802021, 1e-9],
    ['yesNo', 0.6196667302664878, 1e-9],
  ] as const)('learns from the chunks of %s what NannyML learns', async (name, wanted, error) => {
    const { x } = await learned(name);
    expect(Math.abs((x as number) - wanted)).toBeLessThanOrEqual(error);
  });
});
