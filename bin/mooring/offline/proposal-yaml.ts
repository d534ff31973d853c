import { Document, isCollection, isMap } from 'yaml';
import type { SchemaProposal } from '../../../lib/domain/constraints/schema-proposal.ts';

/** A page's width, so that a vocabulary is lines and not one. */
const LINE_WIDTH = 120;

/** The proposal as the `schema` of a model.yaml, every entry below a comment with its evidence. */
export function proposalYaml(proposal: SchemaProposal, name: string): string {
  const { columns, constraints, leftOut } = proposal;
  const document = new Document({
    schema: {
      label: 'NAME-THE-LABEL',
      columns: columns.map(({ wanted }) => wanted),
      constraints: constraints.map(({ wanted }) => wanted),
    },
  });
  document.commentBefore = [
    ` Proposed from ${name}: ${rows(proposal)}. What is true of a sample is not always wanted: review every line,`,
    ' name the label (and timeColumn, idColumn), then put it into model.yaml.',
    ...leftOut.map(({ wanted, because }) => ` Left out: ${wanted}, ${because.join('; ')}.`),
  ].join('\n');
  explain(document, 'columns', columns);
  explain(document, 'constraints', constraints);
  return document.toString({ lineWidth: LINE_WIDTH, flowCollectionPadding: true });
}

function rows({ rows, sampledRows }: SchemaProposal): string {
  if (rows === 0) return 'no rows were looked at';
  const all = `${rows.toLocaleString('en-US')} rows`;
  return sampledRows < rows
    ? `${all}, values compared in ${sampledRows.toLocaleString('en-US')} of them`
    : all;
}

function explain(
  document: Document,
  list: 'columns' | 'constraints',
  entries: readonly { readonly because: readonly string[] }[],
): void {
  const items = document.getIn(['schema', list], true);
  if (!isCollection(items)) return;
  for (const [i, item] of items.items.entries()) {
    if (!isMap(item)) continue;
    item.flow = true;
    item.commentBefore = ` ${entries[i]?.because.join('; ')}`;
  }
}
