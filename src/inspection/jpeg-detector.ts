/** The markers of JPEG pictures, and what stands behind them: the part's own picture, thumbnails, and pictures behind it. */
import type { FindingTable, Report } from './finding.ts';
import { jpegImages, JPEG_DEPTH_MAX, JPEG_IMAGES_MAX, type JpegImage } from './jpeg-images.ts';
import {
  isFrameMarker,
  jpegFrame,
  JPEG_SEGMENTS_MAX,
  MARKERS,
  type JpegFrame,
  type JpegSegment,
} from './jpeg-markers.ts';
import type { PartDetector, PartView } from './part-view.ts';
import { judgePhotoPixels } from './photo-area.ts';

/** Scans of one picture: each makes a decoder go over all of it again. libjpeg-turbo's own fuzz tests stop here. */
export const JPEG_SCANS_MAX = 500;

/** Octets behind the end of a picture that are worth a note when nothing tells what they are. */
export const JPEG_TAIL_NOTED = 4096;

/** What is found of JPEG pictures. */
export const JPEG_FINDINGS = {
  'jpeg-segment-length': {
    severity: 'high',
    description: 'A JPEG segment declares a length that does not cover the length itself',
  },
  'jpeg-segments-over-limit': {
    severity: 'high',
    description: 'A JPEG picture has more segments than any encoder writes',
  },
  'jpeg-scans-over-limit': {
    severity: 'high',
    description: 'A JPEG picture has so many scans that decoding takes very long',
  },
  'jpeg-truncated': { severity: 'low', description: 'A JPEG picture ends without its end marker' },
  'jpeg-start-repeated': { severity: 'low', description: 'A JPEG picture starts again inside itself' },
  'jpeg-stray-octets': { severity: 'info', description: 'Octets between JPEG segments belong to none' },
  'jpeg-frame-missing': { severity: 'medium', description: 'A JPEG picture has a scan before its frame' },
  'jpeg-frame-repeated': {
    severity: 'high',
    description: 'A JPEG picture has two frames: readers take different sizes from it',
  },
  'jpeg-frame-broken': {
    severity: 'medium',
    description: 'A JPEG frame header does not fit its number of components',
  },
  'jpeg-frame-empty': { severity: 'low', description: 'A JPEG frame declares no lines or no columns' },
  'jpeg-pixel-flood': {
    severity: 'high',
    description: 'A JPEG picture declares more pixels than any phone takes',
  },
  'jpeg-many-pixels': { severity: 'low', description: 'A JPEG picture declares very many pixels' },
  'jpeg-tail': {
    severity: 'info',
    description: 'Something stands behind a JPEG picture, as phones write it',
  },
  'jpeg-tail-unknown': {
    severity: 'low',
    description: 'Much of an unknown kind stands behind a JPEG picture',
  },
  'jpeg-tail-zip': { severity: 'medium', description: 'A ZIP archive stands behind a JPEG picture' },
  'jpeg-depth-over-limit': { severity: 'high', description: 'JPEG thumbnails are nested inside one another' },
  'jpeg-images-over-limit': {
    severity: 'medium',
    description: 'A file holds more JPEG pictures than we look at',
    gap: 'over-limit',
  },
} as const satisfies FindingTable;

type Code = keyof typeof JPEG_FINDINGS;

const PIXEL_CODES = { flood: 'jpeg-pixel-flood', many: 'jpeg-many-pixels' } as const;

/** Looks at every part that starts as a JPEG picture. */
export const jpegDetector: PartDetector<Code> = {
  name: 'jpeg',
  findings: JPEG_FINDINGS,
  detect({ octets }: PartView, report: Report<Code>): void {
    const { images, isTooDeep, isTooMany } = jpegImages(octets);
    if (isTooDeep) report('jpeg-depth-over-limit', { evidence: { max: JPEG_DEPTH_MAX } });
    if (isTooMany) report('jpeg-images-over-limit', { evidence: { max: JPEG_IMAGES_MAX } });
    for (const image of images) inspectImage(image, report);
  },
};

/** Reports a code at an offset of the picture. */
type ReportAt = (code: Code, offset: number, evidence?: Readonly<Record<string, string | number>>) => void;

function inspectImage(image: JpegImage, report: Report<Code>): void {
  const reportAt: ReportAt = (code, offset, evidence = {}) => {
    report(code, { offset: image.base + offset, evidence: { ...evidence, depth: image.depth } });
  };
  const { segments, end, isOverLimit } = image.structure;
  if (isOverLimit) reportAt('jpeg-segments-over-limit', 0, { max: JPEG_SEGMENTS_MAX });
  else if (end === undefined) reportAt('jpeg-truncated', image.octets.length);
  for (const segment of segments) inspectSegment(segment, reportAt);
  inspectFrames(image, reportAt);
  inspectScans(segments, reportAt);
  inspectTail(image, reportAt);
}

function inspectSegment({ marker, offset, length, stray }: JpegSegment, reportAt: ReportAt): void {
  if (length !== undefined && length < 2) reportAt('jpeg-segment-length', offset, { marker, length });
  if (marker === MARKERS.SOI && offset > 0) reportAt('jpeg-start-repeated', offset);
  if (stray > 0) reportAt('jpeg-stray-octets', offset - stray, { length: stray });
}

function inspectFrames({ octets, structure }: JpegImage, reportAt: ReportAt): void {
  let count = 0;
  for (const segment of structure.segments) {
    const frame = jpegFrame(octets, segment);
    if (!frame) continue;
    count += 1;
    if (count === 2) reportAt('jpeg-frame-repeated', segment.offset);
    inspectFrame(frame, segment, reportAt);
  }
}

function inspectFrame(frame: JpegFrame, { offset, isCut }: JpegSegment, reportAt: ReportAt): void {
  const { width, height, components, isWellFormed } = frame;
  const pixels = width * height;
  if (!isWellFormed && !isCut) reportAt('jpeg-frame-broken', offset, { components });
  if (pixels === 0) reportAt('jpeg-frame-empty', offset, { width, height });
  const judgement = judgePhotoPixels(pixels);
  if (judgement) reportAt(PIXEL_CODES[judgement], offset, { width, height });
}

function inspectScans(segments: readonly JpegSegment[], reportAt: ReportAt): void {
  const scans = segments.filter(({ marker }) => marker === MARKERS.SOS);
  const [first] = scans;
  if (!first) return;
  if (scans.length > JPEG_SCANS_MAX) reportAt('jpeg-scans-over-limit', first.offset, { scans: scans.length });
  const hasFrame = segments.some(({ marker, offset }) => isFrameMarker(marker) && offset < first.offset);
  if (!hasFrame) reportAt('jpeg-frame-missing', first.offset);
}

function inspectTail({ tail }: JpegImage, reportAt: ReportAt): void {
  if (!tail || tail.kind === 'padding') return;
  const { kind, offset, length } = tail;
  const isUnknown = kind === 'other' && length > JPEG_TAIL_NOTED;
  const code = kind === 'zip' ? 'jpeg-tail-zip' : isUnknown ? 'jpeg-tail-unknown' : 'jpeg-tail';
  reportAt(code, offset, { kind, length });
}
