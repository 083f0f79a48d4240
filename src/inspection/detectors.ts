/** Every detector there is. A new one is its file and a line here. */
import { ANOMALY_FINDINGS } from './anomaly-findings.ts';
import { bidiDetector } from './bidi-detector.ts';
import { bmpDetector } from './bmp-detector.ts';
import { cardDetector } from './card-detector.ts';
import { dngDetector } from './dng-detector.ts';
import { exifDetector } from './exif-detector.ts';
import { fileNameDetector } from './file-name-detector.ts';
import type { FindingKind, FindingTable } from './finding.ts';
import { gifDetector } from './gif-detector.ts';
import { htmlDetector } from './html-detector.ts';
import { id3Detector } from './id3-detector.ts';
import { mpegAudioDetector } from './mpeg-audio-detector.ts';
import { aacDetector } from './aac-detector.ts';
import { amrDetector } from './amr-detector.ts';
import { midiDetector } from './midi-detector.ts';
import { imelodyDetector } from './imelody-detector.ts';
import { isobmffDetector } from './isobmff-detector.ts';
import { jpegDetector } from './jpeg-detector.ts';
import { mediaTypeDetector } from './media-type-detector.ts';
import { PART_FINDINGS } from './message-parts.ts';
import type { PartDetector } from './part-view.ts';
import { pdfDetector } from './pdf-detector.ts';
import { pngDetector } from './png-detector.ts';
import { PROTOCOL_FINDINGS } from './protocol-detector.ts';
import { provisioningDetector } from './provisioning-detector.ts';
import { SIZE_FINDINGS } from './size-detector.ts';
import { smilDetector } from './smil-detector.ts';
import { smilReferencesDetector } from './smil-references.ts';
import { svgDetector } from './svg-detector.ts';
import { textDetector } from './text-detector.ts';
import { tiffDetector } from './tiff-detector.ts';
import { urlDetector } from './url-detector.ts';
import { wbmpDetector } from './wbmp-detector.ts';
import { webpDetector } from './webp-detector.ts';
import { zipDetector } from './zip-detector.ts';
import { MEMBER_FINDINGS } from './zip-walk.ts';

/** What looks at every part; each leaves at once what is not its own. */
export const PART_DETECTORS: readonly PartDetector[] = [
  mediaTypeDetector,
  fileNameDetector,
  jpegDetector,
  exifDetector,
  tiffDetector,
  dngDetector,
  pngDetector,
  gifDetector,
  webpDetector,
  bmpDetector,
  wbmpDetector,
  isobmffDetector,
  id3Detector,
  mpegAudioDetector,
  aacDetector,
  amrDetector,
  midiDetector,
  imelodyDetector,
  zipDetector,
  pdfDetector,
  smilDetector,
  svgDetector,
  htmlDetector,
  provisioningDetector,
  cardDetector,
  textDetector,
  bidiDetector,
  urlDetector,
];

/** Every code that inspection can report, with its row: what policies may name, and what analysts look up. */
export const FINDINGS: FindingTable = Object.fromEntries(
  [
    ANOMALY_FINDINGS,
    PART_FINDINGS,
    PROTOCOL_FINDINGS,
    SIZE_FINDINGS,
    MEMBER_FINDINGS,
    smilReferencesDetector.findings,
    ...PART_DETECTORS.map(({ findings }) => findings),
  ].flatMap((table) => Object.entries<FindingKind>(table)),
);
