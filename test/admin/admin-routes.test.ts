import { describe, expect, it } from 'vitest';
import { ADMIN_ROUTES } from '../../src/admin/admin-routes.ts';

describe('the routes', () => {
  it('are all reached: none is caught by one before it', () => {
    const caught = ADMIN_ROUTES.filter((route, place) =>
      ADMIN_ROUTES.slice(0, place).some(
        (earlier) =>
          earlier.method === route.method &&
          new RegExp(`^${earlier.path.replace(/:\w+/g, '[^/]+')}$`).test(route.path),
      ),
    );
    expect(caught.map(({ path }) => path)).toEqual([]);
  });

  it('that change something are audited, but for the check of the log itself', () => {
    const unaudited = ADMIN_ROUTES.filter((route) => route.method !== 'get' && route.audit === undefined);
    expect(unaudited.map(({ path }) => path)).toEqual(['/api/v1/audit/verify']);
  });

  it('are for anybody only where nothing of a message is', () => {
    const open = ADMIN_ROUTES.filter(({ role }) => role === 'anybody').map(({ path }) => path);
    expect(open).toEqual(['/healthz', '/readyz', '/metrics']);
  });

  it('that change something are for no viewer', () => {
    const allowed = ADMIN_ROUTES.filter(({ method, role }) => method !== 'get' && role !== 'admin');
    expect(new Set(allowed.map(({ role }) => role))).toEqual(new Set(['analyst']));
  });
});
