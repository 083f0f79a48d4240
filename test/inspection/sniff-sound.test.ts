import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { ID3_TAGS_MAX, sniffSound } from '../../src/inspection/sniff-sound.ts';
import { ADTS_FRAMES, id3Tag, MP3_FRAMES, SOUND_SAMPLES } from '../support/media-samples.ts';
import { be32, joined, le16, patched, zeros } from '../support/sample-octets.ts';

const formatOf = (bytes: Uint8Array): string | undefined => sniffSound(new Octets(bytes))?.format;

/** Two frames with this header, so long. */
const twoFrames = (header: readonly number[], length: number): Uint8Array =>
  joined(header, zeros(length - header.length), header, zeros(64));

describe('sniffSound', () => {
  it.each(Object.entries(SOUND_SAMPLES))('recognises %s', (format, bytes) => {
    expect(formatOf(bytes)).toBe(format);
  });

  it.each([
    ['a MIDI file with a header of another length', patched(SOUND_SAMPLES.midi, 4, be32(7))],
    ['a RIFF file of an unknown form', joined('RIFF', zeros(4), 'XXXX')],
    ['a Monkey’s Audio file of version 0.1', patched(SOUND_SAMPLES.ape, 4, le16(100))],
    ['Dolby Digital of a later bit stream', patched(SOUND_SAMPLES.ac3, 5, [17 << 3])],
    ['an H.263 picture without the bit that must be set', patched(SOUND_SAMPLES.h263, 3, [0])],
    ['a transport stream with a packet out of step', patched(SOUND_SAMPLES['mpeg-ts'], 376, [0])],
    ['nothing', zeros(0)],
  ])('does not recognise %s', (_, bytes) => {
    expect(formatOf(bytes)).toBeUndefined();
  });

  it('takes the multi-channel AMR for AMR', () => {
    expect(formatOf(joined('#!AMR_MC1.0\n', zeros(8)))).toBe('amr');
    expect(formatOf(joined('#!AMR-WB_MC1.0\n', zeros(8)))).toBe('amr-wb');
  });
});

describe('a frame of MPEG audio', () => {
  it.each([
    ['MPEG 1 layer III, 128 kbit/s, 44.1 kHz', [0xff, 0xfb, 0x90, 0x00], 417],
    ['the same with padding', [0xff, 0xfb, 0x92, 0x00], 418],
    ['MPEG 1 layer II, 192 kbit/s, 48 kHz', [0xff, 0xfd, 0xa4, 0x00], 576],
    ['MPEG 2 layer III, 32 kbit/s, 22.05 kHz', [0xff, 0xf3, 0x40, 0x00], 104],
    ['MPEG 2.5 layer III, 8 kbit/s, 8 kHz', [0xff, 0xe3, 0x18, 0x00], 72],
  ])('is as long as its header says: %s', (_, header, length) => {
    expect(formatOf(twoFrames(header, length))).toBe('mp3');
    expect(formatOf(twoFrames(header, length + 1))).toBeUndefined();
  });

  it.each([
    ['the reserved version', [0xff, 0xeb, 0x90, 0x00]],
    ['layer I, whose sync word is a byte order mark', [0xff, 0xff, 0x90, 0x00]],
    ['the reserved layer', [0xff, 0xf9 & ~0x06, 0xf0, 0xf0]],
    ['a free bit rate', [0xff, 0xfb, 0x00, 0x00]],
    ['the forbidden bit rate', [0xff, 0xfb, 0xf0, 0x00]],
    ['the reserved sample rate', [0xff, 0xfb, 0x9c, 0x00]],
    ['no sync word', [0xff, 0x1b, 0x90, 0x00]],
  ])('does not have %s', (_, header) => {
    expect(formatOf(joined(header, zeros(8)))).toBeUndefined();
  });

  it('counts alone when the part ends before the next one', () => {
    expect(formatOf(MP3_FRAMES.subarray(0, 417 + 3))).toBe('mp3');
    expect(formatOf(MP3_FRAMES.subarray(0, 100))).toBe('mp3');
  });
});

describe('a frame of ADTS', () => {
  it.each([0xf0, 0xf1, 0xf8, 0xf9])('may have the sync word ff %i', (octet) => {
    expect(formatOf(patched(patched(ADTS_FRAMES, 1, [octet]), 33, [octet]))).toBe('adts');
  });

  it.each([
    ['a length that is not even its header', patched(ADTS_FRAMES, 4, [0, 0xdf])],
    ['a reserved sample rate', patched(ADTS_FRAMES, 2, [0x34])],
    ['no second frame', patched(ADTS_FRAMES, 32, [0])],
  ])('does not have %s', (_, bytes) => {
    expect(formatOf(bytes)).toBeUndefined();
  });
});

describe('an ID3 tag', () => {
  it.each([
    ['mp3', MP3_FRAMES],
    ['adts', ADTS_FRAMES],
    ['ape', SOUND_SAMPLES.ape],
    ['flac', SOUND_SAMPLES.flac],
  ])('is skipped before %s', (format, bytes) => {
    expect(formatOf(joined(id3Tag(200), bytes))).toBe(format);
    expect(formatOf(joined(id3Tag(200), id3Tag(0), bytes))).toBe(format);
  });

  it('is skipped with its footer', () => {
    const tag = patched(id3Tag(20), 5, [0x10]);
    expect(formatOf(joined(tag, '3DI', zeros(7), ADTS_FRAMES))).toBe('adts');
  });

  it('is skipped so many times, and no more', () => {
    const tags = (count: number): Uint8Array => joined(...Array<Uint8Array>(count).fill(id3Tag(3)));
    expect(formatOf(joined(tags(ID3_TAGS_MAX), ADTS_FRAMES))).toBe('adts');
    expect(formatOf(joined(tags(ID3_TAGS_MAX + 1), ADTS_FRAMES))).toBe('mp3');
  });

  it('makes MP3 of what we do not know behind it, for players hunt for frames', () => {
    expect(formatOf(joined(id3Tag(5), 'junk', MP3_FRAMES))).toBe('mp3');
    expect(formatOf(id3Tag(500).subarray(0, 30))).toBe('mp3');
  });

  it('has a version that is known', () => {
    expect(formatOf(patched(id3Tag(0), 3, [5]))).toBeUndefined();
  });
});
