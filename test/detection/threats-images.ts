/** Pictures and raw photos that attack decoders (threats, 2). */
import { EXIF_ENTRIES_MAX, EXIF_IFDS_MAX } from '../../src/inspection/exif-block.ts';
import { gifFrame, gifOf, ORDINARY_GIF } from '../support/gif-sample.ts';
import { exifSegment, frameOf, jpegOf, ordinaryJpeg, SCAN, segmentOf } from '../support/jpeg-sample.ts';
import { BOX_SAMPLES, IMAGE_SAMPLES, ZIP_SAMPLES } from '../support/media-samples.ts';
import { ORDINARY_PNG, PNG_END, PNG_PIXEL, pngChunk, pngHeader, pngOf } from '../support/png-sample.ts';
import { joined, zeros, type Piece } from '../support/sample-octets.ts';
import {
  areaOf,
  longs,
  opcodeListOf,
  opcodeOf,
  pictureTiff,
  TAGS,
  tiffOf,
  TYPES,
  type Places,
  type SampleEntry,
} from '../support/tiff-sample.ts';
import {
  BitWriter,
  lengthsOf,
  ORDINARY_ANIMATION,
  ORDINARY_LOSSLESS,
  webpAlpha,
  webpCanvas,
  webpChunk,
  webpLossless,
  webpLossy,
  webpOf,
} from '../support/webp-sample.ts';
import { ORDINARY_ZIP, zipOf } from '../support/zip-sample.ts';
import { lookAlikesOf, positivesOf } from './rule-samples.ts';
import { blocked, harmless, noted, part, type Subject, type ThreatRow } from './threat.ts';

const asDng = (bytes: Uint8Array): Subject => part(bytes, 'image/x-adobe-dng');
const asJpeg = (bytes: Uint8Array): Subject => part(bytes, 'image/jpeg');
const asPng = (...chunks: readonly Piece[]): Subject => part(pngOf(...chunks), 'image/png');
const asWebp = (...chunks: readonly Piece[]): Subject => part(webpOf(chunks), 'image/webp');

const opcodes = (values: Uint8Array): Uint8Array =>
  pictureTiff([{ tag: 0xc741, type: TYPES.undefined, values }]);

/** A raw picture of 4 by 2 pixels of 16 bits, in one strip of lossless JPEG of one component. */
function raw(samples: number, width: number): Uint8Array {
  const frame = frameOf({ marker: 0xc3, precision: 14, width, height: 2, components: 1 });
  const entries = [
    longs(TAGS.compression, 7),
    longs(TAGS.samplesPerPixel, samples),
    longs(TAGS.bitsPerSample, 16),
  ];
  return pictureTiff(entries, { blobs: [jpegOf(segmentOf(0xc4), frame, SCAN)] });
}

const photo = (...entries: readonly SampleEntry[]): Subject =>
  asJpeg(ordinaryJpeg(exifSegment(tiffOf({ ifds: [{ entries }] }))));
const MAKE = 0x010f;
const pointer = (tag: number): SampleEntry => ({
  tag,
  type: TYPES.long,
  values: ({ ifds }: Places) => [ifds[0] ?? 0],
});

const chain = Array.from({ length: EXIF_IFDS_MAX + 1 }, (_, at) => ({
  entries: [longs(TAGS.width, 1)],
  next: ({ ifds }: Places) => ifds[at + 1] ?? 0,
}));

/** A lossless stream whose first code has so many symbols of each length. */
const coded = (counts: readonly number[]): Uint8Array =>
  new BitWriter().bits(0, 3).code(lengthsOf(280, counts)).bits(0, 64).bytes();

/** Complete, and its tables need more room than libwebp had for them (the published structure of CVE-2023-4863). */
const OVERFLOW = coded([0, 0, 0, 0, 5, 0, 3, 3, 0, 21, 188, 24, 7, 1, 1, 3]);

