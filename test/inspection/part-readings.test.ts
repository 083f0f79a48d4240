import { describe, expect, it } from 'vitest';
import {
  READING_LENGTH_MAX,
  readingsOf,
  TEXT_SOURCE_OCTETS_MAX,
} from '../../src/inspection/part-readings.ts';

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const [UTF8, ASCII, LATIN1, UTF16, UNKNOWN] = [106, 3, 4, 1015, 9999];

describe('readingsOf', () => {
  it.each<[string, Uint8Array, number | undefined, string[]]>([
    ['ASCII has one reading', Buffer.from('see you'), UTF8, ['see you']],
    ['UTF-8 without a charset', Buffer.from('Grüße'), undefined, ['Grüße']],
    ['Latin-1 that says so', Buffer.from('Grüße', 'latin1'), LATIN1, ['Grüße', 'Gr\uFFFD\uFFFDe']],
    ['Latin-1 that does not say so', Buffer.from('Grüße', 'latin1'), undefined, ['Gr\uFFFD\uFFFDe', 'Grüße']],
    ['UTF-8 that says it is ASCII', Buffer.from('Grüße'), ASCII, ['Grüße']],
    ['UTF-8 in an unknown charset', Buffer.from('Grüße'), UNKNOWN, ['Grüße', 'GrÃ¼Ã\u009fe']],
    ['nothing', Buffer.alloc(0), undefined, ['']],
    ['a byte order mark is no text', Buffer.from('\uFEFFhello'), UTF8, ['hello']],
  ])('%s', (_, octets, charset, texts) => {
    expect(readingsOf(octets, charset)).toEqual({ texts, isComplete: true });
  });

  it.each([undefined, UTF8, UTF16])('reads UTF-16 that is there, whatever is declared: %s', (charset) => {
    expect(readingsOf(utf16('http://example.test/'), charset).texts).toContain('http://example.test/');
    expect(readingsOf(utf16('http://example.test/').swap16(), charset).texts).toContain(
      'http://example.test/',
    );
  });

  it('reads ASCII behind a false declaration of UTF-16', () => {
    expect(readingsOf(Buffer.from('http://example.test/'), UTF16).texts).toContain('http://example.test/');
  });

  it('reads a text of the longest length, and says when one is longer', () => {
    const text = 'word '.repeat(READING_LENGTH_MAX / 5 + 1).slice(0, READING_LENGTH_MAX);
    expect(readingsOf(Buffer.from(text), UTF8)).toEqual({ texts: [text], isComplete: true });
    const longer = readingsOf(Buffer.from(`${text}!`), UTF8);
    expect([longer.texts[0]?.length, longer.isComplete]).toEqual([READING_LENGTH_MAX, false]);
  });

  it('leaves the picture of a card out, all but its beginning, to read what stands behind it', () => {
    const line = 'QUJD'.repeat(18);
    const card = `BEGIN:VCARD\nPHOTO;ENCODING=b:\n${`${line}\n`.repeat(3000)}URL:http://example.test/\nEND:VCARD\n`;
    const { texts, isComplete } = readingsOf(Buffer.from(card), UTF8);
    expect(isComplete).toBe(true);
    expect(texts[0]).toBe(
      `BEGIN:VCARD\nPHOTO;ENCODING=b:\n${line}\n${line}\nURL:http://example.test/\nEND:VCARD\n`,
    );
  });

  it('never says that all was read when octets were left out', () => {
    const pictures = `${'QUJD'.repeat(18)}\n`.repeat(TEXT_SOURCE_OCTETS_MAX / 73 + 2);
    expect(readingsOf(Buffer.from(pictures), UTF8).isComplete).toBe(false);
  });
});
