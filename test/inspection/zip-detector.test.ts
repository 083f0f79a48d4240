import { describe, expect, it } from 'vitest';
import { zipDetector, type ZIP_FINDINGS } from '../../src/inspection/zip-detector.ts';
import { ZIP_DEPTH_MAX, ZIP_ENTRIES_MAX, ZIP_RATIO_FREE_BYTES } from '../../src/inspection/zip-archive.ts';
import {
  codesOf,
  detectionsOf,
  detectMutated,
  detectTruncated,
  type PartChanges,
} from '../support/detection.ts';
import { joined, zeros } from '../support/sample-octets.ts';
import { ORDINARY_ZIP, zipOf, type SampleEnd, type SampleMember } from '../support/zip-sample.ts';

type Code = keyof typeof ZIP_FINDINGS;

const codes = (bytes: Uint8Array, changes?: PartChanges): readonly Code[] =>
  codesOf(zipDetector, bytes, changes);
const one = (changes: Partial<SampleMember>, end: SampleEnd = {}): Uint8Array =>
  zipOf([{ name: 'a.txt', content: 'hello', method: 0, ...changes }], end);
const both = (changes: NonNullable<SampleMember['local']>): Partial<SampleMember> => ({
  local: changes,
  directory: changes,
});
const nested = (depth: number): Uint8Array =>
  depth === 1 ? ORDINARY_ZIP : zipOf([{ name: 'inner.zip', content: nested(depth - 1) }]);

const POSITIVES: Readonly<Record<Code, Uint8Array>> = {
  'zip-end-missing': ORDINARY_ZIP.subarray(0, -22),
  'zip-ends-several': one({}, { comment: ORDINARY_ZIP }),
  'zip-directory-broken': one({}, { directoryLength: 52 }),
  'zip-count-mismatch': one({}, { entries: 2 }),
  'zip-entries-over-limit': zipOf(Array<SampleMember>(ZIP_ENTRIES_MAX + 1).fill({ name: 'a', content: '' })),
  'zip-local-missing': one({ directory: { localOffset: 3 } }),
  'zip-local-differs': one({ local: { method: 8 } }),
  'zip-overlap': zipOf([
    { name: 'a', content: zeros(1000) },
    { name: 'a', content: zeros(1000), directory: { localOffset: 0 } },
  ]),
  'zip-unlisted-member': zipOf([
    { name: 'a', content: 'x' },
    { name: 'b', content: 'y', isUnlisted: true },
  ]),
  'zip-prefix': one({}, { prefix: 'junk' }),
  'zip-in-media': joined('GIF89a', ORDINARY_ZIP, 'tail'),
  'zip-trailing': one({}, { trailing: 'junk' }),
  'zip-zip64': one({}, { zip64: {} }),
  'zip-bomb-ratio': one({ content: zeros(10_000_000), method: 8 }),
  'zip-bomb-total': zipOf(
    Array<SampleMember>(20).fill({ name: 'a', content: zeros(ZIP_RATIO_FREE_BYTES - 1) }),
  ),
  'zip-bomb-depth': nested(ZIP_DEPTH_MAX + 1),
  'zip-encrypted': one(both({ flags: 1 })),
  'zip-member-broken': one(both({ method: 8 })),
  'zip-method-unsupported': one(both({ method: 14 })),
  'zip-size-mismatch': one(both({ size: 4 })),
  'zip-member-slack': one({ method: 8, content: 'hello', after: 'xx', ...both({ compressedSize: 9 }) }),
  'zip-name-traversal': one({ name: '../a.txt' }),
  'zip-name-absolute': one({ name: '/etc/a.txt' }),
  'zip-name-control': one({ name: 'a.jpg\0.exe' }),
};

describe('a ZIP archive', () => {
  it.each(Object.entries(POSITIVES))('is reported as %s', (code, bytes) => {
    const changes = code === 'zip-in-media' ? { sniffedType: 'image/gif' } : {};
    expect(codes(bytes, changes)).toContain(code);
  });

  it.each<[string, Uint8Array, PartChanges]>([
    ['an ordinary archive', ORDINARY_ZIP, {}],
    ['an archive without members', zipOf([]), {}],
    ['one that is labelled as a picture but is none', ORDINARY_ZIP, { declaredType: 'image/jpeg' }],
    ['archives as deep as is opened', nested(ZIP_DEPTH_MAX), {}],
    ['folders, dots and spaces in names', one({ name: 'a..b/.c/..d/e. f' }), {}],
    ['a name with the separator of another system', one({ name: 'a\\b.txt' }), {}],
    ['a comment that tells of a signature', one({}, { comment: 'PK\x05\x06' }), {}],
    ['zeros that compress well, within a size', one({ content: zeros(1_000_000), method: 8 }), {}],
    [
      'a picture whose pixels look like a signature',
      joined('GIF89a', zeros(100), 'PK\x05\x06', zeros(100)),
      { sniffedType: 'image/gif' },
    ],
  ])('is not reported at all when it is %s', (_, bytes, changes) => {
    expect(codes(bytes, changes)).toEqual([]);
  });

  it.each(['..', 'a/../b', 'a\\..\\b', '..\\a', 'a/..'])('leads out of its folder by the name %s', (name) => {
    expect(codes(one({ name }))).toEqual(['zip-name-traversal']);
  });

  it.each(['/a', '\\a', 'C:a', 'c:\\a'])('starts at a root by the name %s', (name) => {
    expect(codes(one({ name }))).toEqual(['zip-name-absolute']);
  });

  it('tells the member by its number, and its place in the part, not its name', () => {
    const zip = zipOf([
      { name: 'a', content: 'x', method: 0 },
      { name: '../b', content: 'y', method: 0 },
    ]);
    expect(detectionsOf(zipDetector, zip)).toEqual([
      { code: 'zip-name-traversal', offset: 32 + 34, evidence: { member: 1, depth: 1 } },
    ]);
  });

  it('is looked at inside another one', () => {
    const inner = one({ name: '../b' }, { trailing: 'x' });
    expect(detectionsOf(zipDetector, zipOf([{ name: 'inner.zip', content: inner }]))).toEqual([
      { code: 'zip-trailing', evidence: { depth: 2, offset: inner.length - 1 } },
      { code: 'zip-name-traversal', offset: undefined, evidence: { member: 1, depth: 2 } },
    ]);
  });

  it('never makes the detector throw, cut off anywhere', () => {
    detectTruncated(zipDetector, ORDINARY_ZIP);
    detectTruncated(zipDetector, nested(3));
  });

  it('never makes the detector throw, damaged in any way', () => {
    const samples = Object.values(POSITIVES).filter(({ length }) => length < 10_000);
    detectMutated(zipDetector, [ORDINARY_ZIP, ...samples]);
  });
});
