/** A real PNG (ISO 15948) made in code, so that the demo needs no file. */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const EIGHT_BITS = 8;
const TRUE_COLOUR = 2;

/** A colour gradient of `side` times `side` pixels, 1 to 1024. The size of the file grows with its square. */
export function gradientPng(side: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([EIGHT_BITS, TRUE_COLOUR], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixelRows(side))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One row a line: the filter octet 0, then red, green and blue of each pixel. */
function pixelRows(side: number): Buffer {
  const rowLength = 1 + side * 3;
  const rows = Buffer.alloc(rowLength * side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      rows.set([(x * 255) / side, (y * 255) / side, (x * y) & 0xff], y * rowLength + 1 + x * 3);
    }
  }
  return rows;
}

/** Length, type, data, and the checksum of the last two. */
function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, checksum]);
}
