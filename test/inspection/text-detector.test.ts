import { describe, expect, it } from 'vitest';
import { MIBENUM } from '../../src/codec/charsets.ts';
import { readingsOf } from '../../src/inspection/part-readings.ts';
import { TEXT_OCTETS_MAX, textDetector, type TEXT_FINDINGS } from '../../src/inspection/text-detector.ts';
import { detectMutated, detectTruncated } from '../support/detection.ts';
import { ORDINARY_TEXTS, textCodes, textDetections } from '../support/text-sample.ts';

type Code = keyof typeof TEXT_FINDINGS;

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const codes = (text: string | Uint8Array) => textCodes(textDetector, text);

const POSITIVES: readonly (readonly [Code, string, string | Uint8Array])[] = [
  ['text-binary-magic', 'a program', latin1('\x7FELF\x02\x01\x01')],
  ['text-binary-magic', 'a ZIP', latin1('PK\x03\x04')],
  ['text-binary-magic', 'a picture', latin1('\xFF\xD8\xFF\xE0')],
  ['text-nul', 'NUL in a word', 'pass\0word'],
  ['text-control-character', 'a terminal sequence', 'red \x1B[31m text'],
  ['text-control-character', 'DEL', 'a\x7F'],
  ['text-undecodable', 'Latin-1 that is not declared', latin1('Grüße')],
  ['text-undecodable', 'UTF-8 that is cut', Buffer.from('Grüße').subarray(0, 3)],
  ['text-hidden-character', 'a zero-width space in a word', 'pay\u200Bpal'],
  ['text-hidden-character', 'a joiner in a word', 'па\u200Dроль'],
  ['text-hidden-tag', 'a text in tags', 'hello\u{E0068}\u{E0069}'],
  ['text-long', 'more than 64 KiB', 'a'.repeat(TEXT_OCTETS_MAX + 1)],
];

describe('the text detector', () => {
  it.each(POSITIVES)('reports %s of %s', (code, _, text) => {
    expect(codes(text)).toContain(code);
  });

  it.each(ORDINARY_TEXTS)('says nothing of %s', (_, text) => {
    expect(codes(text)).toEqual([]);
    expect(codes(new TextEncoder().encode(text))).toEqual([]);
  });

  it.each<[string, string | Uint8Array]>([
    ['tabs and line ends', 'a\tb\r\nc\n'],
    ['a text about files', 'GIF89a, %PDF-1.7, PK, MZ, ELF and #!AMR are magics'],
    ['a text that begins with a name of a format', 'GIF89a is a format'],
    ['a text of the longest length', 'a'.repeat(TEXT_OCTETS_MAX)],
    ['nothing', ''],
  ])('says nothing of %s', (_, text) => {
    expect(codes(text)).toEqual([]);
  });

  it.each(['hello', '你好世界'])(
    'says nothing of UTF-16, which has NULs to those who take it for Latin: %s',
    (text) => {
      const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
      expect(textCodes(textDetector, bytes, { texts: readingsOf(bytes, MIBENUM.utf16).texts })).toEqual([]);
      expect(codes(bytes)).toEqual(['text-undecodable']);
    },
  );

  it('says nothing of what is not text', () => {
    expect(textCodes(textDetector, latin1('\x7FELF'), { texts: [], family: 'elf' })).toEqual([]);
  });

  it('tells which magic it is, and where', () => {
    expect(textDetections(textDetector, latin1('\x1F\x8B\x08'))[0]).toEqual({
      code: 'text-binary-magic',
      offset: 0,
      evidence: { format: 'gzip' },
    });
  });

  it('never throws', () => {
    const samples = POSITIVES.slice(0, -1).map(([, , text]) =>
      typeof text === 'string' ? Buffer.from(text) : text,
    );
    for (const sample of samples) detectTruncated(textDetector, sample, { texts: ['hello'] });
    detectMutated(textDetector, samples, { texts: ['pay\u200Bpal'] });
  });
});
