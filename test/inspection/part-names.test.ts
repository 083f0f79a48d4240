import { describe, expect, it } from 'vitest';
import type { Leaf } from '../../src/inspection/message-parts.ts';
import { partNames, partsNamed } from '../../src/inspection/part-names.ts';

const leaf = (names: Partial<Leaf['headers']>, parameters: Leaf['contentType']['parameters'] = []): Leaf => ({
  contentType: { mediaType: 'image/gif', parameters },
  headers: { others: [], ...names },
  bytes: new Uint8Array(),
});

const NAMES = partNames([
  leaf({ contentId: '<One@Host>' }),
  leaf({ contentLocation: './two.gif' }),
  leaf({}, [{ name: 'name', value: 'three.gif' }]),
  leaf({}, [{ name: 'filename', value: 'four gif' }]),
  leaf({
    contentDisposition: { disposition: 'inline', parameters: [{ name: 'filename', value: 'five.gif' }] },
  }),
  leaf({ contentId: '<two.gif>', contentLocation: ' ' }),
  leaf({}, [{ name: 'name', value: 7 }]),
]);

describe('partsNamed', () => {
  it.each([
    ['cid:one@host', [0]],
    ['CID:One%40Host', [0]],
    ['two.gif', [1, 5]],
    ['./THREE.gif', [2]],
    ['four%20gif', [3]],
    ['four gif', [3]],
    ['five.gif', [4]],
    ['six.gif', []],
    ['%E0%A4%A', []],
    ['', []],
    ['7', []],
  ])('finds what %j means', (reference, expected) => {
    expect([...partsNamed(reference, NAMES)]).toEqual(expected);
  });
});
