import { describe, expect, it } from 'vitest';
import { specSchema } from '../../../lib/domain/spec.ts';
import { aSpec } from '../../support/a-model.ts';

const base = aSpec();

/** A spec with a vocabulary a column, of so many words of 230 characters. */
function refusals(...words: readonly number[]) {
  const vocabularies = words.map((count, i) => ({
    name: `plan_${i}`,
    type: 'string',
    values: Array.from({ length: count }, (_, n) => `${n}`.padStart(230, 'x')),
  }));
  const schema = { ...base.schema, columns: [...base.schema.columns, ...vocabularies] };
  return specSchema
    .safeParse({ ...base, schema })
    .error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
}

describe('the size of a spec', () => {
  it('may be what an item of the table holds', () => {
    expect(refusals(1000)).toBeUndefined();
    expect(refusals(1000, 700)).toBeUndefined();
  });

  it('is refused above it, with the largest field and how large all is', () => {
    const largest = `schema.columns.${base.schema.columns.length + 1}.values`;
    expect(refusals(900, 1000)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^${largest} is the largest field, 233001 bytes; .* at most 400000 bytes as JSON, got 44\\d{4}$`,
        ),
      ),
    ]);
  });
});
