import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import {
  openMember,
  readZip,
  ZIP_ENTRIES_MAX,
  type OpenedMember,
  type ZipProblem,
} from '../../src/inspection/zip-archive.ts';
import { inflateRaw } from '../../src/scanning/content-encoding.ts';
import { joined, zeros } from '../support/sample-octets.ts';
import { ORDINARY_ZIP, zipOf, type SampleEnd, type SampleMember } from '../support/zip-sample.ts';

const read = (bytes: Uint8Array) => readZip(new Octets(bytes));
const problemsOf = (bytes: Uint8Array): readonly string[] =>
  read(bytes)!.problems.map(({ kind, offset }: ZipProblem) => `${kind}@${offset}`);
const stored = (name: string, content = 'hello'): SampleMember => ({ name, content, method: 0 });
const PADDING = joined('PK\x03\x04', zeros(26 + 40));

function contentsOf(bytes: Uint8Array): readonly string[] {
  const archive = read(bytes)!;
  return archive.members.map((member) => {
    const opened = openMember(archive, member, inflateRaw, 1000);
    return opened.kind === 'opened' ? Buffer.from(opened.bytes).toString('latin1') : opened.kind;
  });
}

describe('an ordinary archive', () => {
  it('lists its members, without a problem', () => {
    const archive = read(ORDINARY_ZIP)!;
    expect(archive.problems).toEqual([]);
    expect(archive.members).toEqual([
      {
        index: 0,
        name: 'photos/one.txt',
        method: 8,
        compressedSize: expect.any(Number) as number,
        size: 27,
        dataOffset: 44,
        isEncrypted: false,
        isListed: true,
      },
      {
        index: 1,
        name: 'two.bin',
        method: 0,
        compressedSize: 8,
        size: 8,
        dataOffset: expect.any(Number) as number,
        isEncrypted: false,
        isListed: true,
      },
    ]);
    expect(contentsOf(ORDINARY_ZIP)).toEqual([
      'one and one and one and one',
      '\x01\x02\x03\x04\x05\x06\x07\x08',
    ]);
  });

  it.each<[string, Uint8Array]>([
    ['no member', zipOf([])],
    ['a comment', zipOf([stored('a')], { comment: 'hello PK\x05\x06 there' })],
    ['an archive inside it', zipOf([{ name: 'inner.zip', content: ORDINARY_ZIP, method: 0 }])],
    [
      'sizes after the data',
      zipOf([{ ...stored('a'), local: { flags: 8, size: 0, compressedSize: 0, crc: 0 }, after: zeros(16) }]),
    ],
    ["padding of Android's build tools", joined(PADDING, zipOf([stored('a')], { comment: '' }))],
    ['an APK signing block', zipOf([stored('a')], { beforeDirectory: 'APK Sig Block 42' })],
  ])('may have %s', (_, bytes) => {
    expect(problemsOf(bytes)).toEqual([]);
  });
});

describe('what is no archive', () => {
  it.each<[string, Uint8Array]>([
    ['nothing', zeros(0)],
    ['a document with a whole archive inside', joined('%PDF', ORDINARY_ZIP, '%%EOF')],
    ['text about "PK"', joined('see PK\x05\x06 and PK\x01\x02')],
    ['a picture with a local header inside', joined('GIF89a', ORDINARY_ZIP.subarray(0, 80))],
  ])('is undefined: %s', (_, bytes) => {
    expect(read(bytes)).toBeUndefined();
  });
});

describe('a problem of the lists', () => {
  const two = [stored('a'), stored('b')];
  const cases: readonly [string, readonly SampleMember[], SampleEnd, string][] = [
    ['a directory inside the comment', [stored('a')], { comment: zipOf([stored('b')]) }, 'ends-several@83'],
    ['a declared count that is not listed', two, { entries: 1 }, 'count-mismatch@166'],
    ['octets before the archive', [stored('a')], { prefix: '#!/bin/sh\n' }, 'prefix@0'],
    ['octets after it', [stored('a')], { trailing: 'x' }, 'trailing@105'],
    ['64-bit numbers', [stored('a')], { zip64: {} }, 'zip64@159'],
    ['another name before the data', [{ ...stored('a'), local: { name: 'b' } }], {}, 'local-differs@0'],
    [
      'no local header where one should be',
      [stored('a'), { ...stored('b'), directory: { localOffset: 1 } }],
      {},
      'local-missing@119',
    ],
    [
      'two members with one local header',
      [stored('a'), { ...stored('a'), directory: { localOffset: 0 } }],
      {},
      'overlap@0',
    ],
    [
      'a member that reaches into the directory',
      [{ ...stored('a'), directory: { compressedSize: 6 }, local: { compressedSize: 6 } }],
      {},
      'overlap@36',
    ],
    [
      'a member that the directory does not list',
      [stored('a'), { ...stored('b'), isUnlisted: true }],
      {},
      'unlisted-member@36',
    ],
    ['something else in the directory', two, { directoryLength: 95 }, 'directory-broken@166'],
  ];

  it.each(cases)('%s is told', (_, members, end, problem) => {
    expect(problemsOf(zipOf(members, end))).toContain(problem);
  });

  it('is told of a member inside the data of another one (CVE-2019-13232)', () => {
    const inner = zipOf([stored('b')]).subarray(0, 36);
    const outer = { name: 'a', content: joined(inner), method: 0 };
    const alias = { ...stored('b'), isUnlisted: false, directory: { localOffset: 31 } };
    expect(problemsOf(zipOf([outer, alias]))).toContain('overlap@31');
  });
});

