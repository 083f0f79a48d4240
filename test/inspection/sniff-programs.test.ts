import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { PROFILE_KEYS, sniffProgram } from '../../src/inspection/sniff-programs.ts';
import { dosProgram, PROGRAM_SAMPLES } from '../support/media-samples.ts';
import { be16, be32, joined, le16, le32, patched, zeros } from '../support/sample-octets.ts';

const formatOf = (bytes: Uint8Array): string | undefined => sniffProgram(new Octets(bytes))?.format;

describe('sniffProgram', () => {
  it.each(Object.entries(PROGRAM_SAMPLES))('recognises %s', (format, bytes) => {
    expect(formatOf(bytes)).toBe(format);
  });

  it.each([
    ['an ELF file of no class', patched(PROGRAM_SAMPLES.elf, 4, [3])],
    ['a DEX file without the NUL behind its version', patched(PROGRAM_SAMPLES.dex, 7, '\n')],
    ['a cabinet with a number where 0 must be', patched(PROGRAM_SAMPLES.cab, 4, [1])],
    ['a Flash file with a version of letters', joined('FWS Hello there')],
    ['a Flash file with a length of letters', patched(PROGRAM_SAMPLES.swf, 4, 'abcd')],
    ['a font without tables', patched(PROGRAM_SAMPLES.truetype, 4, be16(0))],
    ['a font with tables of letters', patched(PROGRAM_SAMPLES.opentype, 4, 'AB')],
    ['a web font of an unknown flavour', patched(PROGRAM_SAMPLES.woff, 4, 'abcd')],
    ['an embedded font without its magic', patched(PROGRAM_SAMPLES['embedded-opentype'], 34, 'XX')],
    ['a compound file of another class', patched(PROGRAM_SAMPLES.msi, 1024 + 0x50, [0])],
    ['a class file of no version', patched(PROGRAM_SAMPLES['java-class'], 6, be16(0x61))],
    ['nothing', zeros(0)],
  ])('does not recognise %s', (_, bytes) => {
    expect(formatOf(bytes)).toBeUndefined();
  });

  it('tells a fat program of Apple from a Java class by its count', () => {
    const fat = (count: number): Uint8Array => joined([0xca, 0xfe, 0xba, 0xbe], be32(count), zeros(8));
    expect([1, 0x13, 0x14, 0x34].map((count) => formatOf(fat(count)))).toEqual([
      ...['mach-o', 'mach-o', undefined, 'java-class'],
    ]);
  });

  it.each([
    ['EPOC', joined(le32(1), le32(0x1000_006d), le32(0x1000_0419))],
    ['Symbian 6', joined(le32(1), le32(0x1000_3a12), le32(0x1000_0419))],
    ['Symbian 9', joined(le32(0x1020_1a7a), zeros(8))],
  ])('recognises an installer for %s', (_, bytes) => {
    expect(formatOf(bytes)).toBe('sis');
  });

  it('needs the installer’s identifier behind that of Symbian', () => {
    expect(formatOf(joined(le32(1), le32(0x1000_3a12), le32(0x1000_0418)))).toBeUndefined();
  });

  it('recognises a DOS program without a Windows one', () => {
    const dos = patched(patched(joined('MZ', zeros(62)), 2, le16(0x90)), 8, le16(4));
    expect(formatOf(dos)).toBe('pe');
    expect(formatOf(patched(dos, 8, le16(0)))).toBeUndefined();
    expect(formatOf(dosProgram('XX\0\0'))).toBeUndefined();
  });

  it.each(PROFILE_KEYS)('needs the key %s in a signed profile', (key) => {
    const text = Buffer.from(PROGRAM_SAMPLES.mobileconfig)
      .toString('latin1')
      .replaceAll(key, 'x'.repeat(key.length));
    expect(formatOf(joined(text))).toBeUndefined();
  });

  it('recognises a profile that is a binary property list', () => {
    expect(formatOf(joined('bplist00', PROFILE_KEYS.join(' ')))).toBe('mobileconfig');
  });
});
