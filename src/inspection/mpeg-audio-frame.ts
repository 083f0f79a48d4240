/**
 * Frames of MPEG audio (ISO/IEC 11172-3 2.4.1.3 and 13818-3 2.4.1.3), layers II and III. Layer I is nobody's ring tone,
 * and its header is too often chance: it begins like the byte order mark of UTF-16.
 */
import type { Octets } from './octets.ts';
import { u32be } from './sniff-format.ts';

/** The header of a frame. */
export interface MpegAudioFrame {
  /** Octets from this header to the next. */
  readonly length: number;
  /** Version, layer and sampling rate: the bits that all frames of a stream share. */
  readonly stream: number;
}

const HEADER_SYNC = 0x7ff;

/** Kilobits per second for the middle 14 of 16 indices, by version, and layer from II on. */
const BITRATES: Readonly<Record<'v1' | 'v2', readonly (readonly number[])[]>> = {
  v1: [
    [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  v2: [
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
};

/** Samples per second by the version's two bits: 2.5, none, 2, 1. */
const SAMPLE_RATES: readonly (readonly number[])[] = [
  [11_025, 12_000, 8000],
  [],
  [22_050, 24_000, 16_000],
  [44_100, 48_000, 32_000],
];

const VERSION_1 = 3;

/** The frame at `at`; undefined for what is no header, and for a bit rate that only the encoder knows. */
export function readMpegAudioFrame(octets: Octets, at: number): MpegAudioFrame | undefined {
  const header = u32be(octets, at);
  const field = (shift: number, mask: number): number => (header >>> shift) & mask;
  if (field(21, 0x7ff) !== HEADER_SYNC) return undefined;
  const version = field(19, 3);
  const layer = 4 - field(17, 3);
  const bitrate = BITRATES[version === VERSION_1 ? 'v1' : 'v2'][layer - 2]?.[field(12, 15) - 1];
  const sampleRate = SAMPLE_RATES[version]?.[field(10, 3)];
  if (bitrate === undefined || sampleRate === undefined) return undefined;
  // Octets of a frame are its 1152 samples, or 576, over the 8 bits of an octet.
  const samplesOver8 = layer === 3 && version !== VERSION_1 ? 72 : 144;
  const length = Math.floor((samplesOver8 * bitrate * 1000) / sampleRate) + field(9, 1);
  return { length, stream: header & 0xfffe_0c00 };
}

/** Frames of one stream that stand one behind the other from `at`, up to `most`. The last may be cut off by the end. */
export function countMpegAudioFrames(octets: Octets, at: number, most: number): number {
  const first = readMpegAudioFrame(octets, at);
  let count = 0;
  let frame = first;
  for (let next = at; frame && frame.stream === first?.stream && count < most; count += 1) {
    next += frame.length;
    frame = readMpegAudioFrame(octets, next);
  }
  return count;
}
