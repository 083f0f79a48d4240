import { describe, expect, it } from 'vitest';
import { cardLinesOf, type CardLine } from '../../src/inspection/card-lines.ts';
import { dangerousSchemeOf, embeddedFileOf, isBinary, isRemote } from '../../src/inspection/card-values.ts';
import { Octets } from '../../src/inspection/octets.ts';

const line = (text: string): CardLine => [...cardLinesOf(new Octets(Buffer.from(text)))][0]!;
const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');

describe('embeddedFileOf', () => {
  it.each([
    ['exe', base64('MZ\x90\0\x03')],
    ['exe', base64('MZP\0')],
    ['exe', base64('MZ\0\0')],
    ['elf', base64('\x7FELF\x02')],
    ['dex', base64('dex\n035\0')],
    ['class', base64('\xCA\xFE\xBA\xBE\0')],
    ['zip', base64('PK\x03\x04')],
  ])('finds %s', (format, data) => {
    expect(embeddedFileOf(line(`PHOTO;ENCODING=b:${data}`))?.format).toBe(format);
    expect(embeddedFileOf(line(`PHOTO;BASE64:${data.slice(0, 2)} ${data.slice(2)}`))?.format).toBe(format);
    expect(embeddedFileOf(line(`PHOTO:data:image/jpeg;base64,${data}`))?.format).toBe(format);
    expect(embeddedFileOf(line(`X-FILE;ENCODING=BASE64;TYPE=a:${data}`))?.format).toBe(format);
  });

  it.each([
    `PHOTO;ENCODING=b:${base64('\xFF\xD8\xFF\xE0')}`,
    `PHOTO;ENCODING=b:${base64('M\x90\0')}`,
    `NOTE:${base64('MZ\x90\0')}`,
    'PHOTO:',
    'FN:TVqQ',
  ])('finds nothing in %s', (text) => {
    expect(embeddedFileOf(line(text))).toBeUndefined();
  });
});

describe('isBinary', () => {
  it.each(['PHOTO:x', 'KEY;X:x', 'X;ENCODING=B:x', 'X;BASE64:x', 'X:data:a/b;base64,AA'])(
    '%s may be long',
    (text) => {
      expect(isBinary(line(text))).toBe(true);
    },
  );

  it.each(['NOTE:x', 'X;TYPE=B2:x', 'X;ENCODING=8BIT:x'])('%s may not', (text) => {
    expect(isBinary(line(text))).toBe(false);
  });
});

describe('dangerousSchemeOf', () => {
  it.each([
    ['javascript', 'URL:javascript:x'],
    ['javascript', 'URL:JavaScript\\:x'],
    ['vbscript', 'X-A:vbscript:x'],
    ['file', 'PHOTO;VALUE=uri:file:///data/x'],
    ['content', 'ATTACH:content://x'],
    ['intent', 'item1.URL: intent:x#Intent;end'],
    ['data', 'URL:data:text/html,x'],
    ['data', 'URL;ENCODING=QUOTED-PRINTABLE:=64ata:text/html,x'],
  ])('finds %s in %s', (scheme, text) => {
    expect(dangerousSchemeOf(line(text))).toBe(scheme);
  });

  it.each([
    'URL:https://a.example',
    'NOTE:javascript:x',
    'URL:javascript',
    'PHOTO:data:image/png;base64,AA',
    'TEL:1',
  ])('finds nothing in %s', (text) => {
    expect(dangerousSchemeOf(line(text))).toBeUndefined();
  });
});

describe('isRemote', () => {
  it.each(['PHOTO;VALUE=uri:http://a.example/x.jpg', 'ATTACH:HTTPS://a.example', 'SOUND:ftp://a'])(
    '%s is',
    (text) => {
      expect(isRemote(line(text))).toBe(true);
    },
  );

  it.each(['URL:http://a.example', 'PHOTO;ENCODING=b:AAAA', 'ATTACH:cid:x'])('%s is not', (text) => {
    expect(isRemote(line(text))).toBe(false);
  });
});
