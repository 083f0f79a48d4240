import { describe, expect, it } from 'vitest';
import { MEDIA_TYPES, MEDIA_TYPE_CODES, WSP_HEADERS, WSP_HEADER_CODES } from '../../src/codec/wsp-numbers.ts';

const TABLES = [
  { table: 'MEDIA_TYPES', names: MEDIA_TYPES, codes: MEDIA_TYPE_CODES },
  { table: 'WSP_HEADERS', names: WSP_HEADERS, codes: WSP_HEADER_CODES },
];

describe.each(TABLES)('$table', ({ names, codes }) => {
  it('repeats no name in any case, so that its reverse inverts it', () => {
    expect(codes.size).toBe(names.size);
    for (const [code, name] of names) expect(codes.get(name.toLowerCase())).toBe(code);
  });
});

describe('MEDIA_TYPES', () => {
  it.each([
    [0x00, '*/*'],
    [0x03, 'text/plain'],
    [0x1d, 'image/gif'],
    [0x1e, 'image/jpeg'],
    [0x20, 'image/png'],
    [0x23, 'application/vnd.wap.multipart.mixed'],
    [0x26, 'application/vnd.wap.multipart.alternative'],
    [0x33, 'application/vnd.wap.multipart.related'],
    [0x3e, 'application/vnd.wap.mms-message'],
    [0x52, 'application/mikey'],
    [0x5a, 'application/octet-stream'],
    [0x301, 'application/iota.mmc-xml'],
  ])('has %i as %s', (code, name) => {
    expect(MEDIA_TYPES.get(code)).toBe(name);
  });

  it('has every code up to 0x52, and no application/smil', () => {
    expect(Array.from({ length: 0x53 }, (_, code) => code).filter((code) => !MEDIA_TYPES.has(code))).toEqual(
      [],
    );
    expect(MEDIA_TYPE_CODES.has('application/smil')).toBe(false);
  });
});

describe('WSP_HEADERS', () => {
  it.each([
    [0x0e, 'Content-Location'],
    [0x11, 'Content-Type'],
    [0x2e, 'Content-Disposition (1.1)'],
    [0x2f, 'X-Wap-Application-Id'],
    [0x34, 'Push-Flag'],
    [0x40, 'Content-ID'],
    [0x43, 'Encoding-Version'],
    [0x45, 'Content-Disposition'],
    [0x48, 'Content-Transfer-Encoding'],
  ])('has %i as %s', (code, name) => {
    expect(WSP_HEADERS.get(code)).toBe(name);
  });
});
