import { joined, patched, zeros } from '../support/sample-octets.ts';
import { pictureTiff } from '../support/tiff-sample.ts';
import { respelled, utf8 } from './bytes.ts';
import { bmp, gif, heif, jpeg, png, webpLossy } from './image-bytes.ts';
import { ORDINARY_FILM } from './isobmff-bytes.ts';
import type { FamilySamples, Positive, Sample } from './sample.ts';
import { followedByZip, zipNamed, zipStoring } from './zip-bytes.ts';

const PHOTO = jpeg(640, 480);
const AMR = joined('#!AMR\n', zeros(64).fill(0x7c));
const DOCUMENT = utf8('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n');

/** What phones append to a photograph. */
const TRAILERS: readonly Sample[] = [
  { name: 'a motion photo: JPEG and MP4', bytes: joined(PHOTO, ORDINARY_FILM) },
  { name: 'a multi-picture file: JPEG and JPEG', bytes: joined(PHOTO, jpeg(160, 120)) },
  {
    name: 'a Samsung trailer',
    bytes: joined(PHOTO, zeros(4), 'Image_UTC_Data1700000000000', 'SEFH', zeros(12), 'SEFT'),
  },
  { name: 'zero padding', bytes: joined(PHOTO, zeros(4096)) },
];

function archived(name: string, media: Uint8Array): Positive {
  const whole = followedByZip(media);
  return {
    name: `${name} and ZIP`,
    bytes: whole,
    flips: [
      { name: 'more after the end', bytes: joined(whole, zeros(16)) },
      { name: 'no directory', bytes: respelled(whole, 'PK\x01\x02', 'PK\x01\x03') },
      { name: 'a text before the archive', bytes: followedByZip(joined('some words', zeros(40))) },
    ],
  };
}

const elf = (type = 2, machine = 0xb7): Uint8Array =>
  joined('\x7fELF\x02\x01\x01', zeros(9), [type, 0, machine, 0], zeros(44));
const elfBigEndian = joined('\x7fELF\x01\x02\x01', zeros(9), [0, 2, 0, 8], zeros(36));
const STUB = 'This program cannot be run in DOS mode.\r\r\n$';

const carrying = (
  name: string,
  media: Uint8Array,
  program: Uint8Array | string,
  broken: Uint8Array | string,
): Positive => ({
  name,
  bytes: joined(media, program),
  flips: [
    { name: 'the program is none', bytes: joined(media, broken) },
    { name: 'not a picture', bytes: joined(AMR, program) },
  ],
});

export const samples: FamilySamples = {
  SUSP_MMS_Media_ZIP_Polyglot: {
    positives: [
      archived('JPEG', PHOTO),
      archived('PNG', png(10, 10)),
      archived('GIF', gif(10, 10)),
      archived('WebP', webpLossy(10, 10)),
      archived('BMP', bmp(10, 10)),
      archived('HEIF', heif(10, 10)),
      archived('MP4', ORDINARY_FILM),
      archived('AMR', AMR),
      archived('MP3', joined('ID3\x03\0\0\0\0\0\x20', zeros(200))),
    ],
    lookAlikes: [
      ...TRAILERS,
      {
        name: 'the end mark in scan data',
        bytes: jpeg(640, 480, { before: joined('\xff\xfe\0\x30PK\x05\x06', zeros(42)) }),
      },
      { name: 'an archive with a photograph in it', bytes: zipStoring('a.jpg', PHOTO) },
    ],
  },
  SUSP_MMS_PDF_ZIP_Polyglot: {
    positives: [
      {
        name: 'a document and ZIP',
        bytes: followedByZip(DOCUMENT),
        flips: [
          { name: 'more after the end', bytes: joined(followedByZip(DOCUMENT), '\n%%EOF') },
          { name: 'not a document', bytes: respelled(followedByZip(DOCUMENT), '%PDF-', '%PS--') },
        ],
      },
    ],
    lookAlikes: [
      {
        name: 'a document with an embedded office document',
        bytes: joined(
          '%PDF-1.4\n1 0 obj<</Type/EmbeddedFile>>stream\n',
          zipNamed('word/document.xml'),
          '\nendstream endobj\n%%EOF',
        ),
      },
      { name: 'a document', bytes: DOCUMENT },
      { name: 'an archive that stores a document', bytes: zipStoring('a.pdf', DOCUMENT) },
    ],
  },
  SUSP_MMS_Image_With_Embedded_Executable: {
    positives: [
      carrying('ELF in a JPEG', PHOTO, elf(), elf(9)),
      carrying('ELF in a TIFF', pictureTiff(), elf(3, 0x28), elf(3, 0x99)),
      carrying('big-endian ELF in a PNG', png(10, 10), elfBigEndian, patched(elfBigEndian, 5, [3])),
      carrying('DEX in a GIF', gif(10, 10), 'dex\n035\0', 'dex\n035 '),
      carrying('a Windows program in a HEIF', heif(10, 10), STUB, 'This program can be run in DOS mode.'),
      carrying(
        'an older Windows program in a BMP',
        bmp(10, 10),
        'This program must be run under Win32',
        'This program must be run under Mac',
      ),
    ],
    lookAlikes: [
      ...TRAILERS,
      { name: 'the letters of ELF in scan data', bytes: joined(PHOTO, '\x7fELF', zeros(60).fill(0x5a)) },
      { name: 'a text with the stub', bytes: utf8(STUB) },
    ],
  },
};
