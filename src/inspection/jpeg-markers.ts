/** The marker segments of a JPEG picture (ITU-T T.81 annex B), walked as libjpeg walks them. */
import type { Octets } from './octets.ts';

/** First octets of a picture: what handsets recognise it by. */
export const JPEG_MAGIC = '\xff\xd8\xff';

/** Second octets of markers (T.81 table B.1) that the walk is about. */
export const MARKERS = {
  TEM: 0x01,
  RST0: 0xd0,
  RST7: 0xd7,
  SOI: 0xd8,
  EOI: 0xd9,
  SOS: 0xda,
  DNL: 0xdc,
  APP1: 0xe1,
} as const;

/** Segments of one picture. A camera's have 10 to 100, a progressive one with a table for each scan some 200. */
export const JPEG_SEGMENTS_MAX = 4096;

/** One segment. Offsets count from the start of the octets. */
export interface JpegSegment {
  /** Second octet of its marker. */
  readonly marker: number;
  /** Where the marker stands. */
  readonly offset: number;
  /** The length field as it stands; undefined where the marker has none, or the octets end before it. */
  readonly length: number | undefined;
  /** Where what follows the length field starts. */
  readonly start: number;
  /** Where the segment ends by its length. Scan data follow an SOS segment and are not part of it. */
  readonly end: number;
  /** Whether the octets end before the segment does. */
  readonly isCut: boolean;
  /** Octets before the marker that belong to no segment, scan or fill. */
  readonly stray: number;
}

/** The segments of a picture, up to the limit. */
export interface JpegStructure {
  readonly segments: readonly JpegSegment[];
  /** Where the picture ends, past EOI; undefined without EOI. */
  readonly end: number | undefined;
  /** Whether there are more than `JPEG_SEGMENTS_MAX` segments. */
  readonly isOverLimit: boolean;
}

/** What a frame header (SOFn, T.81 B.2.2) says. */
export interface JpegFrame {
  readonly precision: number;
  readonly width: number;
  /** Lines; 0 means that a DNL segment after the first scan tells. */
  readonly height: number;
  readonly components: number;
  /** Whether the header's length fits its number of components. */
  readonly isWellFormed: boolean;
}

/**
 * The segments from `start` on, to EOI or the end of the octets. As libjpeg does, it goes over stray octets to the next
 * marker (at most `strayMax` of them), and takes a length below 2 as 2.
 */
export function* jpegSegments(
  octets: Octets,
  start = 0,
  strayMax = Infinity,
): Generator<JpegSegment, undefined> {
  let at = start;
  let isInScan = false;
  for (;;) {
    const place = isInScan ? endOfScan(octets, at) : nextMarker(octets, at, at + strayMax);
    if (!place) return;
    const segment = readSegment(octets, place, isInScan ? 0 : place.fill - at);
    yield segment;
    if (segment.marker === MARKERS.EOI) return;
    isInScan = segment.marker === MARKERS.SOS;
    at = segment.end;
  }
}

/** The structure of the picture that starts at offset 0, at most `JPEG_SEGMENTS_MAX` segments of it. */
export function readJpeg(octets: Octets): JpegStructure {
  const segments: JpegSegment[] = [];
  for (const segment of jpegSegments(octets)) {
    if (segments.length === JPEG_SEGMENTS_MAX) return { segments, end: undefined, isOverLimit: true };
    segments.push(segment);
    if (segment.marker === MARKERS.EOI) return { segments, end: segment.end, isOverLimit: false };
  }
  return { segments, end: undefined, isOverLimit: false };
}

/** Width and height in pixels by the first frame header; undefined when the octets are no JPEG picture or have none. */
export function jpegDimensions(
  octets: Octets,
): { readonly width: number; readonly height: number } | undefined {
  if (!octets.startsWith(JPEG_MAGIC)) return undefined;
  let count = 0;
  for (const segment of jpegSegments(octets)) {
    const frame = jpegFrame(octets, segment);
    if (frame) return { width: frame.width, height: frame.height };
    count += 1;
    if (count === JPEG_SEGMENTS_MAX) return undefined;
  }
  return undefined;
}

const DHT = 0xc4;
const JPG = 0xc8;
const DAC = 0xcc;
const FRAME_HEADER_LENGTH = 6;
const COMPONENT_LENGTH = 3;

/** The frame header that a segment is; undefined for any other segment, and for one that is cut off. */
export function jpegFrame(octets: Octets, segment: JpegSegment): JpegFrame | undefined {
  const { marker, start, end } = segment;
  if (!isFrameMarker(marker)) return undefined;
  const header = octets.view(start, FRAME_HEADER_LENGTH);
  if (!header) return undefined;
  const components = header.getUint8(5);
  const isWellFormed = components > 0 && end - start === FRAME_HEADER_LENGTH + COMPONENT_LENGTH * components;
  return {
    precision: header.getUint8(0),
    height: header.getUint16(1),
    width: header.getUint16(3),
    components,
    isWellFormed,
  };
}

/** Whether a marker starts a frame (SOFn): C0 to CF do, but for the three that define tables or are reserved. */
export function isFrameMarker(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![DHT, JPG, DAC].includes(marker);
}

/** Where a marker was found. */
interface MarkerPlace {
  readonly marker: number;
  readonly offset: number;
  /** Where the fill octets FF before it start. */
  readonly fill: number;
}

/** The first marker at or after `from` with its first octet before `to`. FF 00 is none. */
function nextMarker(octets: Octets, from: number, to: number): MarkerPlace | undefined {
  for (let fill = octets.indexOf('\xff', from, to); fill >= 0;) {
    let second = fill + 1;
    while (octets.octet(second) === 0xff) second += 1;
    const marker = octets.octet(second);
    if (marker === undefined) return undefined;
    if (marker !== 0) return { marker, offset: second - 1, fill };
    fill = octets.indexOf('\xff', second + 1, to);
  }
  return undefined;
}

/** The first marker that ends scan data. Restart markers are part of them. */
function endOfScan(octets: Octets, from: number): MarkerPlace | undefined {
  let place = nextMarker(octets, from, Infinity);
  while (place && isRestart(place.marker)) place = nextMarker(octets, place.offset + 2, Infinity);
  return place;
}

function isRestart(marker: number): boolean {
  return marker >= MARKERS.RST0 && marker <= MARKERS.RST7;
}

function hasLength(marker: number): boolean {
  return marker !== MARKERS.TEM && (marker < MARKERS.RST0 || marker > MARKERS.EOI);
}

function readSegment(octets: Octets, { marker, offset }: MarkerPlace, stray: number): JpegSegment {
  const lengthAt = offset + 2;
  if (!hasLength(marker)) {
    return { marker, offset, length: undefined, start: lengthAt, end: lengthAt, isCut: false, stray };
  }
  const length = octets.view(lengthAt, 2)?.getUint16(0);
  const end = lengthAt + Math.max(length ?? 0, 2);
  return { marker, offset, length, start: lengthAt + 2, end, isCut: end > octets.length, stray };
}
