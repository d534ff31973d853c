import { visible } from './visible.ts';

/** Rows under headings, in columns as wide as they need to be. */
export function table(headings: readonly string[], rows: readonly (readonly unknown[])[]): readonly string[] {
  const cells = [
    headings,
    ...rows.map((row) => row.map((value) => (value === undefined ? '–' : visible(String(value))))),
  ];
  const widths = headings.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? '').length)));
  return cells.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A share or metric as people read it. */
export function shown(value: number | undefined): string | undefined {
  return value?.toFixed(3);
}
