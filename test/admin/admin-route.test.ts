import { describe, expect, it } from 'vitest';
import {
  badValue,
  ID_PARAMS,
  json,
  plainRoute,
  serviceRoute,
  storageRoute,
  type Call,
} from '../../src/admin/admin-route.ts';
import { adminParts, scriptedService } from '../support/admin-rig.ts';
import { openTestStorage } from '../support/admin-storage.ts';

const FACTS = {
  method: 'get',
  path: '/a',
  tag: 'a',
  summary: 'A',
  role: 'viewer',
  answers: { 200: 'A' },
  errors: [],
} as const;

const call = {} as Call;

describe('a route', () => {
  it('without needs is always there', async () => {
    const route = plainRoute({ ...FACTS, handle: (...given) => Promise.resolve(json(given.length)) });
    expect(route.needsStorage).toBe(false);
    expect(await route.handlerFor(adminParts())?.(call)).toMatchObject({ value: 1 });
  });

  it('that needs stores is there with them, and gets them', async () => {
    const storage = openTestStorage();
    const route = storageRoute({
      ...FACTS,
      handle: (_call, stores) => Promise.resolve(json(stores === storage)),
    });
    expect(route.needsStorage).toBe(true);
    expect(route.handlerFor(adminParts())).toBeUndefined();
    expect(await route.handlerFor(adminParts({ storage }))?.(call)).toMatchObject({ value: true });
  });

  it('that needs the acts is there with them and the stores', async () => {
    const storage = openTestStorage();
    const service = scriptedService();
    const route = serviceRoute({
      ...FACTS,
      handle: (_call, acts, stores) => Promise.resolve(json(acts === service && stores === storage)),
    });
    expect(route.handlerFor(adminParts({ storage }))).toBeUndefined();
    expect(route.handlerFor(adminParts({ service }))).toBeUndefined();
    expect(await route.handlerFor(adminParts({ storage, service }))?.(call)).toMatchObject({ value: true });
  });
});

describe('an id', () => {
  it.each([
    ['00000000-0000-4000-8000-000000000011', true],
    ['a'.repeat(64), true],
    ['a'.repeat(65), false],
    ['', false],
    ['../etc', false],
    ['a"b', false],
    ['a\r\n', false],
  ])('%j: %s', (id, isOne) => {
    expect(ID_PARAMS.safeParse({ id }).success).toBe(isOne);
  });
});

it('a value that is wrong is told with its key', () => {
  expect(badValue('expiresAt', 'must be later')).toMatchObject({
    code: 'bad-request',
    message: 'expiresAt: must be later',
    details: { problems: [{ key: 'expiresAt', message: 'must be later' }] },
  });
});
