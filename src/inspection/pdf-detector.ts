/**
 * PDF that does more than to be read, or that a reader cannot be sure of. It is found by its names, in the file and in
 * its object streams; the syntax around them is not checked, as readers do not (threats, 2.5 and 6.3).
 */
import type { FindingTable, Report } from './finding.ts';
import { Octets } from './octets.ts';
import type { InflateRaw, PartDetector } from './part-view.ts';
import { pdfNames, type PdfName, type PdfStretch } from './pdf-names.ts';
import { pdfSections, type PdfData, type PdfSection } from './pdf-sections.ts';

/** Readers look for the header in the first octets (ISO 32000-1, annex H, note 13). */
export const PDF_HEADER_OCTETS_MAX = 1024;

/** Object streams that are decompressed; a writer puts a hundred objects and more into each. */
export const PDF_OBJECT_STREAMS_MAX = 256;

/** Octets that all object streams together may come to. */
export const PDF_INFLATED_OCTETS_MAX = 4 * 1024 * 1024;

/** Findings about PDF. */
export const PDF_FINDINGS = {
  'pdf-header-late': {
    severity: 'low',
    description: 'Something stands before the header of a PDF: it may be a file of two formats',
  },
  'pdf-javascript': { severity: 'high', description: 'A PDF holds script' },
  'pdf-launch': { severity: 'high', description: 'A PDF starts a program or opens a file' },
  'pdf-rich-media': { severity: 'high', description: 'A PDF holds a programmed film (Flash) or its like' },
  'pdf-xfa': {
    severity: 'high',
    description: 'A PDF is a form of its own language (XFA), which holds script',
  },
  'pdf-name-hidden': {
    severity: 'high',
    description: 'A PDF spells what it does with escapes, so that it is not found',
  },
  'pdf-open-action-file': {
    severity: 'medium',
    description: 'A PDF holds another file, and does something when it is opened',
  },
  'pdf-embedded-file': {
    severity: 'low',
    description: 'A PDF holds another file, which was not looked into',
  },
  'pdf-jbig2': {
    severity: 'medium',
    description: 'A PDF holds a JBIG2 picture, as scanners write it and as FORCEDENTRY (CVE-2021-30860) did',
  },
  'pdf-encrypted': {
    severity: 'medium',
    description: 'A PDF is enciphered: its object streams cannot be read',
    gap: 'encrypted',
  },
  'pdf-streams-not-read': {
    severity: 'medium',
    description: 'A PDF keeps objects in a stream that we cannot decompress: what they do is not known',
    gap: 'undecodable',
  },
  'pdf-streams-over-limit': {
    severity: 'medium',
    description: 'A PDF keeps objects in more streams, or larger ones, than we decompress',
    gap: 'over-limit',
  },
} as const satisfies FindingTable;

type PdfFindingCode = keyof typeof PDF_FINDINGS;

/** Looks at what has the header of a PDF where readers look for it. */
export const pdfDetector: PartDetector<PdfFindingCode> = {
  name: 'pdf',
  findings: PDF_FINDINGS,
  detect({ octets }, report, { inflateRaw }) {
    const header = octets.indexOf('%PDF-', 0, PDF_HEADER_OCTETS_MAX);
    if (header < 0) return;
    if (header > 0) report('pdf-header-late', { offset: header });
    new PdfWalk(report, inflateRaw).walk(octets);
  },
};

/** What a name means by itself. */
const NAME_CODES: ReadonlyMap<string, PdfFindingCode> = new Map([
  ['JavaScript', 'pdf-javascript'],
  ['JS', 'pdf-javascript'],
  ['Launch', 'pdf-launch'],
  ['RichMedia', 'pdf-rich-media'],
  ['XFA', 'pdf-xfa'],
  ['JBIG2Decode', 'pdf-jbig2'],
  ['EmbeddedFile', 'pdf-embedded-file'],
  ['EmbeddedFiles', 'pdf-embedded-file'],
  ['Encrypt', 'pdf-encrypted'],
]);

const OPENING_NAMES: ReadonlySet<string> = new Set(['OpenAction', 'AA']);

/** In data that has no object by the look of it, names of fewer letters come up by chance. */
const NAME_LENGTH_IN_DATA_MIN = 6;

const OBJECT_STREAM = 'ObjStm';
const DEFLATE_FILTERS: readonly string[] = ['FlateDecode', 'Fl'];

/** Filters that leave something we cannot read, and what changes the data behind a filter. */
const OTHER_FILTERS: readonly string[] = [
  ...['ASCIIHexDecode', 'AHx', 'ASCII85Decode', 'A85', 'LZWDecode', 'LZW', 'RunLengthDecode', 'RL', 'Crypt'],
  'Predictor',
];

/** Names that only the dictionary of a stream has. */
const STREAM_NAMES: ReadonlySet<string> = new Set([OBJECT_STREAM, ...DEFLATE_FILTERS, ...OTHER_FILTERS]);

/** Entries that an object stream cannot do without. Outlines and annotations have one or the other. */
const OBJECT_STREAM_ENTRIES: readonly string[] = ['First', 'N'];