describe('an archive that is cut off', () => {
  it('has the members that local headers tell of', () => {
    const cut = ORDINARY_ZIP.subarray(0, 103);
    expect(problemsOf(cut)).toEqual(['end-missing@103']);
    expect(contentsOf(cut)).toEqual(['one and one and one and one', '\x01\x02\x03\x04\x05\x06\x07\x08']);
    expect(read(cut)!.members.map(({ isListed }) => isListed)).toEqual([false, false]);
  });

  it('gives a member to the next header where its size is not told before its data, or is a lie', () => {
    const later = { flags: 8, size: 0, compressedSize: 0, crc: 0 };
    const members = [
      { name: 'a', content: 'aaaa', local: later, after: zeros(16) },
      { name: 'b', content: 'bbbb', local: { compressedSize: 0x7fffffff } },
      stored('c'),
    ];
    const zip = zipOf(members);
    const cut = zip.subarray(0, new Octets(zip).indexOf('PK\x01\x02'));
    expect(contentsOf(cut)).toEqual(['aaaa', 'bbbb', 'hello']);
  });
});

describe('an archive with many members', () => {
  const many = (count: number, isUnlisted: boolean): Uint8Array =>
    zipOf([...Array(count).keys()].map((index) => ({ ...stored(`${index}`, ''), isUnlisted })));

  it.each([false, true])('is listed up to the limit, and told beyond it (unlisted: %s)', (isUnlisted) => {
    const cut = (bytes: Uint8Array): Uint8Array => (isUnlisted ? bytes.subarray(0, -22) : bytes);
    const full = read(cut(many(ZIP_ENTRIES_MAX, isUnlisted)))!;
    const over = read(cut(many(ZIP_ENTRIES_MAX + 1, isUnlisted)))!;
    expect(full.members).toHaveLength(ZIP_ENTRIES_MAX);
    expect(full.problems.map(({ kind }) => kind)).not.toContain('entries-over-limit');
    expect(over.members).toHaveLength(ZIP_ENTRIES_MAX);
    expect(over.problems.map(({ kind }) => kind)).toContain('entries-over-limit');
    expect(over.problems.map(({ kind }) => kind)).not.toContain('count-mismatch');
  });
});

describe('opening a member', () => {
  const open = (member: SampleMember, bytesMax: number): OpenedMember['kind'] => {
    const archive = read(zipOf([member]))!;
    return openMember(archive, archive.members[0]!, inflateRaw, bytesMax).kind;
  };
  const both = (changes: object): object => ({ local: changes, directory: changes });
  const deflated: SampleMember = { name: 'a', content: 'hello' };

  it.each<[string, SampleMember, number, OpenedMember['kind']]>([
    ['stored, at the limit', stored('a'), 5, 'opened'],
    ['stored, over it', stored('a'), 4, 'over-limit'],
    ['deflated, at the limit', deflated, 5, 'opened'],
    ['deflated, over it', deflated, 4, 'over-limit'],
    ['deflated, with nothing left', deflated, 0, 'over-limit'],
    ['encrypted', { ...stored('a'), ...both({ flags: 1 }) }, 5, 'encrypted'],
    ['of another method', { ...stored('a'), ...both({ method: 12 }) }, 5, 'unsupported-method'],
    ['stored, and called deflated', { ...stored('a'), ...both({ method: 8 }) }, 5, 'broken'],
    ['longer than the archive', { ...stored('a'), ...both({ compressedSize: 1000 }) }, 5, 'broken'],
  ])('that is %s gives its kind', (_, member, bytesMax, kind) => {
    expect(open(member, bytesMax)).toBe(kind);
  });

  it('tells how much of its data it took', () => {
    const archive = read(zipOf([deflated]))!;
    const [member] = archive.members;
    expect(openMember(archive, member!, inflateRaw, 5)).toMatchObject({ consumed: member!.compressedSize });
  });
});
