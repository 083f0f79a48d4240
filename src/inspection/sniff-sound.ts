/** Sound, and video outside ISO base media files, by content. */
import { adtsFrameLength } from './aac-frame.ts';
import { readMpegAudioFrame } from './mpeg-audio-frame.ts';
import type { Octets } from './octets.ts';
import {
  isBetween,
  magic,
  sniffByTable,
  u16le,
  u32be,
  u8,
  type FormatRow,
  type Sniffed,
} from './sniff-format.ts';

const AMR: Sniffed = { mediaType: 'audio/amr', family: 'amr', format: 'amr' };
const AMR_WB: Sniffed = { mediaType: 'audio/amr-wb', family: 'amr', format: 'amr-wb' };
const EVRC: Sniffed = { mediaType: 'audio/evrc', family: 'evrc', format: 'evrc' };
const MIDI: Sniffed = { mediaType: 'audio/midi', family: 'midi', format: 'midi' };
const MP3: Sniffed = { mediaType: 'audio/mpeg', family: 'mp3', format: 'mp3' };
const AAC: Sniffed = { mediaType: 'audio/aac', family: 'aac', format: 'adts' };
const APE: Sniffed = { mediaType: 'audio/ape', family: 'ape', format: 'ape' };
const FLAC: Sniffed = { mediaType: 'audio/flac', family: 'other-audio', format: 'flac' };
const AC3: Sniffed = { mediaType: 'audio/ac3', family: 'other-audio', format: 'ac3' };
const BASIC: Sniffed = { mediaType: 'audio/basic', family: 'other-audio', format: 'au' };
const CAF: Sniffed = { mediaType: 'audio/x-caf', family: 'other-audio', format: 'caf' };
const SMAF: Sniffed = { mediaType: 'application/vnd.smaf', family: 'other-audio', format: 'smaf' };
const AIFF: Sniffed = { mediaType: 'audio/aiff', family: 'other-audio', format: 'aiff' };
const OGG: Sniffed = { mediaType: 'audio/ogg', family: 'ogg', format: 'ogg' };
const OGG_VIDEO: Sniffed = { mediaType: 'video/ogg', family: 'other-video', format: 'ogg-video' };
const WAV: Sniffed = { mediaType: 'audio/wav', family: 'wav', format: 'wav' };
const QCP: Sniffed = { mediaType: 'audio/qcelp', family: 'qcp', format: 'qcp' };
const RMID: Sniffed = { mediaType: 'audio/x-rmid', family: 'other-audio', format: 'rmid' };
const WEBP: Sniffed = { mediaType: 'image/webp', family: 'webp', format: 'webp' };
const AVI: Sniffed = { mediaType: 'video/vnd.avi', family: 'other-video', format: 'avi' };
const FLV: Sniffed = { mediaType: 'video/x-flv', family: 'other-video', format: 'flv' };
const ASF: Sniffed = { mediaType: 'application/vnd.ms-asf', family: 'other-video', format: 'asf' };
const TRANSPORT: Sniffed = { mediaType: 'video/mp2t', family: 'other-video', format: 'mpeg-ts' };
const WEBM: Sniffed = { mediaType: 'video/webm', family: 'webm', format: 'webm' };
const MATROSKA: Sniffed = { mediaType: 'video/matroska', family: 'other-video', format: 'matroska' };
const MPEG: Sniffed = { mediaType: 'video/mpeg', family: 'mpgv', format: 'mpeg' };
const H263: Sniffed = { mediaType: 'video/h263', family: 'h263', format: 'h263' };

const EBML = '\x1a\x45\xdf\xa3';
/** The DocType is among the first elements of the EBML header. */
const EBML_HEADER_OCTETS = 64;

/** `form` at 8 in a file that is made of chunks, of any length. */
function chunked(sniffed: Sniffed, form: string, container = 'RIFF'): FormatRow {
  return { ...sniffed, matches: (octets) => octets.startsWith(container) && octets.startsWith(form, 8) };
}

