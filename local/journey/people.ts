import { type Client, createClient } from '../../bin/mooring/client.ts';

/** Who takes part: each with a token of their own, and no more roles than they need. */
export interface People {
  /** Issues the other tokens. */
  readonly admin: Client;
  /** Brings spec and data and starts runs; is also an approver, so that a refusal of their own run means something. */
  readonly scientist: Client;
  readonly approver: Client;
  /** The application that predicts and sends labels. */
  readonly app: Client;
  readonly operator: Client;
  readonly tokens: readonly NamedToken[];
}

export interface NamedToken {
  readonly name: string;
  readonly roles: readonly string[];
  /** Models it is open to; `*` for all. */
  readonly models: readonly string[];
  readonly token: string;
}

export interface Invitation {
  readonly apiUrl: string;
  readonly adminToken: string;
  readonly model: string;
}

/** Issues a token to each over the API, with the admin's. */
export async function invite({ apiUrl, adminToken, model }: Invitation): Promise<People> {
  const admin = createClient({ url: apiUrl, token: adminToken });
  const tokens: NamedToken[] = [{ name: 'admin', roles: ['admin'], models: ['*'], token: adminToken }];
  const join = async (name: string, roles: Parameters<Client['issueToken']>[0]['roles']): Promise<Client> => {
    const { token, models } = await admin.issueToken({ name, roles, models: [model] });
    tokens.push({ name, roles, models, token });
    return createClient({ url: apiUrl, token });
  };
  return {
    admin,
    scientist: await join('dana (data scientist)', ['builder', 'approver']),
    approver: await join('amir (approver)', ['approver']),
    operator: await join('olga (operator)', ['operator']),
    app: await join('booking app', ['caller']),
    tokens,
  };
}
