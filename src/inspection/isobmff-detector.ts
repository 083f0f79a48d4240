/**
 * ISO base media files: MP4, 3GP, QuickTime, HEIF, AVIF. The checks are those that Android's extractor got one by one
 * after its flaws of 2015 ("Stagefright"), which a message could reach without a touch.
 */
import type { Evidence, FindingTable, Report } from './finding.ts';
import { walkBoxes, type Box, type BoxProblemKind, type BoxStep } from './isobmff-boxes.ts';
import { BOX_CHECKS } from './isobmff-checks.ts';
import { readTable, TABLES_BYTES_MAX } from './isobmff-tables.ts';
import type { Octets } from './octets.ts';
import type { PartDetector, PartView } from './part-view.ts';
import { sniffIsobmff } from './sniff-isobmff.ts';

/** What is found of ISO base media files. */
export const ISOBMFF_FINDINGS = {
  'isobmff-box-size': { severity: 'high', description: 'A box inside another has a size that cannot be one' },
  'isobmff-box-overflow': { severity: 'high', description: 'A box reaches further than the box around it' },
  'isobmff-truncated': { severity: 'low', description: 'The file ends inside a box: it was cut off' },
  'isobmff-trailing': {
    severity: 'low',
    description: 'What stands after the last box of the file is no box',
  },
  'isobmff-box-depth': { severity: 'high', description: 'Boxes are nested deeper than in any real file' },
  'isobmff-box-flood': {
    severity: 'high',
    description: 'The file has more boxes than any that fits a message',
  },
  'isobmff-box-over-limit': {
    severity: 'high',
    description: 'A box that holds no media claims more octets than players accept',
  },
  'isobmff-large-size': {
    severity: 'medium',
    description:
      'A box that holds no media has its size in 64 bits, as only media need and as scanners may misread',
  },
  'isobmff-brands-not-first': {
    severity: 'medium',
    description:
      'The box that tells what the file is stands behind others, where scanners may not look for it',
  },
  'isobmff-brands-missing': {
    severity: 'low',
    description: 'No box tells what the file is, as in old QuickTime files',
  },
  'isobmff-moov-repeated': {
    severity: 'high',
    description: 'The file has more than one description of its tracks',
  },
  'isobmff-table-overflow': {
    severity: 'high',
    description: 'A table claims more entries than its box can hold (Stagefright, CVE-2015-1538)',
  },
  'isobmff-tables-over-limit': {
    severity: 'high',
    description: 'The tables of the file claim more memory together than players accept',
  },
  'isobmff-table-version': {
    severity: 'low',
    description: 'A table of samples has a version or flags that are not specified',
  },
  'isobmff-esds-overflow': {
    severity: 'high',
    description: 'A decoder description claims more octets than are left for it (Stagefright, CVE-2015-1539)',
  },
  'isobmff-tx3g-size': {
    severity: 'high',
    description: 'A subtitle description has a size that wraps around (Stagefright, CVE-2015-3824 and -3864)',
  },
  'isobmff-covr-size': {
    severity: 'high',
    description: 'A cover picture has a size that wraps around (Stagefright, CVE-2015-3827 and -3829)',
  },
  'isobmff-string-underflow': {
    severity: 'high',
    description: 'A title or name is too short for its own fields (Stagefright, CVE-2015-3828)',
  },
  'isobmff-string-unterminated': {
    severity: 'high',
    description: 'A title or name does not end inside its box (Stagefright, CVE-2015-3826)',
  },
  'isobmff-pssh-overflow': {
    severity: 'high',
    description: 'The data of a protection system claim more octets than their box can hold',
  },
  'isobmff-data-size': { severity: 'high', description: 'A metadata value is too short for its own fields' },
  'isobmff-timescale-zero': {
    severity: 'high',
    description: 'Times are counted in units of nothing, by which players divide',
  },
  'isobmff-video-dimensions': {
    severity: 'high',
    description: 'A video claims to be wider or higher than any phone records or plays',
  },
  'isobmff-image-pixels': {
    severity: 'high',
    description: 'A picture claims more pixels than any phone takes',
  },
  'isobmff-image-large': { severity: 'info', description: 'A picture has an unusual number of pixels' },
  'isobmff-codec-unexpected': {
    severity: 'info',
    description: 'A sound track is coded in a way that MMS does not name and that players had flaws in',
  },
} as const satisfies FindingTable;

/** One of these codes. */
export type IsobmffCode = keyof typeof ISOBMFF_FINDINGS;

const PROBLEM_CODES = {
  'size-invalid': 'isobmff-box-size',
  overflow: 'isobmff-box-overflow',
  truncated: 'isobmff-truncated',
  trailing: 'isobmff-trailing',
  'depth-over-limit': 'isobmff-box-depth',
  'count-over-limit': 'isobmff-box-flood',
} as const satisfies Record<BoxProblemKind, IsobmffCode>;

/** Boxes with which JPEG 2000 and JPEG XL files begin, before the one that tells what they are. */
const SIGNATURES = new Set(['jP  ', 'JXL ']);

/** Looks at whatever is made of boxes, whether its brands are known or not. */
export const isobmffDetector: PartDetector<IsobmffCode> = {
  name: 'isobmff',
  findings: ISOBMFF_FINDINGS,
  detect({ octets }: PartView, report: Report<IsobmffCode>): void {
    if (sniffIsobmff(octets) === undefined) return;
    const file = new IsobmffFile(octets, report);
    for (const step of walkBoxes(octets)) file.step(step);
    file.end();
  },
};

/** What has to be remembered from box to box. */
class IsobmffFile {
  readonly #octets: Octets;
  readonly #report: Report<IsobmffCode>;
  readonly #counts = { top: 0, ftyp: 0, moov: 0 };
  #tableBytes = 0;

  constructor(octets: Octets, report: Report<IsobmffCode>) {
    this.#octets = octets;
    this.#report = report;
  }

  step(step: BoxStep): void {
    if (step.kind === 'problem') {
      this.#report(PROBLEM_CODES[step.problem], { offset: step.offset });
      return;
    }
    const { box } = step;
    this.#checkTop(box);
    this.#checkTable(box);
    for (const { code, applies } of BOX_CHECKS) {
      if (applies(box, this.#octets)) this.#report(code, detailOf(box));
    }
  }

  end(): void {
    if (this.#counts.ftyp === 0) this.#report('isobmff-brands-missing');
    if (this.#tableBytes > TABLES_BYTES_MAX) {
      this.#report('isobmff-tables-over-limit', { evidence: { octets: this.#tableBytes } });
    }
  }

  #checkTop(box: Box): void {
    if (box.depth > 1 || SIGNATURES.has(box.type)) return;
    const counts = this.#counts;
    counts.top += 1;
    if (box.type === 'ftyp') counts.ftyp += 1;
    if (box.type === 'moov') counts.moov += 1;
    if (box.type === 'ftyp' && counts.ftyp === 1 && counts.top > 1)
      this.#report('isobmff-brands-not-first', detailOf(box));
    if (box.type === 'moov' && counts.moov === 2) this.#report('isobmff-moov-repeated', detailOf(box));
  }

  #checkTable(box: Box): void {
    const table = readTable(this.#octets, box);
    if (!table) return;
    this.#tableBytes += table.bytes;
    if (!table.fits) this.#report('isobmff-table-overflow', detailOf(box));
  }
}

function detailOf({ offset, type, size }: Box): { readonly offset: number; readonly evidence: Evidence } {
  const isWord = /^[ -~]{4}$/.test(type);
  return { offset, evidence: isWord ? { box: type, size } : { size } };
}
