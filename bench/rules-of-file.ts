import { rowRules } from '../lib/domain/constraints/row-rules.ts';
import { openEngine } from '../lib/engine/engine.ts';
import { validateFile } from '../lib/engine/rules/validate.ts';
import { specOf24Rules } from './rules-24.ts';

/** A process of its own: checks a file by the 24 rules on one thread, and says what it counted and what it cost. */
const file = process.argv[2] as string;
const spec = specOf24Rules();
const engine = await openEngine({ threads: 1 });
const { rows, findings } = await validateFile({ file, objectKey: file, spec }, engine);
engine.close();
const broken: Record<string, number> = {};
for (const { constraint } of rowRules(spec, 'training')) if (constraint !== undefined) broken[constraint] = 0;
for (const { constraint, rows: count } of findings)
  if (constraint !== undefined) broken[constraint] = (broken[constraint] ?? 0) + (count ?? 0);
const { user, system } = process.cpuUsage();
process.stdout.write(`${JSON.stringify({ cpuSeconds: (user + system) / 1e6, rows, broken })}\n`);
