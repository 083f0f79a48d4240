import { describe, expect, it } from 'vitest';
import { startAdminRig, startPlainAdmin } from '../support/admin-rig.ts';

const PROBLEM = { file: 'a.yar', line: 3, column: 5, code: 'syntax', message: 'a bracket is missing' };

describe('the rules', () => {
  it('are told, with what of them is missing', async () => {
    const rules = { digest: 'd', rules: [], skipped: [PROBLEM] };
    const { api } = await startAdminRig({ rules: () => rules });
    expect(await api('/rules', { as: 'viewer' })).toMatchObject({ status: 200, json: rules });
  });

  it('are loaded again by an admin', async () => {
    const { api } = await startAdminRig();
    expect(await api('/rules/reload', { method: 'POST', as: 'analyst' })).toMatchObject({ status: 403 });
    expect(await api('/rules/reload', { method: 'POST', as: 'admin' })).toMatchObject({
      status: 200,
      json: { kind: 'loaded', digest: 'e', rules: 2 },
    });
  });

  it('that are broken are refused with what is wrong', async () => {
    const { ask } = await startPlainAdmin({
      reloadRules: () => Promise.resolve({ kind: 'refused', problems: [PROBLEM] }),
    });
    expect(await ask('/api/v1/rules/reload', { method: 'POST' })).toMatchObject({
      status: 422,
      code: 'rules-refused',
      json: { error: { details: { problems: [PROBLEM] } } },
    });
  });
});
