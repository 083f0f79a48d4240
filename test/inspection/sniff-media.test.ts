import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { familyOfType } from '../../src/inspection/media-families.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { sniffMedia } from '../../src/inspection/sniff-media.ts';
import type { Sniffed } from '../../src/inspection/sniff-format.ts';
import { MEDIA_SAMPLES } from '../support/media-samples.ts';
import { joined, zeros } from '../support/sample-octets.ts';

const sniff = (bytes: Uint8Array): Sniffed => sniffMedia(new Octets(bytes));
const SAMPLES = Object.entries(MEDIA_SAMPLES);

describe('sniffMedia', () => {
  it.each(SAMPLES)('recognises %s', (format, bytes) => {
    expect(sniff(bytes).format).toBe(format);
  });

  it.each(SAMPLES)('gives %s a media type that is a label of its family', (_, bytes) => {
    const { mediaType, family } = sniff(bytes);
    expect(familyOfType(mediaType)).toBe(family);
  });

  it('recognises nothing in nothing, and in octets without a sense', () => {
    const unrecognised = { mediaType: '', family: undefined, format: '' };
    expect(sniff(zeros(0))).toEqual(unrecognised);
    expect(sniff(zeros(64))).toEqual(unrecognised);
    expect(sniff(joined([0xff, 0, 0, 2, 3, 0xdd]))).toEqual(unrecognised);
  });

  it('gives plain data, which crosses threads', () => {
    for (const [, bytes] of SAMPLES) expect(structuredClone(sniff(bytes))).toEqual(sniff(bytes));
  });

  it.each([
    'BM is a bus line and this is a text about it',
    'MZ and PE are letters',
    'PK was here',
    'MAC address 00:11:22:33:44:55',
    'GIF is how to say it',
    'FWS Friday with Sam, CWS too',
    'true story, read it',
    'OTTO was here',
    'QMAIL is a mail server, QGIS draws maps',
    'get free stuff, ask mdat for moov',
    'ID3 tags are great',
    'RIFF raff WAVE is 8 letters in',
    'GGG is not a transport stream',
    'dex is short for index\n',
    'Rar! Rar!',
    'wOFF wOFF says the dog',
    '#hashtag and #!AM',
    '<3 you',
    '<grin> see you later',
    'I have a %PDF- of it',
    'BEGIN: the beguine',
    'MIDlet-Name: A\nMIDlet-Jar-URL: only two keys',
    '-- \r\nAnna, Content-Type: human',
    '#!/bin/sh is how scripts begin, but nobody runs a text',
  ])('takes the text «%s» for text', (text) => {
    expect(sniff(joined(text)).family).toBe('text');
  });

  it('takes the magic at the start, whatever stands behind it', () => {
    expect(sniff(joined(MEDIA_SAMPLES.jpeg, '%PDF-1.4')).family).toBe('jpeg');
    expect(sniff(joined(MEDIA_SAMPLES.gif, MEDIA_SAMPLES.zip)).family).toBe('gif');
  });

  it('throws on no beginning of a sample', () => {
    for (const [, bytes] of SAMPLES) {
      for (let length = 0; length < Math.min(bytes.length, 600); length += 1)
        sniff(bytes.subarray(0, length));
    }
  });

  it('throws on no damaged sample', () => {
    const changes = fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), changes, fc.nat(80), ([, bytes], octets, cut) => {
        const damaged = Uint8Array.from(bytes.subarray(octets.length % 2 === 0 ? 0 : cut));
        for (const [at, octet] of octets) damaged[at] = octet;
        sniff(damaged);
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 1000) },
    );
  });
});
