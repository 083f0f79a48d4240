/** Which parts a message's presentation shows: what it does not show reaches the handset all the same. */
import { textParameter, type ContentType } from '../codec/content-type.ts';
import type { MmsPdu } from '../codec/pdu-types.ts';
import type { FindingTable } from './finding.ts';
import { linkKind } from './markup-links.ts';
import { familyOfType, isFamilyName, MEDIA_FAMILIES } from './media-families.ts';
import type { MessageDetector, MessageReport } from './message-detector.ts';
import { leavesOfMultipart } from './message-parts.ts';
import { partNames, partsNamed, type PartNames } from './part-names.ts';
import type { PartView } from './part-view.ts';
import { markupTokens } from './xml-tokens.ts';

/** Findings about what a presentation shows. Real messages have all of them, at times. */
export const SMIL_REFERENCE_FINDINGS = {
  'smil-media-unreferenced': {
    severity: 'low',
    description: 'A message carries a picture, sound or video that its presentation does not show',
  },
  'smil-part-unreferenced': {
    severity: 'info',
    description: 'A message carries a part that its presentation does not show, as cards and texts often are',
  },
  'smil-part-repeated': { severity: 'info', description: 'A presentation shows one part more than once' },
  'smil-reference-missing': {
    severity: 'low',
    description: 'A presentation shows a part that is not in the message',
  },
  'smil-name-ambiguous': {
    severity: 'low',
    description: 'Two parts answer to one name of a presentation: handsets differ in which of them they show',
  },
  'smil-presentations-several': {
    severity: 'low',
    description: 'A message has several presentations: handsets differ in which of them they show',
  },
  'smil-presentation-missing': {
    severity: 'low',
    description: 'A message says that it is arranged by SMIL, and holds none',
  },
  'smil-start-missing': {
    severity: 'low',
    description: 'The start parameter of a multipart names a part that is not there',
  },
  'smil-start-mismatch': {
    severity: 'low',
    description: 'The start parameter of a multipart names a part that is not the presentation',
  },
} as const satisfies FindingTable;

type SmilReferenceFindingCode = keyof typeof SMIL_REFERENCE_FINDINGS;
type ReferenceReport = MessageReport<SmilReferenceFindingCode>;

/** Elements of SMIL that show a part, by local name. */
export const MEDIA_ELEMENTS: ReadonlySet<string> = new Set([
  'img',
  'audio',
  'video',
  'text',
  'textstream',
  'ref',
  'animation',
]);

/**
 * What the media elements of a presentation show, in document order: the links as they stand, with their entities
 * decoded. Links out of the message and empty ones are left out.
 */
export function smilReferences(text: string): string[] {
  const references: string[] = [];
  for (const token of markupTokens(text, 'xml')) {
    if (token.kind !== 'start' || !MEDIA_ELEMENTS.has(token.name)) continue;
    for (const { localName, value } of token.attributes) {
      if (localName === 'src' && isOfMessage(value)) references.push(value);
    }
  }
  return references;
}

function isOfMessage(link: string): boolean {
  const kind = linkKind(link);
  return link.trim() !== '' && (kind === 'local' || kind === 'part');
}

/** Compares the presentation of a message with its parts. */
export const smilReferencesDetector: MessageDetector<SmilReferenceFindingCode> = {
  name: 'smil-references',
  findings: SMIL_REFERENCE_FINDINGS,
  detect({ pdu, parts }, report) {
    // A mailbox listing holds messages, each with a presentation of its own.
    if (pdu.body?.kind !== 'multipart' || pdu.type === 'm-mbox-view-conf') return;
    const names = partNames(leavesOfMultipart(pdu.body));
    const presentations = parts.filter(isPresentation);
    const presentation = reportStart(pdu, { names, presentations }, report) ?? presentations[0];
    if (presentation === undefined) return;
    if (presentations.length > 1) report('smil-presentations-several', { part: presentation.index });
    const shown = countShown(presentation, names, report);
    const others = parts.filter((part) => !presentations.includes(part));
    for (const part of others) reportCount(part, shown.get(part.index) ?? 0, report);
  },
};

function isPresentation({ family, declaredType }: PartView): boolean {
  return family === 'smil' || familyOfType(declaredType) === 'smil';
}

const MULTIPART_RELATED = /\/(?:vnd\.wap\.)?(?:multipart\.)?related$/i;

/** True for a multipart that has a presentation: its start parameter names it (RFC 2387). */
export function isRelated({ mediaType }: ContentType): boolean {
  return MULTIPART_RELATED.test(mediaType);
}

/** Reports on what a multipart/related says of its presentation (RFC 2387), and gives the one that it starts with. */
function reportStart(
  { headers }: MmsPdu,
  { names, presentations }: { readonly names: PartNames; readonly presentations: readonly PartView[] },
  report: ReferenceReport,
): PartView | undefined {
  const { contentType } = headers;
  if (contentType === undefined || !isRelated(contentType)) return undefined;
  const type = textParameter(contentType, 'type') ?? '';
  if (familyOfType(type) === 'smil' && presentations.length === 0) report('smil-presentation-missing');
  const start = textParameter(contentType, 'start') ?? '';
  if (start === '') return undefined;
  const named = [...partsNamed(start, names)];
  const presentation = presentations.find(({ index }) => named.includes(index));
  if (named.length === 0) report('smil-start-missing');
  else if (presentations.length > 0 && presentation === undefined)
    report('smil-start-mismatch', { part: named[0] });
  return presentation;
}

/** How often each part is shown, by its index. A name of several parts shows all of them. */
function countShown(
  { index, texts: [text = ''] }: PartView,
  names: PartNames,
  report: ReferenceReport,
): ReadonlyMap<number, number> {
  const shown = new Map<number, number>();
  for (const reference of smilReferences(text)) {
    const parts = partsNamed(reference, names);
    if (parts.size === 0) report('smil-reference-missing', { part: index });
    if (parts.size > 1) report('smil-name-ambiguous', { part: index, evidence: { parts: parts.size } });
    for (const part of parts) shown.set(part, (shown.get(part) ?? 0) + 1);
  }
  return shown;
}

function reportCount({ index, family }: PartView, count: number, report: ReferenceReport): void {
  if (count > 1) report('smil-part-repeated', { part: index, evidence: { count } });
  if (count > 0) return;
  const kind = isFamilyName(family) ? MEDIA_FAMILIES[family].kind : 'application';
  const isMedia = kind === 'image' || kind === 'audio' || kind === 'video';
  report(isMedia ? 'smil-media-unreferenced' : 'smil-part-unreferenced', { part: index });
}
