import { expect, it } from 'vitest';
import { startAdminRig } from '../support/admin-rig.ts';
import { policyOf } from '../support/policies.ts';

it('the policy is shown to an admin only, which is audited: its lists may hold numbers', async () => {
  const { api, acts } = await startAdminRig();
  expect(await api('/policy', { as: 'analyst' })).toMatchObject({ status: 403 });
  expect(await api('/policy', { as: 'admin' })).toMatchObject({ status: 200, json: policyOf() });
  expect((await acts()).map(({ act }) => act)).toEqual(['policy.view', 'policy.view']);
});
