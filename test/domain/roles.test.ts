import { describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../lib/domain/registry/token.ts';
import { closedModel, holdsRole, mayTouch } from '../../lib/domain/roles.ts';

const holding = (...roles: Role[]) => ({ tokenId: 't', name: 'n', roles, models: ['churn'] });

describe('holdsRole', () => {
  it('lets an admin pass everywhere', () => {
    expect(ROLES.every((role) => holdsRole(holding('admin'), [role]))).toBe(true);
  });

  it('lets everyone look but the caller, who only predicts and labels', () => {
    const lookers = ROLES.filter((role) => holdsRole(holding(role), ['viewer']));
    expect(lookers).toEqual(['admin', 'viewer', 'builder', 'approver', 'operator']);
  });

  it('gives no other role for free', () => {
    for (const wanted of ['builder', 'approver', 'operator', 'caller'] as const)
      expect(ROLES.filter((role) => holdsRole(holding(role), [wanted]))).toEqual(['admin', wanted]);
  });
});

describe('mayTouch', () => {
  it('opens the models that a token lists, or all with *', () => {
    expect(mayTouch(holding('viewer'), 'churn')).toBe(true);
    expect(mayTouch(holding('viewer'), 'prices')).toBe(false);
    expect(mayTouch({ ...holding('viewer'), models: ['*'] }, 'prices')).toBe(true);
  });

  it('answers for a closed model in words that do not say whether it exists', () => {
    expect(closedModel('x').message).toBe('model x does not exist or is not open to this token');
  });
});
