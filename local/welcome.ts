import type { NamedToken } from './journey/people.ts';

const NAME_WIDTH = 22;
const ROLES_WIDTH = 18;
const MODELS_WIDTH = 14;

/** What a person needs to go on by themself: the address, a token, and something to try. */
export function welcome(apiUrl: string, model: string, tokens: readonly NamedToken[]): string {
  const lines = tokens.map(
    ({ name, roles, models, token }) =>
      `  ${name.padEnd(NAME_WIDTH)} ${roles.join(', ').padEnd(ROLES_WIDTH)} ${modelsOf(models).padEnd(MODELS_WIDTH)} ${token}`,
  );
  return `
Mooring is up, on this machine only, until Ctrl-C. In another terminal:

  export MOORING_URL='${apiUrl}'
  export MOORING_TOKEN='${tokens[0]?.token}'
  npx mooring windows ${model}

Who may do what, on which models; npx mooring tokens issue lets others in:

${lines.join('\n')}
`;
}

function modelsOf(models: readonly string[]): string {
  return models.includes('*') ? 'all models' : models.join(', ');
}
