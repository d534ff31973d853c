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
    constraints: withOwnIds(proposals.flatMap((proposal) => proposal.constraints)),
  };
}

/** Characters that an id has at most. */
const MAX_ID_LENGTH = 63;

/** Columns whose names differ only in what an id cannot have (`a_b`, `a__b`) get a number at the end of theirs. */
function withOwnIds(constraints: SchemaProposal['constraints']): SchemaProposal['constraints'] {
  const taken = new Set<string>();
  return constraints.map((constraint) => {
    const { id } = constraint.wanted;
    let own = id;
    for (let n = 2; taken.has(own); n++) own = `${id.slice(0, MAX_ID_LENGTH - `-${n}`.length)}-${n}`;
    taken.add(own);
    return own === id ? constraint : { ...constraint, wanted: { ...constraint.wanted, id: own } };
  });
}
