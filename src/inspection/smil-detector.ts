/**
 * SMIL that does more than to arrange the parts of its message. The policy is that of threats 6.1; what handsets write
 * keeps to it.
 */
import type { FindingTable, Report } from './finding.ts';
import { isEventHandler } from './markup-active.ts';
import { doctypeKind, type DoctypeKind } from './markup-doctype.ts';
import { linkKind, type LinkKind } from './markup-links.ts';
import { oncePerCode, type CharacterReport } from './markup-report.ts';
import { familyOfType } from './media-families.ts';
import type { PartDetector } from './part-view.ts';
import { isCovering, isInvisible, regionOf, type SmilRegion } from './smil-regions.ts';
import { attributeValue, markupTokens, type MarkupAttribute } from './xml-tokens.ts';

/** Elements of a presentation. One of a hundred slides with picture, text and sound has some four hundred. */
export const SMIL_ELEMENTS_MAX = 500;

/** Elements inside one another. A handset needs seven: smil, body, seq, par, switch, text, param. */
export const SMIL_DEPTH_MAX = 32;

/** Characters of an attribute. Longer ones have overflown a composer of MMS (Mulliner, 2006). */
export const SMIL_ATTRIBUTE_LENGTH_MAX = 256;

/** Regions of a layout. MMS conformance has two. */
export const SMIL_REGIONS_MAX = 16;

/** Findings about SMIL by itself; smil-references.ts has those about the parts that it shows. */
export const SMIL_FINDINGS = {
  'smil-root-unexpected': {
    severity: 'low',
    description: 'What is labelled SMIL has another root element, so a handset cannot show it',
  },
  'smil-doctype': {
    severity: 'low',
    description: 'SMIL has a document type, as some handsets write it; MMS needs none',
  },
  'smil-doctype-external': {
    severity: 'high',
    description: 'SMIL names a document type that would be fetched from a host',
  },
  'smil-declarations': {
    severity: 'high',
    description: 'SMIL declares entities or attributes, which can hide what it holds or expand without end',
  },
  'smil-script': { severity: 'high', description: 'SMIL holds script' },
  'smil-link-network': {
    severity: 'high',
    description: 'SMIL leads out of the message to a host, which is told that the message was shown',
  },
  'smil-link-script': { severity: 'high', description: 'A link of SMIL runs script' },
  'smil-link-data': { severity: 'high', description: 'A link of SMIL holds the content that it shows' },
  'smil-link-app': { severity: 'high', description: 'A link of SMIL starts or installs an application' },
  'smil-link-device': { severity: 'high', description: 'A link of SMIL opens files or data of the device' },
  'smil-link-dial': { severity: 'medium', description: 'A link of SMIL dials a number or writes a message' },
  'smil-link-other': { severity: 'low', description: 'A link of SMIL has a scheme that we do not know' },
  'smil-element-unexpected': {
    severity: 'low',
    description: 'SMIL has an element that is no layout, time, media or transition element',
  },
  'smil-elements-over-limit': {
    severity: 'medium',
    description: `SMIL has more than ${SMIL_ELEMENTS_MAX} elements`,
  },
  'smil-depth-over-limit': {
    severity: 'high',
    description: `SMIL has more than ${SMIL_DEPTH_MAX} elements inside one another, which exhausts a parser that recurses`,
  },
  'smil-attribute-over-limit': {
    severity: 'high',
    description: `SMIL has an attribute of more than ${SMIL_ATTRIBUTE_LENGTH_MAX} characters, which has overflown a composer of MMS`,
  },
  'smil-regions-over-limit': {
    severity: 'medium',
    description: `SMIL lays out more than ${SMIL_REGIONS_MAX} regions`,
  },
  'smil-region-invisible': {
    severity: 'low',
    description: 'SMIL shows something in a region that has no area or lies outside of the screen',
  },
  'smil-region-covered': {
    severity: 'info',
    description: 'SMIL shows something in a region that another one lies upon, wholly',
  },
} as const satisfies FindingTable;

type SmilFindingCode = keyof typeof SMIL_FINDINGS;

/** Looks at presentations, by content or by what they are labelled. */
export const smilDetector: PartDetector<SmilFindingCode> = {
  name: 'smil',
  findings: SMIL_FINDINGS,
  detect({ family, declaredType, texts }, report: Report<SmilFindingCode>) {
    if (family !== 'smil' && familyOfType(declaredType) !== 'smil') return;
    const reportOnce = oncePerCode(report);
    for (const text of texts) new SmilWalk(reportOnce).walk(text);
  },
};

const DOCTYPE_CODES: Readonly<Record<DoctypeKind, SmilFindingCode>> = {
  plain: 'smil-doctype',
  external: 'smil-doctype-external',
  abbreviations: 'smil-declarations',
  declarations: 'smil-declarations',
};

