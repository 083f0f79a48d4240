/** The checksum of PNG chunks and ZIP members. */

/** Reversed polynomial of CRC-32 (ISO 3309; PNG specification, annex D). */
const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, octet) => {
  let remainder = octet;
  for (let bit = 0; bit < 8; bit += 1) {
    remainder = (remainder & 1) === 1 ? POLYNOMIAL ^ (remainder >>> 1) : remainder >>> 1;
  }
  return remainder;
});

/** CRC-32 of octets, as an unsigned number. */
export function crc32(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const octet of bytes) remainder = (TABLE[(remainder ^ octet) & 0xff] ?? 0) ^ (remainder >>> 8);
  return ~remainder >>> 0;
}
