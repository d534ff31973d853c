import { type Command, Option } from 'commander';
import { ROLES, type Role } from '../../../lib/domain/registry/token.ts';
import { allOf } from '../client.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';

interface IssueFlags {
  readonly role: readonly Role[];
  readonly model?: readonly string[];
  readonly expires?: string;
}

export function addTokenCommands(program: Command, { client, answer }: Session): void {
  const tokens = program.command('tokens').description('who may call the API');
  tokens
    .command('list')
    .description('list tokens')
    .action(async () => {
      const items = await allOf((query) => client().tokens(query));
      const rows = items.map((t) => [
        t.tokenId,
        t.name,
        t.roles.join(','),
        t.models.join(','),
        t.revokedAt === undefined ? (t.expiresAt ?? 'good') : 'revoked',
      ]);
      answer({ items }, table(['token', 'name', 'roles', 'models', 'until'], rows));
    });
  tokens
    .command('issue')
    .description('issue a token to another person or program; it is printed this once')
    .argument('<name>')
    .addOption(new Option('--role <role...>').choices(ROLES).makeOptionMandatory())
    .option('--model <model...>', 'by default all')
    .option('--expires <time>')
    .action(async (name: string, { role, model, expires }: IssueFlags) => {
      const issued = await client().issueToken({
        name,
        roles: role,
        ...(model && { models: model }),
        ...(expires && { expiresAt: expires }),
      });
      answer(issued, issued.token);
    });
  tokens
    .command('revoke')
    .description('revoke a token')
    .argument('<id>')
    .action(async (id: string) => {
      const revoked = await client().revokeToken(id);
      answer(revoked, `token ${id} is revoked; it ends within a minute`);
    });
}
