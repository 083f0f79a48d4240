/** SVG that does something by itself. A static drawing holds nothing of this, and MMS needs no other (threats, 6.2). */
import type { FindingTable, Report } from './finding.ts';
import { visitActiveSigns, type ActiveSign } from './markup-active.ts';
import { oncePerCode } from './markup-report.ts';
import { familyOfType } from './media-families.ts';
import { readingsOf } from './part-readings.ts';
import type { PartDetector, PartView, Surroundings } from './part-view.ts';
import { gunzip, isGzip } from './svg-gzip.ts';

/** Findings about SVG. */
export const SVG_FINDINGS = {
  'svg-script': { severity: 'high', description: 'A drawing holds script' },
  'svg-event-handler': { severity: 'high', description: 'An element of a drawing runs script on an event' },
  'svg-script-link': {
    severity: 'high',
    description: 'A link of a drawing runs script, or opens a document that stands in the link itself',
  },
  'svg-embedded-document': {
    severity: 'high',
    description: 'A drawing shows another document, or runs a program, inside itself',
  },
  'svg-form': { severity: 'high', description: 'A drawing has a form, which sends what is typed into it' },
  'svg-refresh': { severity: 'high', description: 'A drawing leads to another address by itself' },
  'svg-declarations': {
    severity: 'high',
    description: 'A drawing declares entities or attributes, which can hide script or expand without end',
  },
  'svg-external-doctype': {
    severity: 'high',
    description: 'A drawing names a document type that would be fetched from a host',
  },
  'svg-app-link': {
    severity: 'medium',
    description: 'A link of a drawing starts or installs an application',
  },
  'svg-service-code-link': {
    severity: 'medium',
    description: 'A link of a drawing dials a service code, which can change or reset a telephone',
  },
  'svg-dial-link': {
    severity: 'medium',
    description: 'A link of a drawing dials a number or writes a message',
  },
  'svg-device-link': {
    severity: 'medium',
    description: 'A link of a drawing opens files or data of the device',
  },
  'svg-foreign-object': {
    severity: 'medium',
    description: 'A drawing holds content of another language, such as HTML; drawing programs do it at times',
  },
  'svg-remote-content': {
    severity: 'medium',
    description:
      'A drawing loads something from a host when it is shown, which tells the host that it was seen',
  },
  'svg-abbreviations': {
    severity: 'info',
    description: 'A drawing has short names for namespaces and styles, as some drawing programs write them',
  },
  'svg-compressed': {
    severity: 'info',
    description: 'A drawing is compressed, and was decompressed to be read',
  },
  'svg-compressed-broken': {
    severity: 'medium',
    description: 'What is labelled a drawing is compressed and cannot be decompressed',
    gap: 'undecodable',
  },
  'svg-compressed-over-limit': {
    severity: 'medium',
    description: 'A compressed drawing comes to more than 1 MiB, and was not read',
    gap: 'over-limit',
  },
} as const satisfies FindingTable;

type SvgFindingCode = keyof typeof SVG_FINDINGS;

const CODES: Readonly<Record<ActiveSign, SvgFindingCode>> = {
  script: 'svg-script',
  'event-handler': 'svg-event-handler',
  'script-link': 'svg-script-link',
  'app-link': 'svg-app-link',
  'dial-link': 'svg-dial-link',
  'service-code-link': 'svg-service-code-link',
  'device-link': 'svg-device-link',
  'embedded-document': 'svg-embedded-document',
  form: 'svg-form',
  refresh: 'svg-refresh',
  'foreign-object': 'svg-foreign-object',
  'remote-content': 'svg-remote-content',
  abbreviations: 'svg-abbreviations',
  'external-doctype': 'svg-external-doctype',
  declarations: 'svg-declarations',
};

const COMPRESSED_NAME = /\.svgz$/i;

/** Looks at drawings, by content or by what they are labelled, and into compressed ones. */
export const svgDetector: PartDetector<SvgFindingCode> = {
  name: 'svg',
  findings: SVG_FINDINGS,
  detect(part, report, surroundings) {
    const isLabelled = familyOfType(part.declaredType) === 'svg' || COMPRESSED_NAME.test(part.fileName);
    if (part.family !== 'svg' && !isLabelled) return;
    const texts = isGzip(part.octets) ? textsInGzip(part, report, surroundings) : part.texts;
    const reportOnce = oncePerCode(report);
    for (const text of texts) {
      visitActiveSigns(text, (sign, character) => {
        reportOnce(CODES[sign], character);
      });
    }
  },
};

function textsInGzip(
  { octets }: PartView,
  report: Report<SvgFindingCode>,
  { inflateRaw }: Surroundings,
): readonly string[] {
  const inflated = gunzip(octets, inflateRaw);
  switch (inflated.kind) {
    case 'inflated': {
      const { texts, isComplete } = readingsOf(inflated.bytes, undefined);
      report(isComplete ? 'svg-compressed' : 'svg-compressed-over-limit');
      return texts;
    }
    case 'over-limit':
      report('svg-compressed-over-limit');
      return [];
    case 'broken':
      report('svg-compressed-broken');
      return [];
  }
}
