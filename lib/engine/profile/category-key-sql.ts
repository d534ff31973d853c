import { MAX_CATEGORY_BYTES } from '../../domain/profile/category-key.ts';
import { quoteIdentifier } from '../sql-text.ts';

/** SQL of `categoryKey` for the values of a column. */
export function categoryKeySql(column: string): string {
  const text = `nfc_normalize(CAST(${quoteIdentifier(column)} AS VARCHAR))`;
  return `CASE WHEN strlen(${text}) > ${MAX_CATEGORY_BYTES} THEN 'sha256:' || sha256(${text}) ELSE ${text} END`;
}