const RAW_PHOTOS: readonly ThreatRow[] = [
  {
    title: 'DNG+ZIP',
    threats: [
      ...positivesOf('EXPL_MMS_TIFF_DNG_Appended_ZIP', 'image/x-adobe-dng', blocked, 'tiff-appended-zip'),
      blocked(
        'octets behind the archive',
        asDng(pictureTiff([], { tail: joined(ORDINARY_ZIP, zeros(300)) })),
        'tiff-appended-zip',
      ),
      blocked(
        'an archive in the 64-bit form',
        asDng(pictureTiff([], { tail: zipOf([{ name: 'a.so', content: 'x' }], { zip64: {} }) })),
        'tiff-appended-zip',
      ),
      blocked(
        'an archive with two ends',
        asDng(pictureTiff([], { tail: zipOf([{ name: 'a', content: 'x' }], { comment: ORDINARY_ZIP }) })),
        'tiff-appended-zip',
      ),
      blocked(
        'the name of a picture',
        part(pictureTiff([], { tail: ORDINARY_ZIP }), {
          type: 'image/jpeg',
          fileName: 'IMG-20240723-WA0000.jpg',
        }),
        'tiff-appended-zip',
      ),
      noted(
        'more than 4 KiB behind everything that is pointed to',
        asDng(pictureTiff([], { tail: new Uint8Array(4200).fill(0x41) })),
        'tiff-tail',
      ),
    ],
    lookAlikes: [
      ...lookAlikesOf('EXPL_MMS_TIFF_DNG_Appended_ZIP', 'image/x-adobe-dng', 'an archive'),
      harmless('a photo', asDng(pictureTiff())),
      harmless('an archive', part(ORDINARY_ZIP, 'application/zip')),
    ],
  },
  {
    title: 'DNG SPP2/Nf1',
    threats: [
      ...positivesOf('EXPL_MMS_DNG_SPP2_SOF3_Nf1', 'image/x-adobe-dng', blocked),
      blocked('a whole picture', asDng(raw(2, 4)), 'dng-jpeg-short-row'),
    ],
    lookAlikes: [...lookAlikesOf('EXPL_MMS_DNG_SPP2_SOF3_Nf1', 'image/x-adobe-dng')],
  },
  {
    title: 'DNG opcode count',
    threats: [
      ...positivesOf('EXPL_MMS_DNG_OpcodeList_Count', 'image/x-adobe-dng', blocked, 'dng-opcode-count'),
      blocked('opcodes that do not fill their tag', asDng(opcodes(opcodeListOf([], 1))), 'dng-opcode-chain'),
      blocked(
        'a plane that the picture has not',
        asDng(opcodes(opcodeListOf([opcodeOf(9, areaOf([0, 0, 2, 4], [5125, 1]))]))),
        'dng-opcode-plane',
      ),
      noted(
        'an area outside of the picture',
        asDng(opcodes(opcodeListOf([opcodeOf(9, areaOf([0, 0, 3, 4], [0, 1]))]))),
        'dng-opcode-area',
      ),
    ],
    lookAlikes: [
      ...lookAlikesOf('EXPL_MMS_DNG_OpcodeList_Count', 'image/x-adobe-dng', 'a DNG of a phone'),
      ...[1, 10].map((count) =>
        harmless(
          `a photo of a phone, ${count} opcodes`,
          asDng(
            opcodes(opcodeListOf(Array<Uint8Array>(count).fill(opcodeOf(9, areaOf([0, 0, 2, 4], [0, 1]))))),
          ),
        ),
      ),
    ],
  },
];

