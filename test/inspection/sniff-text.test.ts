import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { sniffText, TEXT_HEAD_LENGTH, TEXT_SNIFF_OCTETS_MAX } from '../../src/inspection/sniff-text.ts';
import { MEDIA_SAMPLES, TEXT_SAMPLES, utf16 } from '../support/media-samples.ts';
import { joined, zeros } from '../support/sample-octets.ts';

const formatOf = (bytes: Uint8Array): string | undefined => sniffText(new Octets(bytes))?.format;
const MARK = [0xef, 0xbb, 0xbf];

describe('sniffText', () => {
  it.each(Object.entries(TEXT_SAMPLES))('recognises %s', (format, bytes) => {
    expect(formatOf(bytes)).toBe(format);
  });

  it.each([
    ['in UTF-16 with a mark', utf16('\ufeff你好，世界', 'be'), 'utf-16be'],
    ['in UTF-16 with the other mark', utf16('\ufeff你好，世界', 'le'), 'utf-16le'],
    ['in UTF-16 of private characters, with a mark', utf16('\ufeff\ue63e \ue001', 'be'), 'utf-16be'],
    ['in UTF-16 without one, in Latin letters', utf16('Hello', 'le'), 'utf-16le'],
    ['in UTF-16 without one, in Chinese', utf16('你好 世界\n', 'be'), 'utf-16be'],
    ['in Shift-JIS', joined([0x8d, 0xa1, 0x93, 0xfa, 0x82, 0xcd]), '8-bit'],
    ['in ISO-2022-JP', joined('\x1b$B:#F|\x1b(B'), 'utf-8'],
    ['with a mark of UTF-8', joined(MARK, 'Hello'), 'utf-8'],
    ['with the NUL that ended it in memory', joined('Hello\0'), 'utf-8'],
    ['cut inside a character', Buffer.from('Grüße').subarray(0, 3), 'utf-8'],
  ])('reads text %s', (_, bytes, format) => {
    expect(formatOf(bytes)).toBe(format);
  });

  it.each([
    ['nothing', zeros(0)],
    ['NUL alone', zeros(2)],
    ['a NUL inside', joined('Hel\0lo')],
    ['a control character', joined('Hello\x02')],
    ['a mark and an odd half of a pair', joined([0xfe, 0xff, 0xd8, 0x00, 0x00, 0x41])],
    ['binary octets that make rare characters in pairs', joined('Creative Voice File\x1a\x1a\0\x0a\x01')],
  ])('does not take for text %s', (_, bytes) => {
    expect(formatOf(bytes)).toBeUndefined();
  });

  it('reads as much as a text may have, and no more', () => {
    const text = joined('a'.repeat(TEXT_SNIFF_OCTETS_MAX - 1));
    expect(formatOf(joined(text, '\x02'))).toBeUndefined();
    expect(formatOf(joined(text, 'a\x02'))).toBe('utf-8');
  });

  it.each(['vcard', 'vcalendar', 'imelody', 'smil', 'svg', 'html', 'provisioning-xml', 'jad'] as const)(
    'recognises %s behind a mark and white space, in small letters, and in UTF-16',
    (format) => {
      const text = Buffer.from(MEDIA_SAMPLES[format]).toString('latin1');
      expect(formatOf(joined(MARK, '\r\n ', text))).toBe(format);
      expect(formatOf(joined(text.toLowerCase()))).toBe(format);
      expect(formatOf(utf16(`\ufeff${text}`, 'be'))).toBe(format);
    },
  );

  it.each([
    ['a declaration', '<?xml version="1.0" encoding="UTF-8"?>\n<smil/>', 'smil'],
    ['a comment', '<!-- <html> --><smil>', 'smil'],
    ['two comments and an instruction', '<!--a--><?x y?><!--b--><svg>', 'svg'],
    ['a document type', '<!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 1.0//EN" "x.dtd"><smil>', 'smil'],
    ['a document type with declarations', '<!DOCTYPE svg [ <!ENTITY a "b"> ]>\n<svg>', 'svg'],
    ['a prefix', '<s:svg xmlns:s="http://www.w3.org/2000/svg">', 'svg'],
    ['nothing but a document type', '<!doctype HTML>', 'html'],
    ['no html element', '<body onload="x()">', 'html'],
    ['a script', '<script>1</script>', 'html'],
    ['an element that ends at once', '<smil/>', 'smil'],
    ['a longer name', '<smiling face="yes">', 'utf-8'],
    ['the root of something else', '<?xml version="1.0"?><smiley/>', 'xml'],
    [
      'a service indication',
      '<?xml version="1.0"?><!DOCTYPE si PUBLIC "-//WAPFORUM//DTD SI 1.0//EN" "x"><si>',
      'provisioning-xml',
    ],
    ['a service indication without its type', '<si><indication href="x">', 'provisioning-xml'],
    ['device management', '<SyncML xmlns="SYNCML:SYNCML1.2">', 'provisioning-xml'],
  ])('finds the root of markup with %s', (_, text, format) => {
    expect(formatOf(joined(text))).toBe(format);
  });

  it('recognises a profile that is not signed, and no other property list', () => {
    const keys = '<key>PayloadType</key><string>Configuration</string><key>PayloadIdentifier</key>';
    expect(formatOf(joined(`<?xml version="1.0"?><plist><dict>${keys}</dict></plist>`))).toBe('mobileconfig');
    expect(formatOf(joined('<plist><dict><key>PayloadType</key></dict></plist>'))).toBe('plist');
  });

  it('looks for a root as far as the head of the text, and no further', () => {
    const comment = (length: number): string => `<!--${'-'.repeat(length - 7)}-->`;
    expect(formatOf(joined(comment(TEXT_HEAD_LENGTH - 7), '<smil/>'))).toBe('smil');
    expect(formatOf(joined(comment(TEXT_HEAD_LENGTH), '<smil/>'))).toBe('utf-8');
  });
});
