/** Payloads that are made to keep a rule engine busy: what each pattern begins with, without end. */
import { boxOf } from '../support/media-samples.ts';
import { be16, be32, joined, le16, le32, zeros, type Piece } from '../support/sample-octets.ts';
import { repeated } from './bytes.ts';
import { fileType } from './isobmff-bytes.ts';

/** Octets of each: as large as a part that an ordinary MMSC passes on. */
export const FLOOD_BYTES = 600 * 1024;

/** Octets of text that rules are given: `texts` of a part are cut there. */
export const TEXT_BYTES = 64 * 1024;

/** A flood, and the rules that it is right to set off. */
export interface Flood {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sets: readonly string[];
}

const flood = (name: string, head: Piece, piece: Piece, sets: readonly string[] = []): Flood => {
  const start = joined(head);
  return { name, bytes: joined(start, repeated(FLOOD_BYTES - start.length, piece)), sets };
};

/** Octets that look random and are the same in every run: a linear congruence of 32 bits. */
function random(): Uint8Array {
  let state = 1;
  return new Uint8Array(FLOOD_BYTES).map(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

const BOXES = ['SUSP_MMS_ISOBMFF_Box_Flood'];
const WORDS = 'It was a bright cold day, and the clocks of the town were striking thirteen. ';

/** Tables that fit their boxes, so that a rule must look at every one. */
const tables = joined(
  ...['stsc', 'stts', 'ctts', 'stco', 'stsz', 'stz2'].map((type) => boxOf(type, zeros(16))),
);

const shortTitles = joined(...['titl', 'auth', 'perf'].map((type) => joined(be32(9), type)));

const PK = 'PK\x05\x06';
/** Opcode lists that are outside, as every one has to be looked at to see. */
const listTag = joined(le16(0xc741), le16(7), le32(1), le32(0xffffffff));
const listTagBigEndian = joined(be16(0xc741), be16(7), be32(1), be32(0xffffffff));

/** Payloads of every family; each that a rule's guard needs begins with what the guard wants. */
export const FLOODS: readonly Flood[] = [
  { name: 'random octets', bytes: random(), sets: [] },
  flood('zeros', '', [0]),
  flood('FF', '', [0xff]),
  flood('plain text', '', WORDS),
  flood('names of tables', fileType(), 'stscsttscttsstssstcoco64stszstz2'),
  flood('tables that fit', fileType(), tables, BOXES),
  flood('tables that are too small', fileType(), joined(be32(12), 'stco', zeros(4)), BOXES),
  flood('systems of protection', fileType(), joined(be32(7), 'pssh', zeros(4))),
  flood('names of one table', fileType(), 'stco'),
  flood('tx3g, covr and pssh', joined(fileType(), 'ilst'), 'tx3gcovrpssh'),
  flood('user data and short titles', fileType(), joined('udta', shortTitles), BOXES),
  flood('short titles', fileType(), shortTitles, BOXES),
  flood('box sizes of 64 bits', fileType(), be32(1)),
  flood('opcode lists', 'II*\0', listTag),
  flood('opcode lists, big-endian', 'MM\0*', listTagBigEndian),
  flood('ends of archives', 'GIF89a', PK),
  flood('ends of archives that reach to the end', 'GIF89a', joined(PK, zeros(6), [1, 0, 0, 0])),
  flood('archive entries', 'PK\x03\x04', 'PK\x01\x02'),
  flood('names of programs', 'PK\x03\x04', 'AndroidManifest.xmlclasses.dexMETA-INF/MANIFEST.MF.class'),
  flood('bundles', 'PK\x03\x04', 'Payload/a.app/'),
  flood('passes', 'PK\x03\x04', 'pass.jsonmanifest.jsonsignature'),
  flood('frames of JPEG', '\xff\xd8', '\xff\xc0\0\x0b'),
  flood('extents of HEIF', fileType('heic'), joined('ispe', zeros(4))),
  flood('heads of ELF', '\xff\xd8\xff', '\x7fELF\x02\x01\x01'),
  flood('names of PDF', '%PDF-', '/J#61v#61S#63r#69p#74A/JS /AA /XFA '),
  flood('/JS and spaces', '%PDF-', '/JS    '),
  flood('profiles', '', '<key>PayloadType</key>    <string>Config'),
  flood('properties of cards', 'BEGIN:VCARD\n', ';ENCODING=BASE64'),
  flood('starts of properties', 'BEGIN:VCARD\n', 'URL;=;PHOTO;BASE64;'),
  flood('base64 of programs', 'BEGIN:VCARD\n', ';=AAAAAAAAAAAAAAAAAAAAAA TVqQ'),
  flood('cards', 'BEGIN:VCARD\n', 'BEGIN:VCARD\n', ['SUSP_MMS_vCard_Bomb']),
  flood('drawings', '<svg>', '<svg:scrip on<a onload href'),
  flood('handlers', '<svg>', ' onload        '),
  flood('attributes of SMIL', '<smil>', ' src="'),
  flood('attributes of SMIL without an end', '<smil>', 'src= \'src="'),
  flood('meta elements', '<html>', '<meta '),
  flood('http-equiv', '<html>', ' http-equiv =     '),
  flood('document types', '<smil>', '<!DOCTYPE '),
  flood('intent:', '', 'intent:'),
  flood('javascript:', '', 'javascript:'),
  flood('http://', '', 'http://'),
  flood('http://a.a.a.a.', '', 'http://a.a.a.a.'),
  flood('http://1.1.1.1.', '', 'http://1.1.1.1.'),
  flood('http://xn-', '', 'http://xn-.xn-.'),
  flood('http:// and a user', '', 'http://a'.padEnd(120, 'a')),
  flood('tel:', '', 'tel:00000000'),
  flood('www. and invisible characters', '', 'www.\xe2\x80\x8b '),
  flood('overrides', '', '\xe2\x80\xaeaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'),
  flood('names of packages', 'http://', '/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.apk.'),
  flood('.apk', 'http://', '.apk'),
  flood('links', '<svg>', ' to="        javascript'),
  flood('itms-services', '', 'itms-services://?'),
];
