import type { Octets } from './octets.ts';
import type { PixelSize } from './pixel-area.ts';

/** Octets of the file header. */
const FILE_HEADER_LENGTH = 14;

/** Octets of the oldest information header (BITMAPCOREHEADER), whose numbers are of 16 bits. */
const CORE_HEADER_LENGTH = 12;

/** The newest header (BITMAPV5HEADER), which may have a colour profile behind the pixels. */
const V5_HEADER_LENGTH = 124;

/** What a BMP says of itself. */
export interface BmpHeader extends PixelSize {
  readonly fileLength: number;
  readonly dataOffset: number;
  /** Where the header ends, and a palette or the pixels start. */
  readonly headerEnd: number;
  readonly bits: number;
  readonly compression: number;
  /** Octets of the pixels; 0 is usual where they are not compressed. */
  readonly dataLength: number;
  /** Colours of the palette; 0 for as many as the bits allow. */
  readonly colors: number;
  /** Where a colour profile ends; 0 when there is none. */
  readonly profileEnd: number;
}

/** Reads the headers; undefined when they are cut off. Width and height are as stored but for the sign of the height. */
export function readBmpHeader(octets: Octets): BmpHeader | undefined {
  const file = octets.view(0, FILE_HEADER_LENGTH + 4);
  if (file === undefined) return undefined;
  const headerLength = file.getUint32(FILE_HEADER_LENGTH, true);
  const info = octets.view(FILE_HEADER_LENGTH, headerLength);
  if (info === undefined || headerLength < CORE_HEADER_LENGTH) return undefined;
  return {
    fileLength: file.getUint32(2, true),
    dataOffset: file.getUint32(10, true),
    headerEnd: FILE_HEADER_LENGTH + headerLength,
    ...(headerLength < 16 ? coreFields(info) : infoFields(info)),
  };
}

type InfoFields = Omit<BmpHeader, 'fileLength' | 'dataOffset' | 'headerEnd'>;

function coreFields(info: DataView): InfoFields {
  const [width, height] = [info.getUint16(4, true), info.getUint16(6, true)];
  return {
    width,
    height,
    bits: info.getUint16(10, true),
    compression: 0,
    dataLength: 0,
    colors: 0,
    profileEnd: 0,
  };
}

/** OS/2 may leave out fields from the end of its header; they are zeros then. */
function infoFields(info: DataView): InfoFields {
  const field = (at: number): number => (at + 4 <= info.byteLength ? info.getUint32(at, true) : 0);
  const profileOffset = info.byteLength === V5_HEADER_LENGTH ? field(112) : 0;
  return {
    width: info.getInt32(4, true),
    height: Math.abs(info.getInt32(8, true)),
    bits: info.getUint16(14, true),
    compression: field(16),
    dataLength: field(20),
    colors: field(32),
    profileEnd: profileOffset === 0 ? 0 : FILE_HEADER_LENGTH + profileOffset + field(116),
  };
}