const PICTURES: readonly ThreatRow[] = [
  {
    title: 'PSD',
    threats: [...positivesOf('INFO_MMS_Photoshop_PSD', 'image/gif', blocked, 'media-type-never-allowed')],
    lookAlikes: [harmless('a text that begins with its magic', part('8BPS is how it begins', 'text/plain'))],
  },
  {
    title: 'fonts',
    threats: positivesOf(
      'INFO_MMS_Font_File',
      'application/octet-stream',
      blocked,
      'media-type-never-allowed',
    ),
    lookAlikes: ['true story: I met Otto', 'OTTO\nsee you at eight', 'wOFF or wOF2?'].map((text) =>
      harmless(text, part(text, 'text/plain')),
    ),
  },
  {
    title: 'Qmage',
    threats: positivesOf('INFO_MMS_Qmage_Image', 'image/jpeg', blocked, 'media-type-never-allowed'),
    lookAlikes: ['QMAIL is a mail system', 'QGIS 3.28: how to print a map'].map((text) =>
      harmless(text, part(text, 'text/plain')),
    ),
  },
  {
    title: 'VP8L tables',
    threats: [
      blocked(
        'tables that outgrow their room',
        asWebp(webpLossless([2, 2], OVERFLOW)),
        'webp-lossless-table-overflow',
        'INFO_MMS_WebP_Lossless',
      ),
      blocked(
        'the same in an alpha plane',
        asWebp(webpCanvas([2, 2]), webpAlpha(OVERFLOW), webpLossy([2, 2])),
        'webp-lossless-table-overflow',
      ),
      blocked(
        'a code of too many',
        asWebp(webpLossless([2, 2], coded([0, 3]))),
        'webp-lossless-code-over-subscribed',
      ),
      blocked(
        'a code with a gap',
        asWebp(webpLossless([2, 2], coded([0, 1, 1]))),
        'webp-lossless-code-incomplete',
      ),
      noted(
        'a pass of Apple, which once brought the picture',
        part(ZIP_SAMPLES.pkpass, 'application/vnd.apple.pkpass'),
        'INFO_MMS_Apple_Pass',
        'media-type-not-allowed',
      ),
    ],
    lookAlikes: [
      harmless('a lossless picture', part(ORDINARY_LOSSLESS, 'image/webp')),
      harmless('an animation', part(ORDINARY_ANIMATION, 'image/webp')),
    ],
  },
  {
    title: 'Exif',
    threats: [
      blocked(
        'a count that wraps',
        photo({ tag: MAKE, type: TYPES.ascii, values: [1, 1, 1, 1], count: 0xffffffff }),
        'exif-count-wraps',
      ),
      blocked('a directory that leads to itself', photo(pointer(TAGS.exif)), 'exif-cycle'),
      blocked(
        'too many directories',
        asJpeg(ordinaryJpeg(exifSegment(tiffOf({ ifds: chain })))),
        'exif-ifds-over-limit',
      ),
      blocked(
        'too many entries',
        photo(...Array.from({ length: EXIF_ENTRIES_MAX + 1 }, (_, at) => longs(0x1000 + at, 1))),
        'exif-entries-over-limit',
      ),
      noted('a type that does not exist', photo({ tag: MAKE, type: 0, values: [1] }), 'exif-type-unknown'),
    ],
    lookAlikes: [
      harmless(
        'a value outside of the segment, as maker notes have it',
        photo({ tag: MAKE, type: TYPES.ascii, values: zeros(8), field: 60_000 }),
      ),
      harmless('data that are cut off', asJpeg(ordinaryJpeg(exifSegment('MM\0*\0\0\0\x08\0\x09')))),
    ],
  },
  {
    title: 'JPEG, PNG, GIF and WebP by their blocks',
    threats: [
      blocked(
        'a segment shorter than its length',
        asJpeg(ordinaryJpeg(segmentOf(0xfe, '', 1))),
        'jpeg-segment-length',
      ),
      noted('a scan before its frame', asJpeg(jpegOf(SCAN, frameOf())), 'jpeg-frame-missing'),
      noted('no end', asJpeg(ordinaryJpeg().subarray(0, -2)), 'jpeg-truncated'),
      blocked(
        'a chunk of 2^31',
        asPng(pngHeader(1, 1), pngChunk('teST', '', { length: 2 ** 31 }), PNG_PIXEL, PNG_END),
        'png-chunk-length',
      ),
      noted(
        'a chunk that reaches out of the file',
        asPng(pngHeader(1, 1), pngChunk('teST', '', { length: 99 })),
        'png-truncated',
      ),
      blocked('pixels before the header', asPng(PNG_PIXEL, pngHeader(1, 1), PNG_END), 'png-header-misplaced'),
      noted(
        'a wrong checksum',
        asPng(pngHeader(1, 1), pngChunk('IDAT', 'x', { crc: 1 }), PNG_END),
        'png-crc-mismatch',
      ),
      blocked(
        'codes of 12 bits',
        part(gifOf([1, 1], [gifFrame([1, 1], { codeSize: 12 })]), 'image/gif'),
        'gif-code-size',
      ),
      blocked(
        'a frame far outside of the screen',
        part(gifOf([4, 4], [gifFrame([4, 4], { at: [0, 60] })]), 'image/gif'),
        'gif-frame-far-outside',
      ),
      blocked(
        'a chunk that reaches out of the file',
        asWebp(webpLossy([2, 2]), webpChunk('EXIF', '', 1)),
        'webp-chunk-outside',
      ),
      blocked(
        'a first chunk that is no picture',
        asWebp(webpChunk('EXIF', ''), webpLossy([2, 2])),
        'webp-first-chunk',
      ),
    ],
    lookAlikes: [
      harmless('a JPEG', asJpeg(ordinaryJpeg())),
      harmless('a PNG', part(ORDINARY_PNG, 'image/png')),
      harmless('a GIF', part(ORDINARY_GIF, 'image/gif')),
    ],
  },
  {
    title: 'declared != sniffed / not on allow-list',
    threats: [
      blocked('a film as a picture', part(BOX_SAMPLES.mp4, 'image/heic'), 'media-type-brand-kind'),
      blocked('a film as a JPEG', part(BOX_SAMPLES.mp4, 'image/jpeg'), 'media-type-crossing'),
      blocked('a HEIF picture as a film', part(BOX_SAMPLES.heic, 'video/mp4'), 'media-type-brand-kind'),
      blocked(
        'an archive as a picture',
        part(ORDINARY_ZIP, { type: 'image/jpeg', fileName: 'a.jpg' }),
        'media-type-crossing',
        'file-name-disguise',
      ),
      blocked('a page as a picture', part('<!DOCTYPE html><p>Hello', 'image/png'), 'media-type-crossing'),
      blocked('a picture as a text', part(ordinaryJpeg(), 'text/plain'), 'media-type-crossing'),
      blocked(
        'nothing that is known, as a picture',
        part(joined('\x01\x02\x03\x04', zeros(60)), 'image/jpeg'),
        'media-type-unidentified',
      ),
      blocked(
        'TIFF, which messages do not carry',
        part(IMAGE_SAMPLES.tiff, 'image/tiff'),
        'media-type-decoder-not-allowed',
      ),
      noted('an archive as what it is', part(ORDINARY_ZIP, 'application/zip'), 'media-type-not-allowed'),
    ],
    lookAlikes: [
      harmless(
        'a PNG under the name of a JPEG',
        part(ORDINARY_PNG, { type: 'image/jpeg', fileName: 'a.jpg' }),
      ),
      harmless('a JPEG by its other name', part(ordinaryJpeg(), 'image/jpg')),
      harmless('a picture without a label', part(ordinaryJpeg(), 'application/octet-stream')),
    ],
  },
];

/** Rows of section 2, without documents. */
export const IMAGE_THREATS: readonly ThreatRow[] = [...RAW_PHOTOS, ...PICTURES];
