/** Stripping leaves a message that holds together, whatever it was, and nothing of what is taken out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContentType } from '../../src/codec/content-type.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { encodedString } from '../../src/codec/encoded-string.ts';
import type { MmsHeaders } from '../../src/codec/mms-fields.ts';
import type { MessageType } from '../../src/codec/mms-tokens.ts';
import type { Part } from '../../src/codec/multipart.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { encodeUtf8 } from '../../src/codec/text.ts';
import { leavesOfMultipart, type Leaf } from '../../src/inspection/message-parts.ts';
import { partNames, partsNamed } from '../../src/inspection/part-names.ts';
import { smilReferences } from '../../src/inspection/smil-references.ts';
import { stripMessage } from '../../src/proxy/strip-message.ts';
import * as wild from '../support/arbitraries.ts';
import { CORPUS, CORPUS_FOLDER } from '../support/corpus.ts';
import { pduBytes } from '../support/mms-messages.ts';
import { mustSkip } from '../support/needs.ts';
import { smil } from '../support/smil-sample.ts';

const NOTICE = 'Ein Teil wurde entfernt: größer.';
const RELATED = 'application/vnd.wap.multipart.related';
const MIXED: ContentType = { mediaType: 'application/vnd.wap.multipart.mixed', parameters: [] };
const SMIL = 'application/smil';
const REAL = { tolerate: REAL_WORLD };

const HEADERS = {
  'm-send-req': {
    transactionId: 'T-1',
    version: '1.2',
    from: { kind: 'insert-address' },
    to: [encodedString('+12025550122/TYPE=PLMN')],
    subject: encodedString('Größe'),
  },
  'm-retrieve-conf': { transactionId: 'R-1', version: '1.1', date: 1_700_000_000 },
} as const satisfies Partial<Record<MessageType, MmsHeaders>>;

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const isSmil = ({ contentType }: Leaf): boolean => contentType.mediaType === SMIL;

/** The parts of a message that is decoded strictly: what we make ourselves must not need a single leniency. */
function strictly(bytes: Uint8Array) {
  const { headers, body } = decodePdu(bytes).pdu;
  if (body?.kind !== 'multipart') throw new Error('no multipart');
  return { headers, leaves: leavesOfMultipart(body) };
}

const name = fc.constantFrom('a.gif', 'b.txt', 'notice.txt', '<c@d>', '<a.gif>', 'e');
const headers = fc
  .record({ contentId: name, contentLocation: name }, { requiredKeys: [] })
  .map((names) => ({ others: [], ...names }));
const smilText = fc
  .array(fc.constantFrom('a.gif', 'cid:a.gif', 'b.txt', 'cid:c%40d', 'e', 'nowhere'), { maxLength: 4 })
  .map((shown) => smil({ body: shown.map((source) => `<par><img src="${source}"/></par>`).join('') }));
