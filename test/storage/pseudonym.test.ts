import { describe, expect, it } from 'vitest';
import { pseudonyms } from '../../src/storage/pseudonym.ts';

const pseudonymOf = pseudonyms(Buffer.alloc(32, 1));

describe('a pseudonym', () => {
  it.each([
    ['+12025550111', ['12025550111', '0012025550111', '+1 (202) 555-0111', '+12025550111/TYPE=PLMN']],
    ['Ana@Example.com', ['ana@example.com', ' ANA@EXAMPLE.COM ']],
  ])('of %s is the same however it is written', (one, others) => {
    expect(others.map(pseudonymOf)).toEqual(others.map(() => pseudonymOf(one)));
  });

  it('is another one for another number, and with another key', () => {
    const number = '+12025550111';
    const made = [pseudonymOf(number), pseudonymOf('+12025550112'), pseudonyms(Buffer.alloc(32, 2))(number)];
    expect(new Set(made).size).toBe(3);
  });

  it.each(['', '\0', '\ud800', 'x'.repeat(1_000_000), '+12025550111'])(
    'is sixteen letters, digits, - and _, whatever it is of (%#)',
    (text) => {
      expect(pseudonymOf(text)).toMatch(/^[\w-]{16}$/);
    },
  );

  it('does not change from one version of the program to the next', () => {
    expect(pseudonymOf('+12025550111')).toBe('eCzZ1Hg08qzIKCCQ');
  });
});
