import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DriftScore, scoreProfiles } from '../../lib/domain/drift/score-profiles.ts';
import type { Binning } from '../../lib/domain/profile/binning.ts';
import type { Profile } from '../../lib/domain/profile/profile.ts';
import { drift } from '../../lib/domain/spec/drift.ts';
import { openEngine } from '../../lib/engine/engine.ts';
import { profileFile } from '../../lib/engine/profile/profile-file.ts';
import { proposeBinning } from '../../lib/engine/profile/propose-binning.ts';
import { STATE_DIR, TRAINER_REQUIREMENTS } from '../../local/cloud.ts';
import { EMPLOYMENT_COLUMNS, EMPLOYMENT_YEARS, fetchEmployment } from '../../local/employment.ts';
import { ensureVenv, pythonWithPip } from '../../local/python.ts';

/** A model's AUC stays between .902 and .905 over these years: whoever raises an alarm raises a false one. */
describe('four years in which nothing happened', () => {
  const profiles = new Map<number, Profile>();
  let binning: Binning;

  beforeAll(async () => {
    const python = await pythonWithPip(await ensureVenv('trainer', TRAINER_REQUIREMENTS));
    const files = await fetchEmployment({ python, dataDir: join(STATE_DIR, 'data') });
    const engine = await openEngine();
    const file = (year: number) => files.get(year) as string;
    binning = await proposeBinning({ file: file(2015), columns: EMPLOYMENT_COLUMNS }, engine);
    for (const year of EMPLOYMENT_YEARS)
      profiles.set(year, await profileFile({ file: file(year), binning, source: `${year}` }, engine));
  });

  function score(year: number): DriftScore {
    const [reference, window] = [profiles.get(2015), profiles.get(year)] as [Profile, Profile];
    return scoreProfiles({ reference, window, binning, drift: drift.parse({}) });
  }

  it('are 277,677 people', () => {
    expect([...profiles.values()].reduce((sum, { rows }) => sum + rows, 0)).toBe(277_677);
  });

  it.each([2016, 2017, 2018])('raise no alarm (%i)', (year) => {
    const { verdict, shareDrifted, explanation } = score(year);
    expect({ verdict, shareDrifted }).toEqual({ verdict: 'stable', shareDrifted: 0 });
    expect(explanation).toMatch(/^none of 18 columns moved; could have seen ≥ 0\.0\d+ σ$/);
  });

  it.each([2016, 2017, 2018])('would raise many by their p-values alone (%i)', (year) => {
    const byChance = score(year).columns.filter(({ statistics }) =>
      ['ks-p', 'chi-square-p'].some((name) => (statistics[name] ?? 1) < 0.05),
    );
    expect(byChance.length).toBeGreaterThanOrEqual(6);
  });
});
