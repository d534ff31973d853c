import type { ColumnBinning } from '../../domain/profile/binning.ts';
import type { ColumnSpec } from '../../domain/spec.ts';

export type ColumnKind = ColumnBinning['kind'];

/** A column of a file that no spec describes. */
export interface AnyColumn {
  readonly name: string;
  readonly type: ColumnSpec['type'];
  readonly kind: ColumnKind;
  /** Whether the file already holds it as its type. */
  readonly native: boolean;
}
