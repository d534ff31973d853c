import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeBinning } from '../../../lib/domain/profile/binning.ts';
import type { ColumnProfile } from '../../../lib/domain/profile/column-profile.ts';
import { mergeProfiles } from '../../../lib/domain/profile/merge-profiles.ts';
import { profileSchema } from '../../../lib/domain/profile/profile.ts';
import { profileObject } from '../../../lib/engine/profile/profile-file.ts';
import { validateFile } from '../../../lib/engine/rules/validate.ts';
import { anEngine } from '../a-folder.ts';
import { aSpec } from '../a-spec.ts';

const { engine, path } = anEngine();

const spec = aSpec({
  columns: [
    { name: 'temp', type: 'number', nullable: true },
    { name: 'wet', type: 'boolean', nullable: true },
    { name: 'carrier', type: 'string', nullable: true },
    { name: 'booked', type: 'timestamp', nullable: true },
  ],
  sql: 'SELECT temp, wet, carrier FROM input',
});
const binning = makeBinning({
  'input.temp': { kind: 'numeric', edges: [0, 10] },
  'input.wet': { kind: 'categorical' },
  'input.carrier': { kind: 'categorical' },
  'input.booked': { kind: 'timestamp' },
  'feature.temp': { kind: 'numeric', edges: [0, 10] },
});

const CSV = `id,seen,temp,wet,carrier,booked,late
a,2013-01-01T00:00:00Z,1,true,UA,2013-01-01T00:00:00Z,true
b,2013-01-01T01:00:00Z,1_000,maybe,7,soon,true
c,2013-01-01T02:00:00Z,hot,false,AA,2013-01-01T00:00:00Z,false
d,2013-01-01T03:00:00Z,,,,,false
`;
const JSON_LINES = [
  { id: 'a', temp: 1, wet: true, carrier: 'UA', booked: '2013-01-01T00:00:00Z' },
  { id: 'b', temp: '1', wet: 'maybe', carrier: 7, booked: 12 },
  { id: 'c', temp: true, wet: false, carrier: 'AA', booked: '2013-01-01T00:00:00Z' },
  { id: 'd', temp: null },
]
  .map((row, i) => JSON.stringify({ ...row, seen: `2013-01-01T0${i}:00:00Z`, late: true }))
  .join('\n');

/** What validation calls a value of a wrong type. */
const WRONG_TYPE = [
  'float-type-string-not-float',
  'bool-type-unexpected-string',
  'timestamp-type-not-time',
  'unexpected-data-type',
];

async function profileOf(name: string, content: string) {
  writeFileSync(path(name), content);
  const object = { file: path(name), objectKey: name, spec };
  const profile = await profileObject({ ...object, binning, source: name }, engine());
  return { profile, report: await validateFile(object, engine()) };
}

describe("a raw object's profile", () => {
  it.each([
    ['rows.csv', CSV, 0],
    ['rows.jsonl', JSON_LINES, 1],
  ])(
    'counts in %s the values of a wrong type, as validation does; they count as null too',
    async (name, content, carrier) => {
      const { profile, report } = await profileOf(name, content);
      expect(profileSchema.parse(profile)).toEqual(profile);
      const wanted = { temp: 2, wet: 1, carrier, booked: 1 };
      for (const [column, wrong] of Object.entries(wanted)) {
        const { n, counts } = profile.columns[`input.${column}`] as ColumnProfile;
        expect([column, counts]).toMatchObject([column, { null: wrong + 1, typeMismatch: wrong }]);
        expect(n + counts.null).toBe(4);
      }
      const found = report.findings.filter(({ rule }) => WRONG_TYPE.includes(rule));
      expect(found.map(({ column, rows }) => [column, rows]).sort()).toEqual(
        Object.entries(wanted)
          .filter(([, wrong]) => wrong > 0)
          .sort(),
      );
    },
  );

  it('has of a feature no value of a wrong type: there is no raw value of it', async () => {
    const { profile } = await profileOf('again.csv', CSV);
    expect(profile.columns['feature.temp']).toMatchObject({ counts: { null: 3, typeMismatch: 0 } });
  });

  it('adds them up with those of other objects', async () => {
    const one = await profileOf('one.csv', CSV);
    const other = await profileOf('other.jsonl', JSON_LINES);
    const merged = mergeProfiles(one.profile, other.profile);
    expect(merged.columns['input.temp']?.counts).toMatchObject({ null: 6, typeMismatch: 4 });
  });
});
