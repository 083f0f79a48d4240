/** Wireless bitmaps (WAP-237-WAEMT section 6): no magic, so that only numbers that agree tell them. */
import type { FindingTable, Report } from './finding.ts';
import type { Octets } from './octets.ts';
import type { PartDetector, PartView } from './part-view.ts';
import type { PixelSize } from './pixel-area.ts';
import { WBMP_SIDE_MAX } from './sniff-images.ts';
import { TRAILING_OCTETS_MAX } from './trailing-data.ts';

/** Findings about a wireless bitmap. */
export const WBMP_FINDINGS = {
  'wbmp-header-invalid': {
    severity: 'high',
    description: 'A wireless bitmap starts with a type, an extension or a number that does not exist',
  },
  'wbmp-sides-over-limit': {
    severity: 'high',
    description: 'A wireless bitmap has no pixels, or more than 4,096 on a side',
  },
  'wbmp-truncated': { severity: 'low', description: 'A wireless bitmap ends before its pixels do' },
  'wbmp-trailing-data': {
    severity: 'medium',
    description: 'More than 1 KiB stands behind the pixels of a wireless bitmap',
  },
} as const satisfies FindingTable;

type Code = keyof typeof WBMP_FINDINGS;

/** Labels of a wireless bitmap. */
const DECLARED = ['image/vnd.wap.wbmp', 'image/wbmp'];

/** Looks at parts that are wireless bitmaps by content, and at those that claim it and are nothing else. */
export const wbmpDetector: PartDetector<Code> = {
  name: 'wbmp',
  findings: WBMP_FINDINGS,
  detect(part, report) {
    const { octets } = part;
    if (!isWbmp(part)) return;
    if (octets.length >= 2 && !octets.startsWith('\0\0')) {
      report('wbmp-header-invalid', { offset: 0 });
      return;
    }
    const width = readInteger(octets, 2);
    const height = width && readInteger(octets, width.end);
    if (width === undefined || height === undefined) report('wbmp-truncated', { offset: octets.length });
    else reportPixels(octets, { width: width.value, height: height.value, start: height.end }, report);
  },
};

function isWbmp({ family, declaredType }: PartView): boolean {
  return family === 'wbmp' || (family === undefined && DECLARED.includes(declaredType));
}

/** A bit for each pixel, in rows of whole octets from `start`. */
interface WbmpPixels extends PixelSize {
  readonly start: number;
}

function reportPixels(octets: Octets, { width, height, start }: WbmpPixels, report: Report<Code>): void {
  const evidence = { width, height };
  if (![width, height].every((side) => side >= 1 && side <= WBMP_SIDE_MAX)) {
    report('wbmp-sides-over-limit', { evidence });
    return;
  }
  const end = start + Math.ceil(width / 8) * height;
  if (end > octets.length) report('wbmp-truncated', { offset: octets.length, evidence });
  if (octets.length - end > TRAILING_OCTETS_MAX) {
    report('wbmp-trailing-data', { offset: end, evidence: { length: octets.length - end } });
  }
}

/** Octets of a number: more than these hold no 32 bits. */
const INTEGER_OCTETS_MAX = 5;

/** A number of seven bits an octet, the highest first; infinite when it does not end in time, undefined when it is cut off. */
function readInteger(
  octets: Octets,
  start: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let at = start; at < start + INTEGER_OCTETS_MAX; at += 1) {
    const octet = octets.octet(at);
    if (octet === undefined) return undefined;
    value = value * 128 + (octet & 0x7f);
    if (octet < 0x80) return { value, end: at + 1 };
  }
  return { value: Infinity, end: start + INTEGER_OCTETS_MAX };
}
