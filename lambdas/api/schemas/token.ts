import { z } from '@hono/zod-openapi';
import { ROLES } from '../../../lib/domain/registry/token.ts';
import { isoTime } from './fields.ts';

export const tokenRequest = z.strictObject({
  name: z.string().trim().min(1).max(100),
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
  models: z.array(z.string().min(1).max(40)).min(1).max(100).default(['*']),
  expiresAt: isoTime.optional(),
});

/** A token as others may see it: never the token nor its hash. */
export const tokenView = z
  .object({
    tokenId: z.string(),
    name: z.string(),
    roles: z.array(z.enum(ROLES)),
    models: z.array(z.string()),
    issuedBy: z.string(),
    issuedAt: z.string(),
    expiresAt: z.string().optional(),
    revokedAt: z.string().optional(),
  })
  .openapi('Token');

export const issuedToken = tokenView
  .extend({ token: z.string().openapi({ description: 'shown this once' }) })
  .openapi('IssuedToken');
