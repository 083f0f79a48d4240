import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Keyring, type SealKey } from '../../src/storage/keyring.ts';

const keyOf = (id: string): SealKey => ({ id, key: randomBytes(32) });
const [first, second] = [keyOf('2026-11'), keyOf('2026-12')];
const TEXT = Buffer.from('octets of a message');

describe('a keyring', () => {
  it.each([Buffer.alloc(0), TEXT, randomBytes(300_000)])('opens what it has sealed (%#)', (octets) => {
    const keyring = new Keyring([first]);
    expect(keyring.open(keyring.seal(octets, 'body'), 'body')).toEqual({ kind: 'opened', octets });
  });

  it('seals with its first key, and opens with all of them', () => {
    const old = new Keyring([first]).seal(TEXT, 'body');
    const both = new Keyring([second, first]);
    expect(both.currentId).toBe('2026-12');
    expect(both.open(old, 'body')).toEqual({ kind: 'opened', octets: TEXT });
    expect(new Keyring([first]).open(both.seal(TEXT, 'body'), 'body')).toEqual({
      kind: 'key-missing',
      keyId: '2026-12',
    });
  });

  it('shows nothing of what it seals, and never seals alike', () => {
    const keyring = new Keyring([first]);
    const [one, other] = [keyring.seal(TEXT, 'body'), keyring.seal(TEXT, 'body')];
    expect(one.includes(TEXT)).toBe(false);
    expect(one.equals(other)).toBe(false);
    expect(one.length - TEXT.length).toBe(2 + first.id.length + 12 + 16);
  });

  it('opens nothing for another purpose, and nothing with another key of the same name', () => {
    const sealed = new Keyring([first]).seal(TEXT, 'record 1');
    expect(new Keyring([first]).open(sealed, 'record 2')).toEqual({ kind: 'seal-broken' });
    expect(new Keyring([keyOf(first.id)]).open(sealed, 'record 1')).toEqual({ kind: 'seal-broken' });
  });

  it('opens nothing in which a bit was changed, wherever', () => {
    const keyring = new Keyring([first]);
    const sealed = keyring.seal(TEXT, 'body');
    const opened = Array.from({ length: sealed.length * 8 }, (_, bit) => {
      const changed = Buffer.from(sealed);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      return keyring.open(changed, 'body').kind;
    });
    expect(opened).not.toContain('opened');
    expect(opened.length).toBe(sealed.length * 8);
  });

  it('opens nothing that was cut off, and nothing that was never sealed', () => {
    const keyring = new Keyring([first]);
    const sealed = keyring.seal(TEXT, 'body');
    for (let length = 0; length < sealed.length; length += 1)
      expect(keyring.open(sealed.subarray(0, length), 'body').kind).not.toBe('opened');
    expect(keyring.open(Uint8Array.of(1, 255), 'body')).toEqual({ kind: 'seal-broken' });
  });
});
