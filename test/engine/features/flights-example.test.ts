import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type ModelSpec, specSchema } from '../../../lib/domain/spec.ts';
import { createFeatures } from '../../../lib/engine/features/features.ts';
import { checkFeaturesSql } from '../../../lib/engine/spec-sql/check-features.ts';

const EXAMPLE = join(import.meta.dirname, '../../../examples/flights');

function flightsSpec(): ModelSpec {
  const yaml = parse(readFileSync(join(EXAMPLE, 'model.yaml'), 'utf8'));
  const sql = readFileSync(join(EXAMPLE, yaml.features.sql), 'utf8');
  return specSchema.parse({ ...yaml, features: { sql } });
}

async function featuresOf(row: Record<string, string | number | null>) {
  const features = await createFeatures(flightsSpec());
  try {
    return (await features.compute([row]))[0];
  } finally {
    features.close();
  }
}

describe('the flights example', () => {
  it('is a good spec with a good features.sql', async () => {
    expect(await checkFeaturesSql(flightsSpec())).toEqual([]);
  });

  it('counts minutes of the local day and takes the local weekday of an evening that is tomorrow in UTC', async () => {
    // Sunday 30 June 2013, 20:45 in New York.
    const features = await featuresOf({
      time_hour: '2013-07-01T00:00:00Z',
      sched_dep_time: 2045,
      sched_arr_time: 2159,
    });
    expect(features).toMatchObject({ departure_minute: 1245, arrival_minute: 1319, weekday: 0 });
  });

  it('takes the wind for the gust where none was recorded', async () => {
    expect(await featuresOf({ wind_speed: 9, wind_gust: null })).toMatchObject({ wind_gust: 9 });
    expect(await featuresOf({ wind_speed: 9, wind_gust: 20 })).toMatchObject({ wind_gust: 20 });
  });
});
