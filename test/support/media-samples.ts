/** The shortest octets of every format that the sniffer knows, built field by field. No sample does anything. */
import { be16, be32, joined, le16, le32, patched, zeros, type Piece } from './sample-octets.ts';
import { zipOf } from './zip-sample.ts';

/** An ISO base media box. */
export function boxOf(type: string, ...content: readonly Piece[]): Uint8Array {
  const body = joined(...content);
  return joined(be32(8 + body.length), type, body);
}

/** The box that names the brands of a file: the major one, a version, the compatible ones. */
export function brandsOf(major: string, ...compatible: readonly string[]): Uint8Array {
  return boxOf('ftyp', major, be32(0), ...compatible);
}

/** An MP4 file as far as its first boxes. */
export function boxFile(major: string, ...compatible: readonly string[]): Uint8Array {
  return joined(brandsOf(major, ...compatible), boxOf('mdat', zeros(32)));
}

/** Frames of MPEG audio, or of AAC, or whatever begins with this header and is this long. */
function frames(header: readonly number[], length: number, count = 3): Uint8Array {
  const frame = joined(header, zeros(length - header.length));
  return joined(...Array<Uint8Array>(count).fill(frame));
}

/** MPEG 1 layer III, 128 kbit/s, 44.1 kHz, no padding: 417 octets a frame. */
export const MP3_FRAMES = frames([0xff, 0xfb, 0x90, 0x00], 417);

/** AAC-LC in ADTS, 44.1 kHz: a length of 32 in 13 bits from the fourth octet on. */
export const ADTS_FRAMES = frames([0xff, 0xf1, 0x50, 0x80, 0x04, 0x1f, 0xfc], 32);

/** An ID3 tag of version 2.4 with so many zero octets. */
export function id3Tag(length: number): Uint8Array {
  return joined('ID3\x04\0\0', [0, 0, length >> 7, length & 0x7f], zeros(length));
}

const chunked = (container: string, form: string): Uint8Array =>
  joined(container, le32(28), form, 'fmt ', zeros(20));

/** A wireless bitmap of this size, all white. */
export function wbmpOf(width: number, height: number): Uint8Array {
  const integer = (value: number): number[] => (value < 128 ? [value] : [0x80 | (value >> 7), value & 0x7f]);
  return joined([0, 0], integer(width), integer(height), zeros(Math.ceil(width / 8) * height));
}

/** A TIFF of one directory with these tags. */
export function tiffOf(...tags: readonly number[]): Uint8Array {
  const entries = tags.map((tag) => joined(le16(tag), le16(1), le32(4), le32(0)));
  return joined('II*\0', le32(8), le16(tags.length), ...entries, le32(0));
}

