import { describe, expect, it } from 'vitest';
import { canonicalJson, CHAIN_START, chainBreak, chainHash } from '../../src/storage/audit-chain.ts';

const ENTRY = {
  number: 1,
  atMs: 1764028800000,
  by: 'ana',
  role: 'analyst',
  act: 'quarantine.release',
  target: 'id-1',
  detail: '{"why":"asked for"}',
};

describe('canonicalJson', () => {
  it.each([
    ['sorts keys at every depth', { b: { d: 1, c: 2 }, a: [3] }, '{"a":[3],"b":{"c":2,"d":1}}'],
    ['keeps the order of lists', [2, 1], '[2,1]'],
    ['escapes what has no UTF-8', '\ud800\0', '"\\ud800\\u0000"'],
    ['tells texts from numbers', ['1', 1], '["1",1]'],
  ])('%s', (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });
});

describe('chainHash', () => {
  it('is the same on every machine and in every version: stored chains depend on it', () => {
    expect(chainHash(CHAIN_START.hash, ENTRY)).toBe(
      'd67836c3a5e03e0b96d652b72b6853280430df7dffea1b8cc6a98b41661a66b3',
    );
  });

  it.each([
    ['number', 2],
    ['number', '1'],
    ['atMs', 1764028800001],
    ['by', 'bob'],
    ['role', 'admin'],
    ['act', 'quarantine.view'],
    ['target', 'id-2'],
    ['detail', '{"why": "asked for"}'],
  ])('is another one when %s is %j', (key, value) => {
    expect(chainHash(CHAIN_START.hash, { ...ENTRY, [key]: value })).not.toBe(
      chainHash(CHAIN_START.hash, ENTRY),
    );
  });

  it('is another one when a letter moves from one value into the next', () => {
    expect(chainHash(CHAIN_START.hash, { ...ENTRY, by: 'anaa', role: 'nalyst' })).not.toBe(
      chainHash(CHAIN_START.hash, ENTRY),
    );
  });

  it('is another one after another entry', () => {
    expect(chainHash('1'.repeat(64), ENTRY)).not.toBe(chainHash(CHAIN_START.hash, ENTRY));
  });
});

describe('chainBreak', () => {
  const hash = chainHash(CHAIN_START.hash, ENTRY);

  it('finds nothing wrong with the entry that follows', () => {
    expect(chainBreak(CHAIN_START, { ...ENTRY, hash })).toBeUndefined();
  });

  it.each([
    ['a number is left out', { ...ENTRY, number: 2, hash }, /missing: 2 comes after 0/],
    ['a number comes again', { ...ENTRY, number: 0, hash }, /missing: 0 comes after 0/],
    ['the content is another', { ...ENTRY, by: 'bob', hash }, /hash/],
    ['the hash is of another type', { ...ENTRY, hash: Buffer.from(hash) }, /hash/],
    ['there is no hash', { ...ENTRY, hash: null }, /hash/],
  ])('says that %s', (_, entry, detail) => {
    expect(chainBreak(CHAIN_START, entry)).toMatch(detail);
  });
});