const LINK_CODES: Readonly<Record<LinkKind, SmilFindingCode | undefined>> = {
  local: undefined,
  part: undefined,
  network: 'smil-link-network',
  script: 'smil-link-script',
  'active-data': 'smil-link-data',
  data: 'smil-link-data',
  app: 'smil-link-app',
  device: 'smil-link-device',
  dial: 'smil-link-dial',
  other: 'smil-link-other',
};

const LINK_ATTRIBUTES: ReadonlySet<string> = new Set([
  'src',
  'href',
  'base',
  'data',
  'action',
  'backgroundimage',
  'from',
  'to',
]);

/** Elements of the MMS profile of SMIL 2.0, and those of its modules that 3GPP SMIL has (3GPP TS 26.246). */
const ELEMENTS: ReadonlySet<string> = new Set(
  `smil head meta metadata layout root-layout toplayout viewport region regpoint transition transitionfilter
  body par seq excl priorityclass switch img audio video text textstream ref animation brush param area anchor a
  prefetch animate animatecolor animatemotion set`.split(/\s+/),
);

const SCRIPT_ELEMENT = 'script';

/** One reading of a presentation, token by token. */
class SmilWalk {
  readonly #report: CharacterReport<SmilFindingCode>;
  #elements = 0;
  #depth = 0;
  #root = regionOf([]);
  /** At most `SMIL_REGIONS_MAX`. */
  readonly #regions: PlacedRegion[] = [];
  readonly #shownRegions = new Set<string>();

  constructor(report: CharacterReport<SmilFindingCode>) {
    this.#report = report;
  }

  walk(text: string): void {
    for (const token of markupTokens(text, 'xml')) {
      if (token.kind === 'doctype') this.#report(DOCTYPE_CODES[doctypeKind(token.text)], token.offset);
      else if (token.kind === 'end') this.#depth = Math.max(0, this.#depth - 1);
      else if (token.kind === 'start' || token.kind === 'instruction') this.#visitAttributes(token);
      if (token.kind === 'start') this.#visitElement(token);
    }
    this.#judgeLayout();
  }

  #visitAttributes(token: Tag): void {
    for (const attribute of token.attributes) {
      const { localName, value } = attribute;
      if (value.length > SMIL_ATTRIBUTE_LENGTH_MAX) this.#report('smil-attribute-over-limit', token.offset);
      if (isEventHandler(attribute)) this.#report('smil-script', token.offset);
      if (LINK_ATTRIBUTES.has(localName) || (localName === 'content' && isBase(token))) {
        const code = LINK_CODES[linkKind(value)];
        if (code !== undefined) this.#report(code, token.offset);
      }
    }
  }

  #visitElement({ name, attributes, isEmpty, offset }: Tag & { readonly isEmpty: boolean }): void {
    this.#elements += 1;
    if (this.#elements === 1 && name !== 'smil') this.#report('smil-root-unexpected', offset);
    if (this.#elements > SMIL_ELEMENTS_MAX) this.#report('smil-elements-over-limit', offset);
    if (this.#depth >= SMIL_DEPTH_MAX) this.#report('smil-depth-over-limit', offset);
    if (!isEmpty) this.#depth += 1;
    if (name === SCRIPT_ELEMENT) this.#report('smil-script', offset);
    else if (!ELEMENTS.has(name)) this.#report('smil-element-unexpected', offset);
    if (name === 'root-layout') this.#root = regionOf(attributes);
    if (name === 'region') this.#visitRegion(attributes, offset);
    this.#shownRegions.add(attributeValue(attributes, 'region') ?? '');
  }

  #visitRegion(attributes: readonly MarkupAttribute[], offset: number): void {
    if (this.#regions.length < SMIL_REGIONS_MAX) this.#regions.push({ ...regionOf(attributes), offset });
    else this.#report('smil-regions-over-limit', offset);
  }

  /** Only regions that something is shown in are judged: handsets lay out more than they use. */
  #judgeLayout(): void {
    const shown = this.#regions.filter(({ id }) => id !== '' && this.#shownRegions.has(id));
    for (const region of shown) {
      if (isInvisible(region, this.#root)) this.#report('smil-region-invisible', region.offset);
      const isCovered = shown.some((upper) => isCovering(upper, region, this.#root));
      if (isCovered) this.#report('smil-region-covered', region.offset);
    }
  }
}

interface PlacedRegion extends SmilRegion {
  readonly offset: number;
}

interface Tag {
  readonly name: string;
  readonly attributes: readonly MarkupAttribute[];
  readonly offset: number;
}

/** `<meta name="base" content="…">` gives every link of SMIL 1.0 its beginning. */
function isBase({ name, attributes }: Tag): boolean {
  return name === 'meta' && attributeValue(attributes, 'name')?.trim().toLowerCase() === 'base';
}
