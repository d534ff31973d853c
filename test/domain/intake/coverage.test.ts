import { describe, expect, it } from 'vitest';
import { coverageOf, coverageOfParts } from '../../../lib/domain/intake/coverage.ts';

describe('coverageOf', () => {
  it('is 1 when nothing is missing, also of nothing', () => {
    expect(coverageOf({ rows: 10, bytes: 100 }, [])).toBe(1);
    expect(coverageOf({ rows: 0, bytes: 0 }, [])).toBe(1);
  });

  it('weighs a missing part by the rows of its footer, else by its bytes', () => {
    expect(coverageOf({ rows: 900, bytes: 9000 }, [{ bytes: 1000 }])).toBeCloseTo(0.9, 12);
    expect(coverageOf({ rows: 900, bytes: 9000 }, [{ bytes: 1000, rows: 300 }])).toBe(0.75);
    expect(coverageOf({ rows: 900, bytes: 9000 }, [{ bytes: 1000 }, { bytes: 5, rows: 800 }])).toBe(0.5);
  });

  it('is 0 when nothing was read', () => {
    expect(coverageOf({ rows: 0, bytes: 0 }, [{ bytes: 5 }])).toBe(0);
  });
});

describe('coverageOfParts', () => {
  it('weighs parts by the rows that they should have had', () => {
    expect(coverageOfParts([{ rows: 50, coverage: 0.5 }, { rows: 100 }])).toBe(0.75);
    expect(coverageOfParts([{ rows: 10 }, { rows: 20, coverage: 1 }])).toBe(1);
    expect(coverageOfParts([])).toBe(1);
  });

  it('takes a part of which nothing was read to be as large as the others', () => {
    expect(coverageOfParts([{ rows: 100 }, { rows: 0, coverage: 0 }])).toBe(0.5);
    expect(coverageOfParts([{ rows: 0, coverage: 0 }])).toBe(0);
  });

  it('is 1 for a whole that is empty', () => {
    expect(coverageOfParts([{ rows: 0 }, { rows: 0, coverage: 1 }])).toBe(1);
  });
});
