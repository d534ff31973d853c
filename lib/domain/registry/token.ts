export const ROLES = ['admin', 'viewer', 'builder', 'approver', 'operator', 'caller'] as const;
export type Role = (typeof ROLES)[number];

/** Who a request comes from; the authorizer hands it to the routes. */
export interface Principal {
  readonly tokenId: string;
  /** The person or program that the token names. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** Models it may touch; `*` for all. */
  readonly models: readonly string[];
}

/** What is kept of an API token: never the token, only its SHA-256. */
export interface TokenRecord extends Principal {
  readonly sha256: string;
  readonly issuedBy: string;
  readonly issuedAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
}
