import { describe, expect, it, vi } from 'vitest';
import { Access, mayAs, type AccessParts } from '../../src/admin/access.ts';
import { ROLES, type Role, type TokenInfo } from '../../src/storage/access-tokens.ts';

const TEXT = `mmsguard_${'a'.repeat(43)}`;
const FAILURE = { kind: 'failed', code: 'unavailable', detail: 'd' } as const;
const FROM_HERE = { authorization: undefined, host: '127.0.0.1:8090', address: '127.0.0.1' };

function tokenOf(changes: Partial<TokenInfo> = {}): TokenInfo {
  return {
    id: 't',
    name: 'ann',
    role: 'analyst',
    createdAtMs: 0,
    createdBy: 'x',
    expiresAtMs: undefined,
    revokedAtMs: undefined,
    ...changes,
  };
}

function startRig(made: readonly TokenInfo[], changes: Partial<AccessParts> = {}) {
  const clock = { ms: 1000 };
  const check = vi.fn((text: string) =>
    Promise.resolve(
      text === TEXT && made[0] !== undefined
        ? ({ kind: 'found', value: made[0] } as const)
        : ({ kind: 'unknown' } as const),
    ),
  );
  const list = vi.fn(() => Promise.resolve({ kind: 'found', value: made } as const));
  const access = new Access({
    tokens: { check, list },
    isOnLoopback: true,
    limits: { failuresMax: 2, windowMs: 60_000, addressesMax: 10 },
    now: () => clock.ms,
    ...changes,
  });
  const ask = (authorization: string, address = '10.0.0.1') =>
    access.identify({ authorization, host: 'admin.test', address });
  return { access, ask, check, list, clock };
}

describe('without any token', () => {
  it('whoever is on this machine is an admin', async () => {
    const { access } = startRig([]);
    expect(await access.identify(FROM_HERE)).toEqual({ kind: 'caller', name: 'loopback', role: 'admin' });
    expect(access.isOpen).toBe(true);
  });

  it('nobody is, by a listener that others reach', async () => {
    const { access } = startRig([], { isOnLoopback: false });
    expect(await access.identify(FROM_HERE)).toMatchObject({ code: 'token-missing' });
    expect(access.isOpen).toBe(false);
  });

  it.each(['evil.test', 'evil.test:8090', undefined, '10.0.0.1'])(
    'a page whose name was made to point here is refused: %s',
    async (host) => {
      expect(await startRig([]).access.identify({ ...FROM_HERE, host })).toMatchObject({
        code: 'foreign-host',
      });
    },
  );

  it('a wrong token is wrong', async () => {
    expect(await startRig([]).ask(`Bearer ${TEXT}`)).toMatchObject({ code: 'token-invalid' });
  });

  it('it is so where there is nowhere to keep one', async () => {
    const { access, ask } = startRig([], { tokens: undefined });
    expect(await access.identify(FROM_HERE)).toMatchObject({ name: 'loopback' });
    expect(await ask(`Bearer ${TEXT}`)).toMatchObject({ code: 'token-invalid' });
  });
});

describe('a token', () => {
  it.each(['Bearer', 'bearer', 'BEARER  '])('says who asks, by the scheme %j', async (scheme) => {
    expect(await startRig([tokenOf()]).ask(`${scheme} ${TEXT}`)).toEqual({
      kind: 'caller',
      name: 'ann',
      role: 'analyst',
    });
  });

  it.each(['', 'Bearer', `Basic ${TEXT}`, TEXT, `Bearer ${TEXT}x`, `Bearer ${TEXT} x`, 'Bearer mmsguard_a'])(
    'is none, and not looked for: %j',
    async (authorization) => {
      const { ask, check } = startRig([tokenOf()]);
      expect(await ask(authorization)).toMatchObject({ code: 'token-invalid' });
      expect(check).not.toHaveBeenCalled();
    },
  );

  it('is needed once there is one, though it has run out or was revoked', async () => {
    const { access } = startRig([tokenOf({ revokedAtMs: 1, expiresAtMs: 1 })]);
    expect(await access.identify(FROM_HERE)).toMatchObject({ code: 'token-missing' });
    expect(access.isOpen).toBe(false);
  });

  it('that was made once is not looked for again', async () => {
    const { access, list } = startRig([tokenOf()]);
    await access.identify(FROM_HERE);
    await access.identify(FROM_HERE);
    expect(list).toHaveBeenCalledOnce();
  });

  it('that cannot be looked for lets nobody in', async () => {
    const failing = () => Promise.resolve(FAILURE);
    const { access, ask } = startRig([tokenOf()], { tokens: { check: failing, list: failing } });
    expect(await ask(`Bearer ${TEXT}`)).toMatchObject({ code: 'unavailable' });
    expect(await access.identify(FROM_HERE)).toMatchObject({ code: 'unavailable' });
  });
});

describe('wrong tokens', () => {
  const WRONG = `Bearer mmsguard_${'b'.repeat(43)}`;

  it('are refused unseen after a few, and so is the right one', async () => {
    const { ask, check, clock } = startRig([tokenOf()]);
    await ask(WRONG);
    await ask('nonsense');
    clock.ms += 500;
    expect(await ask(`Bearer ${TEXT}`)).toMatchObject({ code: 'too-many-failures', retryAfterS: 60 });
    expect(check).toHaveBeenCalledOnce();
    clock.ms += 59_500;
    expect(await ask(`Bearer ${TEXT}`)).toMatchObject({ name: 'ann' });
  });

  it('of one address are nothing to another', async () => {
    const { ask } = startRig([tokenOf()]);
    await ask(WRONG);
    await ask(WRONG);
    expect(await ask(`Bearer ${TEXT}`, '10.0.0.2')).toMatchObject({ name: 'ann' });
  });

  it('are not counted when the database failed', async () => {
    const check = vi.fn(() => Promise.resolve(FAILURE));
    const { ask } = startRig([tokenOf()], { tokens: { check, list: () => Promise.resolve(FAILURE) } });
    for (let attempt = 0; attempt < 5; attempt += 1) await ask(WRONG);
    expect(check).toHaveBeenCalledTimes(5);
  });
});

describe('a role', () => {
  it('may what those before it may', () => {
    const allowed = (role: Role): readonly Role[] => ROLES.filter((needed) => mayAs(role, needed));
    expect(ROLES.map(allowed)).toEqual([['viewer'], ['viewer', 'analyst'], ['viewer', 'analyst', 'admin']]);
  });
});
