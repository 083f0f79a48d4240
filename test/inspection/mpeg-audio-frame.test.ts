import { describe, expect, it } from 'vitest';
import { countMpegAudioFrames, readMpegAudioFrame } from '../../src/inspection/mpeg-audio-frame.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { MP3_FRAMES } from '../support/media-samples.ts';
import { octets } from '../support/octets.ts';
import { joined, patched, zeros } from '../support/sample-octets.ts';

const lengthOf = (literal: string): number | undefined =>
  readMpegAudioFrame(new Octets(octets(literal)), 0)?.length;

describe('a frame of MPEG audio', () => {
  // The lengths are those that ffmpeg 5.1 writes for these rates.
  it.each([
    ['MPEG 1 layer III, 128 kbit/s, 44.1 kHz', 'fffb9000', 417],
    ['the same, padded', 'fffb9200', 418],
    ['MPEG 1 layer III, 320 kbit/s, 48 kHz', 'fffbe400', 960],
    ['MPEG 1 layer III, 32 kbit/s, 32 kHz', 'fffb1800', 144],
    ['MPEG 2 layer III, 64 kbit/s, 22.05 kHz', 'fff38000', 208],
    ['MPEG 2.5 layer III, 8 kbit/s, 8 kHz', 'ffe31800', 72],
    ['MPEG 1 layer II, 192 kbit/s, 48 kHz', 'fffda400', 576],
    ['MPEG 2 layer II, 64 kbit/s, 16 kHz', 'fff58800', 576],
  ])('of %s (%s) has %i octets', (_, literal, length) => {
    expect(lengthOf(literal)).toBe(length);
  });

  it.each([
    ['another sync word', 'ffdb9000'],
    ['a version that is not assigned', 'ffeb9000'],
    ['layer I', 'ffff9000'],
    ['a layer that is not assigned', 'fff99000'],
    ['a free bit rate', 'fffb0000'],
    ['a bit rate that is not assigned', 'fffbf000'],
    ['a sampling rate that is not assigned', 'fffb9c00'],
    ['three octets', 'fffb90'],
  ])('is none with %s', (_, literal) => {
    expect(lengthOf(literal)).toBeUndefined();
  });
});

describe('frames in a row', () => {
  const count = (bytes: Uint8Array, most = 10): number => countMpegAudioFrames(new Octets(bytes), 0, most);

  it('are counted as far as asked for', () => {
    expect(count(MP3_FRAMES)).toBe(3);
    expect(count(MP3_FRAMES, 2)).toBe(2);
    expect(count(zeros(10))).toBe(0);
  });

  it('are counted with the last one, though it is cut off', () => {
    expect(count(MP3_FRAMES.subarray(0, 420))).toBe(1);
    expect(count(MP3_FRAMES.subarray(0, 421))).toBe(2);
  });

  it('are of one stream: another sampling rate ends them, another bit rate does not', () => {
    expect(count(patched(MP3_FRAMES, 417, [0xff, 0xfb, 0x94, 0]))).toBe(1);
    expect(count(joined(MP3_FRAMES.subarray(0, 417), [0xff, 0xfb, 0xa0, 0], zeros(600)))).toBe(2);
  });
});
