import { describe, expect, it } from 'vitest';
import { dayColumns } from '../../../lib/domain/monitoring/day-columns.ts';
import { exportUploadId } from '../../../lib/domain/monitoring/window-export.ts';
import { makeBinning } from '../../../lib/domain/profile/binning.ts';
import { delaySpec } from '../../support/a-world.ts';

describe('dayColumns', () => {
  it('types inputs by the spec and features by the bins, and leaves out the label', () => {
    const binning = makeBinning({
      'feature.fahrenheit': { kind: 'numeric', edges: [50] },
      'feature.has "quotes"': { kind: 'categorical' },
      'output.score': { kind: 'numeric', edges: [] },
    });
    const columns = dayColumns(delaySpec(), binning);
    expect(columns).toContainEqual({ name: 'input.at', path: '$.input."at"', type: 'timestamp' });
    expect(columns).toContainEqual({
      name: 'feature.fahrenheit',
      path: '$.feature."fahrenheit"',
      type: 'number',
    });
    expect(columns.find((c) => c.name.includes('quotes'))).toMatchObject({
      path: '$.feature."has \\"quotes\\""',
    });
    expect(columns.map((c) => c.name)).not.toContain('input.late');
  });
});

describe('exportUploadId', () => {
  it('holds only what an execution’s name may hold', () => {
    const id = exportUploadId({ start: '2013-04-01T05:00:00.000Z', version: 12 });
    expect(id).toBe('window-20130401T05-v12');
    expect(id).toMatch(/^[A-Za-z0-9_-]+$/);
  });
});
