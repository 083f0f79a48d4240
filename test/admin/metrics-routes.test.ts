import { expect, it } from 'vitest';
import { startAdminRig } from '../support/admin-rig.ts';

it('the metrics are given as they are, to anybody', async () => {
  const { ask } = await startAdminRig();
  const { headers, bytes } = await ask('/metrics');
  expect(headers.get('content-type')).toContain('version=0.0.4');
  expect(bytes.toString()).toBe('up 1\n');
});
