import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { sniffWap } from '../../src/inspection/sniff-wap.ts';
import { WAP_SAMPLES } from '../support/media-samples.ts';
import { joined, patched, zeros } from '../support/sample-octets.ts';

const formatOf = (bytes: Uint8Array): string | undefined => sniffWap(new Octets(bytes))?.format;

describe('sniffWap', () => {
  it.each(Object.entries(WAP_SAMPLES))('recognises %s', (format, bytes) => {
    expect(formatOf(bytes)).toBe(format);
  });

  it.each([
    ['service indication', [1, 5, 0x6a]],
    ['service loading', [2, 6, 0x6a]],
    ['cache operation', [3, 7, 0x03]],
    ['provisioning', [3, 0x0b, 0x04]],
    ['SyncML 1.1', [2, 0x9f, 0x53, 0x6a]],
    ['device management', [2, 0xa4, 0x01, 0x6a]],
  ])('recognises WBXML of %s', (_, octets) => {
    expect(formatOf(joined(octets, zeros(4)))).toBe('wbxml');
  });

  it.each([
    ['WBXML of a version that there is not', [4, 0x0b, 0x6a]],
    ['WBXML of a page for people', [1, 4, 0x6a]],
    ['WBXML in an unknown charset', [3, 0x0b, 0x6b]],
    ['nothing', []],
  ])('does not recognise %s', (_, octets) => {
    expect(formatOf(joined(octets))).toBeUndefined();
  });

  it.each([
    ['another tag than a version', patched(WAP_SAMPLES.x509, 8, [0x02])],
    ['no second sequence', patched(WAP_SAMPLES.x509, 4, [0x31])],
    ['no first sequence', patched(WAP_SAMPLES.x509, 0, [0x31])],
  ])('does not take for a certificate what has %s', (_, bytes) => {
    expect(formatOf(bytes)).toBeUndefined();
  });

  it('reads sequences with a short length, too', () => {
    expect(formatOf(joined([0x30, 9, 0x30, 7, 0xa0, 3, 2, 1, 2]))).toBe('x509');
  });

  it.each([
    ['a message identifier first', joined([0x8c, 0x84, 0x8b], 'id@host\0', [0x8d, 0x93])],
    ['its version first', joined([0x8c, 0x84, 0x8d, 0x90, 0x84], [0xa3, 0])],
  ])('recognises a message with %s', (_, bytes) => {
    expect(formatOf(bytes)).toBe('mms');
  });

  it.each([
    ['Japanese text of the same octets', joined([0x8c, 0x8e, 0x8d, 0x91, 0x82, 0xcc])],
    ['a type that there is not', patched(WAP_SAMPLES.mms, 1, [0x98])],
    ['no version', WAP_SAMPLES.mms.subarray(0, 7)],
    ['an identifier without an end', joined([0x8c, 0x80, 0x98], 'T'.repeat(300), [0, 0x8d, 0x92])],
  ])('does not take for a message %s', (_, bytes) => {
    expect(formatOf(bytes)).toBeUndefined();
  });

  it.each([
    ['a type without a slash', patched(WAP_SAMPLES.dcf, 8, '.')],
    ['no content identifier', patched(WAP_SAMPLES.dcf, 13, 'x')],
    ['another version', patched(WAP_SAMPLES.dcf, 0, [2])],
  ])('does not take for protected content what has %s', (_, bytes) => {
    expect(formatOf(bytes)).toBeUndefined();
  });
});
