import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Finding } from '../../lib/domain/findings.ts';
import { type FileReport, validateFile } from '../../lib/engine/rules/validate.ts';
import { anEngine } from './a-folder.ts';
import { aSpec } from './a-spec.ts';

/** The spec that raw files are checked against here. */
export const spec = aSpec({
  columns: [
    { name: 'temp', type: 'number', nullable: true, maxNullShare: 0.5, min: -30, max: 130, tolerance: 0.1 },
    { name: 'count', type: 'integer', min: 0 },
    { name: 'carrier', type: 'string', values: ['UA', 'B6'] },
  ],
});

export const HEADER = 'id,seen,temp,count,carrier,late';

/** Twenty CSV rows without fault. */
export const GOOD = Array.from(
  { length: 20 },
  (_, i) => `f${i},2013-01-01T${String(i).padStart(2, '0')}:00:00Z,${40 + i},${i},UA,true`,
);

/** The same in SQL, with some columns replaced. */
export function goodRows(replace: Record<string, string> = {}, rows = 20): string {
  const values: Record<string, string> = {
    id: "'f' || range",
    seen: "TIMESTAMP '2013-01-01' + to_hours(range)",
    temp: '40.0 + range',
    count: 'range',
    carrier: "'UA'",
    late: 'range % 2 = 0',
    ...replace,
  };
  const list = Object.entries(values).map(([name, value]) => `${value} AS ${name}`);
  return `SELECT ${list.join(', ')} FROM range(${rows})`;
}

/** Ways to have a file checked: by its content, or by the SQL that writes it. */
export function aChecker() {
  const { engine, path } = anEngine();
  const checkFile = (name: string) =>
    validateFile({ file: path(name), objectKey: `landing/flights/u1/${name}`, spec }, engine());
  const check = (name: string, content: string | Buffer) => {
    writeFileSync(path(name), content);
    return checkFile(name);
  };
  return {
    engine,
    path,
    checkFile,
    check,
    checkCsv: (lines: readonly string[]) => check('rows.csv', [HEADER, ...lines].join('\n')),
    async checkSql(name: string, select: string) {
      await engine().copy(select, path(name));
      return checkFile(name);
    },
  };
}

export function rulesOf(report: FileReport): string[] {
  return report.findings.map((finding) => `${finding.rule} ${finding.column ?? ''}`.trim());
}

export function only(report: FileReport): Finding {
  expect(report.findings).toHaveLength(1);
  return report.findings[0] as Finding;
}