/** A compound file whose root entry has this class. */
export function compoundOf(rootClass: Piece): Uint8Array {
  const file = patched(zeros(2048), 0, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  const withSectors = patched(patched(file, 0x1e, le16(9)), 0x30, le32(1));
  return patched(withSectors, 1024 + 0x50, rootClass);
}

const INSTALLER_CLASS = [0x84, 0x10, 0x0c, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];

/** A DOS header that leads to a header of this signature. */
export function dosProgram(signature: string): Uint8Array {
  return patched(patched(joined('MZ', zeros(126)), 0x3c, le32(0x40)), 0x40, signature);
}

const zip = (...names: readonly string[]): Uint8Array => zipOf(names.map((name) => ({ name, content: 'x' })));

const PROFILE = '<key>PayloadType</key><string>Configuration</string><key>PayloadIdentifier</key>';
const OPEN_XML = '[Content_Types].xml';

/** DER: a sequence with two octets of length. */
const sequence = (...content: readonly Piece[]): Uint8Array => {
  const body = joined(...content);
  return joined([0x30, 0x82], be16(body.length), body);
};

const PKCS7 = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

/** Text as UTF-16 without a mark. */
export function utf16(text: string, order: 'be' | 'le'): Uint8Array {
  const octets = Buffer.from(text, 'utf16le');
  return Uint8Array.from(order === 'le' ? octets : octets.swap16());
}

/** Images. */
export const IMAGE_SAMPLES = {
  jpeg: joined([0xff, 0xd8, 0xff, 0xe0], be16(16), 'JFIF\0', zeros(9)),
  png: joined([0x89], 'PNG\r\n\x1a\n', be32(13), 'IHDR', be32(1), be32(1), zeros(9)),
  gif: joined('GIF89a', le16(1), le16(1), zeros(3)),
  bmp: joined('BM', le32(58), le32(0), le32(54), le32(40), le32(1), le32(1), zeros(28)),
  wbmp: wbmpOf(16, 4),
  tiff: tiffOf(0x0100, 0x0101),
  dng: tiffOf(0x0100, 0xc612),
  psd: joined('8BPS', be16(1), zeros(20)),
  qmage: joined('QM', [0x0b, 3, 0, 0], le16(64), le16(64), zeros(8)),
  j2c: joined([0xff, 0x4f, 0xff, 0x51], zeros(16)),
  xcf: joined('gimp xcf v011\0', zeros(16)),
  ico: joined([0, 0, 1, 0], le16(1), [16, 16, 0, 0], zeros(12)),
} as const satisfies Readonly<Record<string, Uint8Array>>;

/** ISO base media files. */
export const BOX_SAMPLES = {
  mp4: boxFile('isom', 'isom', 'mp41'),
  '3gp': boxFile('3gp4', 'isom', '3gp4'),
  '3g2': boxFile('3g2a', '3g2a'),
  mov: boxFile('qt  ', 'qt  '),
  m4a: boxFile('M4A ', 'isom'),
  m4v: boxFile('M4V ', 'isom'),
  heic: boxFile('heic', 'mif1', 'heic'),
  heics: boxFile('hevc', 'msf1', 'hevc'),
  heif: boxFile('mif1', 'mif1'),
  heifs: boxFile('msf1', 'msf1'),
  avif: boxFile('avif', 'mif1', 'avif'),
  jp2: joined(boxOf('jP  ', '\r\n\x87\n'), brandsOf('jp2 ', 'jp2 ')),
  jxl: joined(boxOf('JXL ', '\r\n\x87\n'), brandsOf('jxl ', 'jxl ')),
  cr3: boxFile('crx ', 'isom'),
} as const satisfies Readonly<Record<string, Uint8Array>>;

/** Sound, and video in other containers. */
export const SOUND_SAMPLES = {
  amr: joined('#!AMR\n', Array<number>(4).fill(0x7c)),
  'amr-wb': joined('#!AMR-WB\n', Array<number>(4).fill(0x7c)),
  evrc: joined('#!EVRC\n', zeros(4)),
  midi: joined('MThd', be32(6), be16(0), be16(1), be16(96), 'MTrk', be32(4), [0, 0xff, 0x2f, 0]),
  wav: chunked('RIFF', 'WAVE'),
  qcp: chunked('RIFF', 'QLCM'),
  webp: joined('RIFF', le32(20), 'WEBPVP8L', le32(8), zeros(8)),
  avi: chunked('RIFF', 'AVI '),
  rmid: chunked('RIFF', 'RMID'),
  aiff: chunked('FORM', 'AIFF'),
  ogg: joined('OggS', zeros(24), '\x01vorbis'),
  'ogg-video': joined('OggS', zeros(24), '\x80theora'),
  flac: joined('fLaC', zeros(16)),
  ape: joined('MAC ', le16(3990), zeros(16)),
  au: joined('.snd', be32(24), zeros(16)),
  caf: joined('caff', be16(1), be16(0), 'desc'),
  smaf: joined('MMMD', be32(8), zeros(8)),
  ac3: joined([0x0b, 0x77, 0, 0, 0x14, 0x40], zeros(16)),
  webm: joined([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84], 'webm'),
  matroska: joined([0x1a, 0x45, 0xdf, 0xa3, 0x8b, 0x42, 0x82, 0x88], 'matroska'),
  flv: joined('FLV\x01', [5], be32(9)),
  asf: joined([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11], zeros(16)),
  mpeg: joined([0, 0, 1, 0xba, 0x21], zeros(16)),
  h263: joined([0, 0, 0x80, 0x02, 0x08], zeros(16)),
  'mpeg-ts': joined(...Array<Uint8Array>(3).fill(joined('G', zeros(187)))),
  adts: ADTS_FRAMES,
  mp3: MP3_FRAMES,
} as const satisfies Readonly<Record<string, Uint8Array>>;

/** Programs, installers, profiles and fonts, each no more than its head. */
export const PROGRAM_SAMPLES = {
  dex: joined('dex\n035\0', zeros(16)),
  odex: joined('dey\n036\0', zeros(16)),
  elf: joined([0x7f], 'ELF', [1, 1, 1], zeros(9)),
  'mach-o': joined([0xcf, 0xfa, 0xed, 0xfe], zeros(16)),
  'java-class': joined([0xca, 0xfe, 0xba, 0xbe], be16(0), be16(0x34), zeros(8)),
  pe: dosProgram('PE\0\0'),
  sis: joined(le32(0x1000_1234), le32(0x1000_3a12), le32(0x1000_0419), zeros(8)),
  cab: joined('MSCF', be32(0), zeros(16)),
  lnk: joined([0x4c, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46]),
  swf: joined('CWS', [10], le32(1234), zeros(8)),
  wasm: joined('\0asm', le32(1)),
  deb: joined('!<arch>\ndebian-binary   '),
  rpm: joined([0xed, 0xab, 0xee, 0xdb, 3, 0]),
  crx: joined('Cr24', le32(3)),
  chm: joined('ITSF', le32(3), zeros(8)),
  msi: compoundOf(INSTALLER_CLASS),
  mobileconfig: sequence(PKCS7, PROFILE),
  truetype: joined([0, 1, 0, 0], be16(12), zeros(8)),
  opentype: joined('OTTO', be16(12), zeros(8)),
  collection: joined('ttcf', be32(0x1_0000), zeros(8)),
  woff: joined('wOFF', [0, 1, 0, 0], zeros(8)),
  woff2: joined('wOF2', 'OTTO', zeros(8)),
  'embedded-opentype': joined(le32(64), le32(32), le32(0x2_0001), zeros(22), 'LP', zeros(8)),
  type1: joined('%!PS-AdobeFont-1.0: X'),
} as const satisfies Readonly<Record<string, Uint8Array>>;

/** ZIP files, told apart by the names inside. */
export const ZIP_SAMPLES = {
  zip: zip('photo.jpg', 'readme.txt'),
  apk: zip('AndroidManifest.xml', 'classes.dex', 'META-INF/MANIFEST.MF'),
  ipa: zip('Payload/Game.app/Info.plist'),
  appx: zip(OPEN_XML, 'AppxManifest.xml'),
  xpi: zip('manifest.json', 'META-INF/mozilla.rsa'),
  jar: zip('META-INF/MANIFEST.MF', 'a/B.class'),
  pkpass: zip('pass.json', 'manifest.json', 'signature'),
  docx: zip(OPEN_XML, 'word/document.xml'),
  xlsx: zip(OPEN_XML, 'xl/workbook.xml'),
  pptx: zip(OPEN_XML, 'ppt/presentation.xml'),
  'open-xml': zip(OPEN_XML, '3D/3dmodel.model'),
  epub: zip('mimetype', 'META-INF/container.xml'),
  'open-document': zip('mimetype', 'content.xml'),
} as const satisfies Readonly<Record<string, Uint8Array>>;

/** Archives, documents, and what file systems leave. */
export const ARCHIVE_SAMPLES = {
  gzip: joined([0x1f, 0x8b, 8], zeros(16)),
  rar: joined('Rar!\x1a\x07\x01\0', zeros(8)),
  '7z': joined('7z', [0xbc, 0xaf, 0x27, 0x1c], zeros(8)),
  bzip2: joined('BZh9', [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], zeros(8)),
  xz: joined([0xfd], '7zXZ\0', zeros(8)),
  zstd: joined([0x28, 0xb5, 0x2f, 0xfd], zeros(8)),
  lz4: joined([4, 0x22, 0x4d, 0x18], zeros(8)),
  tar: patched(zeros(512), 257, 'ustar\0'),
  ace: joined(zeros(7), '**ACE**', zeros(8)),
  lzh: joined([0x20, 0x30], '-lh5-', zeros(16)),
  pdf: joined('%PDF-1.4\n%%EOF'),
  compound: compoundOf(zeros(16)),
  postscript: joined('%!PS-Adobe-3.0\n'),
  rtf: joined('{\\rtf1 Hello}'),
  'apple-double': joined([0, 5, 0x16, 7, 0, 2, 0, 0], zeros(16)),
  'ds-store': joined([0, 0, 0, 1], 'Bud1', zeros(16)),
} as const satisfies Readonly<Record<string, Uint8Array>>;

/** An MMS PDU: its type, a transaction, its version. */
export const PDU_SAMPLE = joined([0x8c, 0x80, 0x98], 'T-1\0', [0x8d, 0x92, 0x89, 1, 0x81]);

/** Provisioning, certificates, rights, a message. */
export const WAP_SAMPLES = {
  wbxml: joined([3, 0x0b, 0x6a, 0, 0x45]),
  x509: sequence(sequence([0xa0, 3, 2, 1, 2], zeros(300))),
  pkcs7: sequence(PKCS7, zeros(300)),
  pkcs12: sequence([2, 1, 3], sequence(zeros(300))),
  mms: PDU_SAMPLE,
  dcf: joined([1, 10, 8], 'image/jpeg', 'cid:a@bc', zeros(16)),
} as const satisfies Readonly<Record<string, Uint8Array>>;

/** Text, and formats that are text. */
export const TEXT_SAMPLES = {
  'utf-8': Buffer.from('Schöne Grüße, see you at 8 \u{1f600}\r\n'),
  'utf-16le': joined([0xff, 0xfe], utf16('Привет', 'le')),
  'utf-16be': utf16('Привет, как дела?', 'be'),
  '8-bit': joined('caf\xe9 \x83\x65\x83\x58'),
  xml: joined('<?xml version="1.0"?><note/>'),
  plist: joined('<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "x"><plist/>'),
  vcard: joined('BEGIN:VCARD\r\nVERSION:2.1\r\nFN:A\r\nEND:VCARD'),
  vcalendar: joined('BEGIN:VCALENDAR\r\nVERSION:1.0\r\nEND:VCALENDAR'),
  imelody: joined('BEGIN:IMELODY\r\nVERSION:1.2\r\nMELODY:c3\r\nEND:IMELODY'),
  smil: joined('<smil><body><par><img src="a.jpg"/></par></body></smil>'),
  svg: joined('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  html: joined('<!DOCTYPE html>\n<p>Hello'),
  rights: joined('<?xml version="1.0"?><o-ex:rights xmlns:o-ex="http://odrl.net/1.1/ODRL-EX"/>'),
  dm: joined('--boundary-1\r\nContent-Type: image/gif\r\n\r\nGIF89a'),
  'provisioning-xml': joined('<?xml version="1.0"?><wap-provisioningdoc version="1.0"/>'),
  jnlp: joined('<jnlp spec="1.0+"></jnlp>'),
  jad: joined('MIDlet-Name: A\nMIDlet-Version: 1.0\nMIDlet-Jar-URL: a.jar\nMIDlet-Jar-Size: 1\n'),
  pem: joined('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'),
} as const satisfies Readonly<Record<string, Uint8Array>>;

/** Every sample by its format. */
export const MEDIA_SAMPLES = {
  ...IMAGE_SAMPLES,
  ...BOX_SAMPLES,
  ...SOUND_SAMPLES,
  ...PROGRAM_SAMPLES,
  ...ZIP_SAMPLES,
  ...ARCHIVE_SAMPLES,
  ...WAP_SAMPLES,
  ...TEXT_SAMPLES,
} as const satisfies Readonly<Record<string, Uint8Array>>;

/** Formats that there is a sample of. */
export type SampleFormat = keyof typeof MEDIA_SAMPLES;
