import { writeFileSync } from 'node:fs';
import type { Finding } from '../../lib/domain/findings.ts';
import { type FileReport, validateFile } from '../../lib/engine/rules/validate.ts';
import { anEngine } from './a-folder.ts';
import { aSpec } from './a-spec.ts';

export const COLUMNS = [
  { name: 'temp', type: 'number', nullable: true },
  { name: 'count', type: 'integer', nullable: true },
  { name: 'carrier', type: 'string', nullable: true },
];

export interface Check {
  readonly columns?: readonly object[];
  readonly constraints?: readonly object[];
}

/** Checks files of the tests of one file against a spec of three columns beside id, time and label. */
export function aFileChecker() {
  const { engine, path } = anEngine();

  function check(name: string, content: string, { columns = COLUMNS, constraints = [] }: Check = {}) {
    writeFileSync(path(name), content);
    return checkFile(name, { columns, constraints });
  }

  function checkFile(name: string, { columns = COLUMNS, constraints = [] }: Check = {}) {
    const spec = aSpec({ columns, constraints });
    return validateFile({ file: path(name), objectKey: `landing/flights/u1/${name}`, spec }, engine());
  }

  async function checkParquet(name: string, values: Record<string, string>, rows: number, how: Check = {}) {
    const all: Record<string, string> = {
      id: "'f' || range",
      seen: "TIMESTAMP '2013-01-01' + to_hours(range)",
      temp: 'range / 2',
      count: 'range',
      carrier: "'UA'",
      late: 'range % 2 = 0',
      ...values,
    };
    const selected = Object.entries(all).map(([column, value]) => `${value} AS ${column}`);
    await engine().copy(`SELECT ${selected.join(', ')} FROM range(${rows})`, path(name));
    return checkFile(name, how);
  }

  return { check, checkParquet };
}

export const HEADER = 'id,seen,temp,count,carrier,late';
export const line = (i: number, seen = `2013-01-01T0${i}:00:00Z`) => `f${i},${seen},${i}.5,${i},UA,true`;
export const rulesOf = ({ findings }: FileReport) =>
  findings.map((f: Finding) => `${f.rule} ${f.column ?? ''}`.trim());