const ROWS: readonly FormatRow[] = [
  magic(AMR_WB, '#!AMR-WB'),
  magic(AMR, '#!AMR'),
  magic(EVRC, '#!EVRC'),
  { ...MIDI, matches: (octets) => octets.startsWith('MThd') && u32be(octets, 4) === 6 },
  chunked(WAV, 'WAVE'),
  chunked(QCP, 'QLCM'),
  chunked(WEBP, 'WEBP'),
  chunked(AVI, 'AVI '),
  chunked(RMID, 'RMID'),
  chunked(AIFF, 'AIF', 'FORM'),
  { ...OGG_VIDEO, matches: isOggVideo },
  magic(OGG, 'OggS'),
  magic(FLAC, 'fLaC'),
  { ...APE, matches: (octets) => isApe(octets, 0) },
  magic(BASIC, '.snd\0'),
  magic(CAF, 'caff\0\x01'),
  magic(SMAF, 'MMMD\0'),
  { ...AC3, matches: isAc3 },
  {
    ...WEBM,
    matches: (octets) => octets.startsWith(EBML) && octets.indexOf('webm', 4, EBML_HEADER_OCTETS) > 0,
  },
  magic(MATROSKA, EBML),
  magic(FLV, 'FLV\x01'),
  magic(ASF, '\x30\x26\xb2\x75\x8e\x66\xcf\x11'),
  magic(MPEG, ['\0\0\x01\xba', '\0\0\x01\xb3']),
  { ...H263, matches: isH263 },
  {
    ...TRANSPORT,
    matches: (octets) => [0, 188, 376].every((at) => octets.startsWith('G', at)) && hasNul(octets),
  },
  { ...AAC, matches: (octets) => isFramed(octets, 0, adtsFrameLength) },
  { ...MP3, matches: (octets) => isFramed(octets, 0, mpegFrameLength) },
];

const sniffRows = sniffByTable(ROWS);

/** Sound and video that a magic tells, or two frames of sound, one behind the other. */
export function sniffSound(octets: Octets): Sniffed | undefined {
  return isId3(octets, 0) ? sniffBehindId3(octets) : sniffRows(octets);
}

/** An Ogg file whose first stream is of video: Theora, or what OGM puts there. */
function isOggVideo(octets: Octets): boolean {
  const isVideo = octets.startsWith('\x80theora', 28) || octets.startsWith('\x01video', 28);
  return octets.startsWith('OggS') && isVideo;
}

/** Text has none; transport streams, whose magic is a letter, have one early. */
function hasNul(octets: Octets): boolean {
  return octets.indexOf('\0', 0, 188) >= 0;
}

/** Monkey's Audio: the version of the format times 1,000, where text has letters. */
function isApe(octets: Octets, at: number): boolean {
  return octets.startsWith('MAC ', at) && isBetween(u16le(octets, at + 4), 3000, 5000);
}

/** ATSC A/52: the sync word, and a bit stream identification up to that of E-AC-3. */
function isAc3(octets: Octets): boolean {
  return octets.startsWith('\x0b\x77') && u8(octets, 5) >> 3 <= 16;
}

/** ITU-T H.263 5.1: the picture start code of 22 bits, eight of a time, and the bits 1 and 0. */
function isH263(octets: Octets): boolean {
  const head = u32be(octets, 0);
  return head >>> 10 === 0x20 && (head & 3) === 2;
}

/** ID3 tags before the sound: Android skips any number, files have one. */
export const ID3_TAGS_MAX = 8;

/** ID3v2 3.1: a version, and four octets of a size, none over 127. */
function isId3(octets: Octets, at: number): boolean {
  return octets.startsWith('ID3', at) && isBetween(u8(octets, at + 3), 2, 4);
}

/**
 * A tag may stand before sound of several formats, and players skip it. What has a tag and nothing behind it that we
 * know is MP3: players hunt for its frames.
 */
function sniffBehindId3(octets: Octets): Sniffed {
  let at = 0;
  for (let tag = 0; tag < ID3_TAGS_MAX && isId3(octets, at); tag += 1) at += id3Octets(octets, at);
  if (isApe(octets, at)) return APE;
  if (octets.startsWith('fLaC', at)) return FLAC;
  return isFramed(octets, at, adtsFrameLength) ? AAC : MP3;
}

const ID3_HEADER_OCTETS = 10;
const ID3_FOOTER_FLAG = 0x10;

/** A tag that is cut off, or is the size of nothing, ends the search: its octets are NaN or its header's alone. */
function id3Octets(octets: Octets, at: number): number {
  const size = [6, 7, 8, 9].reduce((sum, octet) => sum * 128 + (u8(octets, at + octet) & 0x7f), 0);
  const footer = (u8(octets, at + 5) & ID3_FOOTER_FLAG) === 0 ? 0 : ID3_HEADER_OCTETS;
  return ID3_HEADER_OCTETS + size + footer;
}

const FRAME_HEADER_OCTETS = 6;

function mpegFrameLength(octets: Octets, at: number): number | undefined {
  return readMpegAudioFrame(octets, at)?.length;
}

/** Two frames, or as much of the second as there is. The header of one alone is too often chance. */
function isFramed(
  octets: Octets,
  at: number,
  frameOctets: (octets: Octets, at: number) => number | undefined,
): boolean {
  const length = frameOctets(octets, at);
  if (length === undefined) return false;
  const next = at + length;
  return next + FRAME_HEADER_OCTETS > octets.length || frameOctets(octets, next) !== undefined;
}
