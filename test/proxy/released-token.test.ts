import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { RELEASED_PATH, ReleasedTokens } from '../../src/proxy/released-token.ts';

const KEY = Buffer.alloc(32, 7);
const TOKENS = new ReleasedTokens(KEY);

describe('the path of a released message', () => {
  it('stands for its record, on every proxy that has the key', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const path = TOKENS.pathOf(id);
        expect(path).toMatch(/^\/mmsguard\/released\/[\w.-]+$/);
        expect(new ReleasedTokens(KEY).recordIdOf(path)).toBe(id);
      }),
    );
  });

  it.each(['T-1', '?id=7', '&x', '='])('stands for it with %s behind it, as some carriers want', (suffix) => {
    const id = '00000000-0000-4000-8000-000000000001';
    expect(TOKENS.recordIdOf(`${TOKENS.pathOf(id)}${suffix}`)).toBe(id);
  });

  it('stands for nothing when any letter of it is another, or it was made with another key', () => {
    const [id, other] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
    const path = TOKENS.pathOf(id);
    // The last letter of 128 bits in base64url has four bits that say nothing.
    for (let at = 0; at < path.length - 1; at += 1) {
      const forged = `${path.slice(0, at)}${path[at] === 'a' ? 'b' : 'a'}${path.slice(at + 1)}`;
      expect(TOKENS.recordIdOf(forged)).toBeUndefined();
    }
    expect(TOKENS.recordIdOf(path.replace(id, other))).toBeUndefined();
    expect(TOKENS.recordIdOf(path.slice(0, -1))).toBeUndefined();
    expect(new ReleasedTokens(Buffer.alloc(32, 8)).recordIdOf(path)).toBeUndefined();
  });

  it.each(['', '/', RELEASED_PATH, `${RELEASED_PATH}.`, '/mmsc/abc', `http://mmsc${RELEASED_PATH}x`])(
    'is not %j',
    (path) => {
      expect(TOKENS.recordIdOf(path)).toBeUndefined();
    },
  );

  it('needs a key of 32 octets', () => {
    expect(() => new ReleasedTokens(Buffer.alloc(31))).toThrow(RangeError);
    expect(() => new ReleasedTokens(Buffer.alloc(32))).not.toThrow();
  });
});
