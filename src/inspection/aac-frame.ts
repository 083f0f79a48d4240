/** Frames of AAC in ADTS (ISO/IEC 13818-7 6.2), as in files without a container. */
import type { Octets } from './octets.ts';
import { u16be, u32be, u8 } from './sniff-format.ts';

/** The octets of a header, without its checksum. */
const HEADER_LENGTH = 7;

/** The last index with a sampling rate. */
const SAMPLE_RATE_INDEX_MAX = 12;

/** Octets from the header at `at` to the next one; undefined for what is no header. */
export function adtsFrameLength(octets: Octets, at: number): number | undefined {
  const isSync = (u16be(octets, at) & 0xfff6) === 0xfff0;
  const isRate = ((u8(octets, at + 2) >> 2) & 0xf) <= SAMPLE_RATE_INDEX_MAX;
  const length = (u32be(octets, at + 2) >>> 5) & 0x1fff;
  return isSync && isRate && length >= HEADER_LENGTH ? length : undefined;
}
