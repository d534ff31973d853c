import { describe, expect, it } from 'vitest';
import { welcome } from '../../../local/welcome.ts';

describe('the welcome', () => {
  it('says beside each token which models it is open to', () => {
    const text = welcome('http://127.0.0.1:4000', 'flight-delay', [
      { name: 'admin', roles: ['admin'], models: ['*'], token: 'mrg_a' },
      { name: 'amir (approver)', roles: ['approver'], models: ['flight-delay'], token: 'mrg_b' },
    ]);
    expect(text).toMatch(/admin +admin +all models +mrg_a/);
    expect(text).toMatch(/amir \(approver\) +approver +flight-delay +mrg_b/);
    expect(text).toContain("export MOORING_TOKEN='mrg_a'");
  });
});
