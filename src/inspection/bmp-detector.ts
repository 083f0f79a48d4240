/** BMP: headers with values that exist, pixels that are there, and nothing large behind them. */
import { readBmpHeader, type BmpHeader } from './bmp-header.ts';
import type { FindingTable, Report } from './finding.ts';
import type { Octets } from './octets.ts';
import type { PartDetector } from './part-view.ts';
import { judgePixels } from './pixel-area.ts';
import { judgeTrailing } from './trailing-data.ts';

/** Findings about a BMP. */
export const BMP_FINDINGS = {
  'bmp-header-invalid': {
    severity: 'high',
    description: 'The header of a BMP has a value that does not exist',
  },
  'bmp-offset-invalid': {
    severity: 'medium',
    description: 'The pixels of a BMP start inside of its headers',
  },
  'bmp-palette-oversize': {
    severity: 'medium',
    description: 'A BMP has a larger palette than its bits can tell apart',
  },
  'bmp-length-mismatch': { severity: 'low', description: 'A BMP is shorter or longer than its header says' },
  'bmp-truncated': { severity: 'low', description: 'A BMP ends before its pixels do' },
  'bmp-pixels-flood': { severity: 'high', description: 'A BMP claims more than 100 million pixels' },
  'bmp-pixels-many': { severity: 'low', description: 'A BMP claims more than 50 million pixels' },
  'bmp-trailing-data': {
    severity: 'medium',
    description: 'More than 1 KiB stands behind the pixels of a BMP',
  },
  'bmp-trailing-media': {
    severity: 'info',
    description: 'A picture or film stands behind the pixels of a BMP',
  },
} as const satisfies FindingTable;

type Code = keyof typeof BMP_FINDINGS;

/** Bits of a pixel for each compression (BITMAPINFOHEADER, and OS/2 for 1 bit of 3 and 24 of 4); 0 for JPEG and PNG. */
const BITS: ReadonlyMap<number, readonly number[]> = new Map([
  [0, [1, 2, 4, 8, 16, 24, 32]],
  [1, [8]],
  [2, [4]],
  [3, [1, 16, 32]],
  [4, [0, 24]],
  [5, [0]],
  [6, [16, 32]],
]);

/** Compressions whose pixels take as many octets as width, height and bits say: plain, and plain with masks. */
const PLAIN = [0, 3, 6];

/** Looks at parts that are BMP by content. */
export const bmpDetector: PartDetector<Code> = {
  name: 'bmp',
  findings: BMP_FINDINGS,
  detect({ octets, family }, report) {
    if (family !== 'bmp') return;
    const header = readBmpHeader(octets);
    if (header === undefined) {
      report('bmp-truncated', { offset: octets.length });
      return;
    }
    reportHeader(header, report);
    reportLengths(header, octets, report);
  },
};

function reportHeader(header: BmpHeader, report: Report<Code>): void {
  const { width, height, bits, compression, colors, dataOffset, headerEnd } = header;
  const isValid = width > 0 && height > 0 && (BITS.get(compression)?.includes(bits) ?? false);
  if (!isValid) report('bmp-header-invalid', { evidence: { width, height, bits, compression } });
  const amount = judgePixels(width * height);
  if (amount !== undefined) report(`bmp-pixels-${amount}`, { evidence: { width, height } });
  if (bits <= 8 && colors > 2 ** bits) report('bmp-palette-oversize', { evidence: { bits, colors } });
  if (dataOffset < headerEnd) report('bmp-offset-invalid', { evidence: { dataOffset, headerEnd } });
}

function reportLengths(header: BmpHeader, octets: Octets, report: Report<Code>): void {
  const { fileLength, dataOffset, profileEnd } = header;
  const { length } = octets;
  if (fileLength !== length) report('bmp-length-mismatch', { evidence: { declared: fileLength, length } });
  const end = dataOffset + dataLengthOf(header);
  if (end > length) report('bmp-truncated', { offset: length, evidence: { expected: end, length } });
  const tail = Math.max(end, profileEnd);
  const kind = judgeTrailing(octets, tail);
  if (kind === 'none') return;
  report(kind === 'media' ? 'bmp-trailing-media' : 'bmp-trailing-data', {
    offset: tail,
    evidence: { length: length - tail },
  });
}

/** Octets of the pixels. Rows are padded to four octets. */
function dataLengthOf({ width, height, bits, compression, dataLength }: BmpHeader): number {
  return PLAIN.includes(compression) ? Math.ceil((width * bits) / 32) * 4 * height : dataLength;
}
