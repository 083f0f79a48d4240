/** Texts and colour profiles in a PNG, which are deflated: they may unfold to far more than the picture. */
import type { Octets } from './octets.ts';
import type { InflateRaw } from './part-view.ts';
import type { PngChunk } from './png-chunk.ts';

/** Octets that all texts and profiles of one PNG unfold to. */
export const PNG_TEXT_BYTES_MAX = 1_000_000;

/** Texts that are unfolded. Pictures have a profile, and a handful of texts. */
export const PNG_TEXTS_MAX = 1_000;

/** Texts that turn out to be broken, for each may have cost as much as a whole one. */
export const PNG_TEXTS_BROKEN_MAX = 8;

/** Octets of a keyword or the name of a profile (PNG specification 11.3.2.3, 11.3.3). */
const KEYWORD_MAX = 79;

/** What is wrong with a text: it unfolds to too much, it cannot be unfolded, or too many were before it. */
export type PngTextFault = 'flood' | 'broken' | 'many';

/** Unfolds the texts of one PNG, within limits that hold for all of them together. */
export class PngTexts {
  readonly #octets: Octets;
  readonly #inflateRaw: InflateRaw;
  #bytesLeft = PNG_TEXT_BYTES_MAX;
  #textsLeft = PNG_TEXTS_MAX;
  #brokenLeft = PNG_TEXTS_BROKEN_MAX;

  constructor(octets: Octets, inflateRaw: InflateRaw) {
    this.#octets = octets;
    this.#inflateRaw = inflateRaw;
  }

  /** Unfolds what a chunk has folded. Undefined when nothing is wrong with it, and where it is cut off. */
  unfold(chunk: PngChunk): PngTextFault | undefined {
    const stream = foldedStream(this.#octets, chunk);
    if (stream === undefined) return undefined;
    if (this.#textsLeft === 0 || this.#brokenLeft === 0) return 'many';
    this.#textsLeft -= 1;
    const fault = this.#bytesLeft === 0 ? 'flood' : this.#unfoldStream(stream);
    if (fault === 'broken') this.#brokenLeft -= 1;
    return fault;
  }

  #unfoldStream(stream: Uint8Array): 'flood' | 'broken' | undefined {
    if (!hasZlibHeader(stream)) return 'broken';
    const inflated = this.#inflateRaw(stream.subarray(2), this.#bytesLeft);
    switch (inflated.kind) {
      case 'inflated':
        this.#bytesLeft -= inflated.bytes.length;
        return undefined;
      case 'over-limit':
        this.#bytesLeft = 0;
        return 'flood';
      case 'broken':
        return 'broken';
    }
  }
}

/** RFC 1950 section 2.2: deflate, no dictionary, and a check on both octets. */
function hasZlibHeader([method = 0, flags = 0]: Uint8Array): boolean {
  return (method & 0x0f) === 8 && (flags & 0x20) === 0 && (method * 256 + flags) % 31 === 0;
}

/** The zlib stream of a chunk: behind a keyword, a zero, and what its type has there. */
function foldedStream(octets: Octets, { type, dataOffset, length }: PngChunk): Uint8Array | undefined {
  const end = dataOffset + length;
  const keywordEnd = octets.indexOf('\0', dataOffset, Math.min(end, dataOffset + KEYWORD_MAX + 1));
  if (keywordEnd < 0) return undefined;
  const start = type === 'iTXt' ? internationalStart(octets, keywordEnd, end) : keywordEnd + 2;
  return octets.slice(start, end - start);
}

/** `iTXt` says whether it is folded; then come a language and a keyword in it, each with a zero. -1 when there is none. */
function internationalStart(octets: Octets, keywordEnd: number, end: number): number {
  if (octets.octet(keywordEnd + 1) !== 1) return -1;
  const languageEnd = octets.indexOf('\0', keywordEnd + 3, end);
  const translatedEnd = languageEnd < 0 ? -1 : octets.indexOf('\0', languageEnd + 1, end);
  return translatedEnd < 0 ? -1 : translatedEnd + 1;
}
