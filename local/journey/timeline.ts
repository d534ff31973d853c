import type { MetricName } from '../../lib/domain/spec.ts';
import { beside, firstClause } from './layout.ts';
import type { Decision } from './report.ts';

type Facts = Readonly<Record<string, unknown>>;

const ACTION_WIDTH = 21;

/** One decision: number, time of day, what, about which thing, and why; windows and ranges are in event time. */
export function timelineLines(decision: Decision, metric: MetricName, width: number): readonly string[] {
  const { seq, at, action, subject, facts } = decision;
  const label = `  ${String(seq).padStart(3)}  ${at.slice(11, 19)}  ${action.padEnd(ACTION_WIDTH)}  `;
  const why = REASONS[action]?.(facts, metric) ?? '';
  return beside(label, [shortId(subject), why].filter((part) => part !== '').join(': '), width);
}

/** What of the facts made the decision. */
const REASONS: Readonly<Record<string, (facts: Facts, metric: MetricName) => string>> = {
  'spec-applied': ({ task, gates, metric }) => `${task}, ${gates} gates on ${metric}`,
  'dataset-accepted': ({ rows, from, to }) => `${number(rows)} rows, ${day(from)} to ${day(to)}`,
  'dataset-rejected': ({ reasons }) => String((reasons as readonly string[] | undefined)?.[0] ?? ''),
  'run-started': ({ from, holdoutFrom, to, trigger }) =>
    `for a ${(trigger as Facts | undefined)?.kind}, learns from ${day(from)}, is judged on ${day(holdoutFrom)} to ${day(to)}`,
  'run-evaluated': ({ outcome, gates, metrics }, metric) => {
    const failed = ((gates as readonly Facts[] | undefined) ?? []).filter((gate) => gate.verdict !== 'pass');
    const said = failed.map((gate) => gate.reason).join('; ');
    return `${outcome}, ${said || `${metric} ${fixed((metrics as Facts | undefined)?.[metric])}`}`;
  },
  'release-started': ({ by, reason }) => [by, reason].filter((part) => part !== undefined).join(': '),
  'champion-changed': ({ kind, previous }) =>
    `${kind}${previous === undefined ? '' : ` after version ${previous}`}`,
  'window-scored': ({ verdict, explanation }) => `${verdict}, ${firstClause(String(explanation))}`,
  'quality-measured': ({ metrics, labelled }, metric) =>
    `${metric} ${fixed((metrics as Facts | undefined)?.[metric])} from ${number(labelled)} labels`,
  'window-exported': ({ rows }) => `${number(rows)} labelled rows`,
  'drift-found': ({ start, end, explanation }) =>
    `${day(start)} to ${day(end)}, ${firstClause(String(explanation))}`,
  'retraining-suppressed': ({ because, detail }) => `${because}, ${detail}`,
};

/** Names as people tell them apart: hashes cut to twelve digits, midnights left out. */
export function shortId(id: string): string {
  return id.replace(/([0-9a-f]{12})[0-9a-f]{20,}/g, '$1').replace('T00:00:00.000Z', '');
}

const day = (time: unknown) => String(time).slice(0, 10);
const number = (value: unknown) => Number(value).toLocaleString('en');
const fixed = (value: unknown) => (typeof value === 'number' ? value.toFixed(4) : 'not measurable');
