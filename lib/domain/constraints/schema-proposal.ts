import type { ColumnFacts } from './column-facts.ts';
import { type ColumnProposal, type Proposed, proposeColumn } from './propose-columns.ts';

/** A schema that a file suggests, for a person to review: not all that is true of a sample is wanted. */
export interface SchemaProposal {
  readonly rows: number;
  /** Rows whose values were kept to be compared. */
  readonly sampledRows: number;
  readonly columns: readonly ColumnProposal['column'][];
  readonly constraints: readonly ColumnProposal['constraints'][number][];
  /** Columns that no spec can name, each with the reason. */
  readonly leftOut: readonly Proposed<string>[];
}

/** The proposal for a file, in the order of its columns. */
export function schemaProposal(
  facts: readonly ColumnFacts[],
  rest: Pick<SchemaProposal, 'rows' | 'sampledRows' | 'leftOut'>,
): SchemaProposal {
  const proposals = facts.map(proposeColumn);
  return {
    ...rest,
    columns: proposals.map((proposal) => proposal.column),
    constraints: proposals.flatMap((proposal) => proposal.constraints),
  };
}
