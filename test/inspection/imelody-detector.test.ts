import { describe, expect, it } from 'vitest';
import {
  IMELODY_OCTETS_MAX,
  imelodyDetector,
  type IMELODY_FINDINGS,
} from '../../src/inspection/imelody-detector.ts';
import { lines } from '../support/card-sample.ts';
import { codesOf, detectMutated, detectTruncated } from '../support/detection.ts';

type Code = keyof typeof IMELODY_FINDINGS;

const codes = (bytes: Uint8Array) => codesOf(imelodyDetector, bytes);
const HEAD = ['BEGIN:IMELODY', 'VERSION:1.2', 'FORMAT:CLASS1.0', 'NAME:Tune', 'COMPOSER:Anna'];
const NOTES = 'MELODY:&b2#c3-c2*4g1d1r.(c2d2@2)V+backoffledonvibeoff*5a3;b:';
const tone = (...more: readonly string[]): Uint8Array => lines(...HEAD, ...more, NOTES, 'END:IMELODY');
const melody = (notes: string): Uint8Array => lines(...HEAD, `MELODY:${notes}`, 'END:IMELODY');
const padded = (length: number): Uint8Array =>
  Buffer.concat([tone(), Buffer.alloc(length - tone().length, '\n')]);

const POSITIVES: readonly (readonly [Code, string, Uint8Array])[] = [
  ['imelody-oversize', 'over 64 KiB', padded(IMELODY_OCTETS_MAX + 1)],
  ['imelody-not-ascii', 'an octet over 127', Buffer.concat([tone(), Buffer.from([0xe9])])],
  ['imelody-not-ascii', 'NUL', Buffer.concat([tone(), Buffer.from([0])])],
  ['imelody-incomplete', 'no melody', lines(...HEAD, 'END:IMELODY')],
  ['imelody-incomplete', 'no end', lines(...HEAD, NOTES)],
  ['imelody-value', 'too few beats', tone('BEAT:24')],
  ['imelody-value', 'too many beats', tone('BEAT:901')],
  ['imelody-value', 'a style that is none', tone('STYLE:S3')],
  ['imelody-value', 'a volume that is none', tone('VOLUME:V16')],
  ['imelody-melody', 'a letter that is no note', melody('c2x2')],
  ['imelody-melody', 'a repeat in a repeat', melody('(c2(d2@2)@2)')],
];

describe('the iMelody detector', () => {
  it.each(POSITIVES)('reports %s of %s', (code, _, bytes) => {
    expect(codes(bytes)).toEqual([code]);
  });

  it.each<[string, Uint8Array]>([
    ['a ring tone', tone()],
    ['settings at their limits', tone('BEAT:25', 'STYLE:S0', 'VOLUME:V0')],
    ['settings at their other limits', tone('BEAT:900', 'STYLE:S2', 'VOLUME:V15')],
    ['a melody in two lines', lines(...HEAD, 'MELODY:c2d2', ' e2f2', 'END:IMELODY')],
    ['two repeats', melody('(c2@2)(d2@0)')],
    ['64 KiB', padded(IMELODY_OCTETS_MAX)],
    ['what is no iMelody', lines('BEGIN:VCARD', 'BEAT:1')],
    ['nothing', new Uint8Array()],
  ])('says nothing of %s', (_, bytes) => {
    expect(codes(bytes)).toEqual([]);
  });

  it('never throws', () => {
    const samples = [tone(), ...POSITIVES.slice(1).map(([, , bytes]) => bytes)];
    for (const sample of samples) detectTruncated(imelodyDetector, sample);
    detectMutated(imelodyDetector, samples);
  });
});