let serial = 0;
/** No octets of one part are in another. */
const octets = fc.nat(300).map((size) => encodeUtf8(`part ${(serial += 1)}!${'x'.repeat(size)}`));
const partOf = (mediaType: string, bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Part> =>
  fc.record({ contentType: fc.constant({ mediaType, parameters: [] }), headers, bytes });
const leaf = fc.oneof(
  { weight: 4, arbitrary: partOf('image/gif', octets) },
  partOf(SMIL, smilText.map(encodeUtf8)),
);
const nest = (parts: readonly Part[], mediaType: string): Part => ({
  contentType: { mediaType, parameters: [] },
  headers: { others: [] },
  bytes: new Uint8Array(),
  nested: { kind: 'multipart', parts },
});
const { tree } = fc.letrec<{ tree: Part[]; inner: Part }>((tie) => ({
  tree: fc.array(fc.oneof({ maxDepth: 3 }, leaf, tie('inner')), { maxLength: 4 }),
  inner: fc
    .tuple(tie('tree'), fc.constantFrom(RELATED, MIXED.mediaType))
    .map(([parts, mediaType]) => nest(parts, mediaType)),
}));
const outer = fc.oneof(
  fc.constant(MIXED),
  name.map((start): ContentType => ({ mediaType: RELATED, parameters: [{ name: 'start', value: start }] })),
);

/** A message, and the parts that are taken out of it. */
const stripping = fc
  .record({
    tree,
    contentType: outer,
    type: fc.constantFrom('m-send-req', 'm-retrieve-conf'),
    choice: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    keepLength: fc.boolean(),
  })
  .map(({ tree: parts, contentType, type, choice, keepLength }) => {
    const before = leavesOfMultipart({ kind: 'multipart', parts });
    const removed = before.flatMap((_, at) => (choice[at % choice.length] === true ? [at] : []));
    const body = pduBytes(type, { ...HEADERS[type], contentType }, { kind: 'multipart', parts });
    const result = stripMessage(body, removed, NOTICE, { decode: {}, keepLength });
    return { type, before, removed, body, keepLength, result };
  });

/** What came of a stripping that did not fail; the failures are of the kinds that they may be. */
const stripped = stripping.map(({ result, ...rest }) => {
  if (result.kind === 'stripped') return { ...rest, octets: result.body };
  const allowed = rest.removed.length === 0 ? 'part-missing' : 'length-unreachable';
  if (result.reason !== allowed) throw new Error(result.reason);
  return undefined;
});
type Stripped = NonNullable<typeof stripped extends fc.Arbitrary<infer Value> ? Value : never>;

function holds(check: (run: Stripped) => void): void {
  let runs = 0;
  fc.assert(
    fc.property(stripped, (run) => {
      if (run === undefined) return;
      runs += 1;
      check(run);
    }),
    { numRuns: 300 },
  );
  expect(runs).toBeGreaterThan(100);
}

describe('a message without some of its parts', () => {
  it('decodes strictly, with the headers that it had', () => {
    holds(({ type, octets: bytes }) => {
      expect({ ...strictly(bytes).headers, contentType: undefined }).toEqual({
        ...HEADERS[type],
        contentType: undefined,
      });
    });
  });

  it('has one notice, and the other parts with their octets', () => {
    holds(({ before, removed, octets: bytes }) => {
      const kept = before.filter((one, at) => !removed.includes(at) && !isSmil(one));
      const { leaves } = strictly(bytes);
      const notices = leaves.filter(({ contentType }) => contentType.mediaType === 'text/plain');
      const others = leaves.filter((one) => !notices.includes(one) && !isSmil(one));
      expect(others.map((one) => textOf(one.bytes))).toEqual(kept.map((one) => textOf(one.bytes)));
      expect(notices).toHaveLength(1);
    });
  });

  it('holds nothing of what is taken out', () => {
    holds(({ before, removed, octets: bytes }) => {
      const gone = before.filter((one, at) => removed.includes(at) && !isSmil(one));
      for (const one of gone) expect(textOf(bytes)).not.toContain(textOf(one.bytes));
    });
  });

  it('has presentations that show nothing which has gone', () => {
    holds(({ before, octets: bytes }) => {
      const { leaves } = strictly(bytes);
      const isIn = (source: string, parts: readonly Leaf[]): boolean =>
        partsNamed(source, partNames(parts)).size > 0;
      const shown = leaves.filter(isSmil).flatMap((one) => smilReferences(textOf(one.bytes)));
      expect(shown.filter((source) => isIn(source, before) && !isIn(source, leaves))).toEqual([]);
    });
  });

  it('has its length where it is to be kept', () => {
    holds(({ body, keepLength, octets: bytes }) => {
      if (keepLength) expect(bytes).toHaveLength(body.length);
    });
  });
});

describe('stripMessage', () => {
  it('gives a value for any PDU that a lenient decoder reads, and one that it reads again', () => {
    fc.assert(
      fc.property(wild.pdu, fc.array(fc.nat(4), { maxLength: 3 }), fc.boolean(), (pdu, parts, keepLength) => {
        const bytes = pduBytes(pdu.type, pdu.headers, pdu.body);
        const result = stripMessage(bytes, parts, NOTICE, { decode: REAL, keepLength });
        if (result.kind === 'stripped') expect(decodePdu(result.body, REAL).pdu.type).toBe(pdu.type);
      }),
    );
  });
});

describe.skipIf(mustSkip(CORPUS.length > 0))(`stripping the corpus (needs ${CORPUS_FOLDER})`, () => {
  const messages = CORPUS.flatMap(({ file, bytes, type }) => {
    if (!/send-req|retrieve-conf/.test(type)) return [];
    const { body } = decodePdu(bytes, REAL).pdu;
    return body?.kind === 'multipart' ? [{ file, bytes, leaves: leavesOfMultipart(body) }] : [];
  });

  it('has messages with parts', () => {
    expect(messages.length).toBeGreaterThan(20);
  });

  it.each(messages)('takes each part out of $file and leaves the others', ({ bytes, leaves }) => {
    for (const [number, { bytes: gone }] of leaves.entries()) {
      for (const keepLength of [false, true]) {
        const result = stripMessage(bytes, [number], NOTICE, { decode: REAL, keepLength });
        if (result.kind === 'failed') {
          expect([keepLength, result.reason]).toEqual([true, 'length-unreachable']);
          continue;
        }
        if (keepLength) expect(result.body).toHaveLength(bytes.length);
        const { body } = decodePdu(result.body, REAL).pdu;
        const left = body?.kind === 'multipart' ? leavesOfMultipart(body) : [];
        expect(left).toHaveLength(leaves.length);
        const changed = left.filter(
          (one, at) => !Buffer.from(one.bytes).equals(leaves[at]?.bytes ?? Buffer.of()),
        );
        expect(changed.length).toBeLessThanOrEqual(2);
        expect(left[number]?.contentType.mediaType).toBe('text/plain');
        expect(gone.length > 60 && Buffer.from(result.body).includes(Buffer.from(gone))).toBe(false);
      }
    }
  });
});
