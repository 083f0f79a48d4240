/** Archives other than ZIP, and documents, by content. */
import type { Octets } from './octets.ts';
import { isBetween, magic, sniffByTable, u32be, u8, type FormatRow, type Sniffed } from './sniff-format.ts';

const archive = (format: string, mediaType: string): Sniffed => ({ mediaType, family: 'archive', format });
const office = (format: string, mediaType: string): Sniffed => ({ mediaType, family: 'office', format });
const PDF: Sniffed = { mediaType: 'application/pdf', family: 'pdf', format: 'pdf' };
const litter = (format: string): Sniffed => ({
  mediaType: 'application/applefile',
  family: 'litter',
  format,
});

const ROWS: readonly FormatRow[] = [
  magic({ mediaType: 'application/gzip', family: 'gzip', format: 'gzip' }, '\x1f\x8b\x08'),
  magic(archive('rar', 'application/vnd.rar'), 'Rar!\x1a\x07'),
  magic(archive('7z', 'application/x-7z-compressed'), "7z\xbc\xaf'\x1c"),
  { ...archive('bzip2', 'application/x-bzip2'), matches: isBzip2 },
  magic(archive('xz', 'application/x-xz'), '\xfd7zXZ\0'),
  magic(archive('zstd', 'application/zstd'), '\x28\xb5\x2f\xfd'),
  magic(archive('lz4', 'application/x-lz4'), '\x04\x22\x4d\x18'),
  magic(archive('tar', 'application/x-tar'), 'ustar', 257),
  magic(archive('ace', 'application/x-ace-compressed'), '**ACE**', 7),
  { ...archive('lzh', 'application/x-lzh-compressed'), matches: isLzh },
  magic(PDF, '%PDF-'),
  magic(office('compound', 'application/x-cfb'), '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
  magic(office('postscript', 'application/postscript'), ['%!PS', '\xc5\xd0\xd3\xc6']),
  magic({ mediaType: 'application/rtf', family: 'rtf', format: 'rtf' }, '{\\rtf'),
  magic(litter('apple-double'), ['\0\x05\x16\x07\0', '\0\x05\x16\0\0']),
  magic(litter('ds-store'), '\0\0\0\x01Bud1'),
];

/** Archives, and documents that are told by their first octets. */
export const sniffArchive = sniffByTable(ROWS);

/** Octets in which Acrobat, and what follows it, looks for the header (PDF 1.7, implementation note 13). */
export const PDF_HEADER_SEARCH_OCTETS = 1024;

/** A PDF behind something else: asked for last but text, since a magic at the start is the better one. */
export function sniffPdf(octets: Octets): Sniffed | undefined {
  const at = octets.indexOf('%PDF-', 0, PDF_HEADER_SEARCH_OCTETS);
  return at >= 0 && isBetween(u8(octets, at + 5), 0x30, 0x39) ? PDF : undefined;
}

/** `BZh`, a digit, and the number pi that begins a block or the one that ends the file. */
function isBzip2(octets: Octets): boolean {
  return octets.startsWith('BZh') && [0x3141_5926, 0x1772_4538].includes(u32be(octets, 4));
}

/** A method such as `-lh5-`, behind the length and sum of the header. */
function isLzh(octets: Octets): boolean {
  return /^-(lh[0-7d]|lz[s45])-$/.test(octets.latin1(2, 5) ?? '');
}
