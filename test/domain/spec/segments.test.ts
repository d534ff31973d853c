import { describe, expect, it } from 'vitest';
import { specSchema } from '../../../lib/domain/spec.ts';
import { aSpec } from '../../support/a-model.ts';

const base = aSpec();
const columns = [...base.schema.columns, { name: 'plan', type: 'string' }];

/** Where and why a spec with this segment is refused. */
function refusals(segment: string) {
  const spec = {
    ...base,
    schema: { ...base.schema, columns },
    monitoring: { ...base.monitoring, segments: [segment] },
  };
  const parsed = specSchema.safeParse(spec);
  return parsed.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
}

describe('the segments of a spec', () => {
  it('are categories that the model is asked with, or features', () => {
    expect(refusals('input.plan')).toBeUndefined();
    expect(refusals('feature.plan_group')).toBeUndefined();
  });

  it.each([
    ['input.pln', 'names no input column, got input.pln'],
    ['input.left', 'names no input column, got input.left'],
    ['input.age', 'must be a string or boolean column, got input.age of type number'],
    ['plan', 'must be input.<column> or feature.<name>, got plan'],
  ])('are refused with their place: %s', (segment, why) => {
    expect(refusals(segment)).toEqual([`monitoring.segments.0 ${why}`]);
  });
});