/** One file, section by section. */
class PdfWalk {
  readonly #report: Report<PdfFindingCode>;
  readonly #inflateRaw: InflateRaw;
  readonly #reported = new Set<PdfFindingCode>();
  #hasOpeningAction = false;
  /** Where objects are that could not be read. */
  #unreadAt: number | undefined;
  #objectStreams = 0;
  #inflatedLeft = PDF_INFLATED_OCTETS_MAX;

  constructor(report: Report<PdfFindingCode>, inflateRaw: InflateRaw) {
    this.#report = report;
    this.#inflateRaw = inflateRaw;
  }

  walk(octets: Octets): void {
    for (const section of pdfSections(octets)) {
      const names = this.#visitObjects(octets, section);
      const { data } = section;
      if (data === undefined) continue;
      this.#visitData(octets, data);
      if (isObjectStream(names)) this.#visitObjectStream(octets, data, names);
    }
    this.#reportUnread();
    const hasFile = this.#reported.has('pdf-embedded-file');
    if (this.#hasOpeningAction && hasFile) this.#reportOnce('pdf-open-action-file', undefined);
  }

  /** Returns what is said of the stream of the section. Only where a name has other uses its object must be the last. */
  #visitObjects(octets: Octets, section: PdfSection): ReadonlySet<string> {
    const names = new Set<string>();
    for (const found of pdfNames(octets, section)) {
      this.#visitName(found);
      const isOfLast = found.offset >= section.objectFrom && OBJECT_STREAM_ENTRIES.includes(found.name);
      if (isOfLast || STREAM_NAMES.has(found.name)) names.add(found.name);
    }
    return names;
  }

  /** Cross references may point into the data of streams, and make objects of it. */
  #visitData(octets: Octets, data: PdfData): void {
    for (const found of pdfNames(octets, data)) {
      if (!data.hasObjects && found.name.length < NAME_LENGTH_IN_DATA_MIN) continue;
      this.#visitName(found);
      if (found.name === OBJECT_STREAM) this.#unreadAt ??= found.offset;
    }
  }

  #visitName({ name, offset, isHidden }: PdfName): void {
    if (OPENING_NAMES.has(name)) this.#hasOpeningAction = true;
    const code = NAME_CODES.get(name);
    if (code === undefined) return;
    this.#reportOnce(code, offset);
    if (isHidden) this.#reportOnce('pdf-name-hidden', offset);
  }

  /** Objects in a stream have no place of their own in the file: reports point at its data. */
  #visitObjectStream(octets: Octets, { from, to }: PdfStretch, names: ReadonlySet<string>): void {
    this.#objectStreams += 1;
    const content =
      this.#objectStreams > PDF_OBJECT_STREAMS_MAX
        ? OVER_LIMIT
        : contentOf(octets.bytes.subarray(from, to), names, (deflated) => this.#inflate(deflated));
    if (content.kind === 'broken') this.#unreadAt ??= from;
    if (content.kind === 'over-limit') this.#reportOnce('pdf-streams-over-limit', from);
    if (content.kind !== 'inflated') return;
    const objects = new Octets(content.bytes);
    for (const { name, isHidden } of pdfNames(objects, { from: 0, to: objects.length })) {
      this.#visitName({ name, isHidden, offset: from });
    }
  }

  #inflate(deflated: Uint8Array): Content {
    if (this.#inflatedLeft === 0) return OVER_LIMIT;
    const inflated = this.#inflateRaw(deflated, this.#inflatedLeft);
    if (inflated.kind === 'inflated') this.#inflatedLeft -= inflated.bytes.length;
    return inflated;
  }

  /** That objects are enciphered is said once. */
  #reportUnread(): void {
    if (this.#unreadAt === undefined || this.#reported.has('pdf-encrypted')) return;
    this.#reportOnce('pdf-streams-not-read', this.#unreadAt);
  }

  /** A document may do a thing a thousand times; once is enough to know. */
  #reportOnce(code: PdfFindingCode, offset: number | undefined): void {
    if (this.#reported.has(code)) return;
    this.#reported.add(code);
    this.#report(code, { offset });
  }
}

/** Some readers ask for the type, and others only for the entries. */
function isObjectStream(names: ReadonlySet<string>): boolean {
  return names.has(OBJECT_STREAM) || OBJECT_STREAM_ENTRIES.every((entry) => names.has(entry));
}

type Content =
  | { readonly kind: 'inflated'; readonly bytes: Uint8Array }
  | { readonly kind: 'over-limit' }
  | { readonly kind: 'broken' };

const OVER_LIMIT: Content = { kind: 'over-limit' };
const BROKEN: Content = { kind: 'broken' };

/** The data of a stream with its filter undone: none, or one that makes it zlib format (RFC 1950). */
function contentOf(
  data: Uint8Array,
  names: ReadonlySet<string>,
  inflate: (deflated: Uint8Array) => Content,
): Content {
  if (OTHER_FILTERS.some((filter) => names.has(filter))) return BROKEN;
  if (!DEFLATE_FILTERS.some((filter) => names.has(filter))) return { kind: 'inflated', bytes: data };
  const [method = 0, flags = 0] = data;
  const isZlib = (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0 && (flags & 0x20) === 0;
  return isZlib ? inflate(data.subarray(2)) : BROKEN;
}
