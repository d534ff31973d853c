import { TextAccumulator } from '../../domain/profile/text-accumulator.ts';
import type { TextProfile } from '../../domain/profile/text-profile.ts';
import type { Engine } from '../engine.ts';
import { scanChunks } from '../scan-chunks.ts';
import { quoteIdentifier } from '../sql-text.ts';
import type { ProfiledRelation } from './profiled-relation.ts';

/** The profile of a column of free text. */
export async function scanTexts(
  name: string,
  { sql, rows }: ProfiledRelation,
  engine: Engine,
): Promise<TextProfile> {
  const texts = new TextAccumulator();
  const select = `SELECT CAST(${quoteIdentifier(name)} AS VARCHAR) FROM ${sql}`;
  await scanChunks(select, rows, engine, (chunk) => {
    for (const text of chunk.getColumnValues(0)) texts.add(text as string | null);
  });
  return texts.profile();
}
