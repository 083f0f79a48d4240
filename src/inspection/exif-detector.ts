/** Exif blocks of JPEG pictures, and of the pictures inside and behind them. */
import { EXIF_LIMITS, type ExifBlock } from './exif-block.ts';
import type { FindingTable, Report } from './finding.ts';
import { jpegImages, type JpegImage } from './jpeg-images.ts';
import type { PartDetector, PartView } from './part-view.ts';
import { walkIfds, type IfdFault } from './tiff-ifd.ts';

/** What is found of Exif blocks. */
export const EXIF_FINDINGS = {
  'exif-count-wraps': {
    severity: 'high',
    description: 'An Exif value is declared so long that 32-bit readers reckon wrong (CVE-2016-3862)',
  },
  'exif-type-unknown': { severity: 'low', description: 'An Exif value has a type that does not exist' },
  'exif-cycle': { severity: 'high', description: 'An Exif directory leads back to itself' },
  'exif-ifd-shared': { severity: 'medium', description: 'Two pointers lead to one Exif directory' },
  'exif-ifds-over-limit': {
    severity: 'high',
    description: 'An Exif block has more directories than any camera writes',
  },
  'exif-entries-over-limit': {
    severity: 'high',
    description: 'An Exif block has more entries than any camera writes',
  },
  'exif-tag-repeated': { severity: 'info', description: 'An Exif directory has a tag twice' },
  'exif-value-outside': { severity: 'info', description: 'An Exif value is said to be outside its block' },
  'exif-ifd-outside': { severity: 'info', description: 'An Exif directory is said to be outside its block' },
  'exif-truncated': { severity: 'info', description: 'An Exif block ends inside a directory' },
  'exif-header-broken': { severity: 'info', description: 'An Exif block does not start as one' },
} as const satisfies FindingTable;

type Code = keyof typeof EXIF_FINDINGS;

const FAULT_CODES = {
  cycle: 'exif-cycle',
  shared: 'exif-ifd-shared',
  'ifds-over-limit': 'exif-ifds-over-limit',
  'entries-over-limit': 'exif-entries-over-limit',
  'count-wraps': 'exif-count-wraps',
  'type-unknown': 'exif-type-unknown',
  'tag-repeated': 'exif-tag-repeated',
  'ifd-outside': 'exif-ifd-outside',
  'value-outside': 'exif-value-outside',
  'ifd-truncated': 'exif-truncated',
} as const satisfies Record<IfdFault, Code>;

/** Looks at the Exif blocks of every part that starts as a JPEG picture. */
export const exifDetector: PartDetector<Code> = {
  name: 'exif',
  findings: EXIF_FINDINGS,
  detect({ octets }: PartView, report: Report<Code>): void {
    for (const image of jpegImages(octets).images) {
      for (const block of image.exif) inspectBlock(image, block, report);
    }
  },
};

function inspectBlock({ base, depth }: JpegImage, { offset, tiff }: ExifBlock, report: Report<Code>): void {
  const start = base + offset;
  if (!tiff) {
    report('exif-header-broken', { offset: start, evidence: { depth } });
    return;
  }
  walkIfds(tiff, EXIF_LIMITS, (fault, at, evidence) => {
    report(FAULT_CODES[fault], { offset: start + at, evidence: { ...evidence, depth } });
  });
}
