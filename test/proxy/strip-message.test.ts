import { describe, expect, it } from 'vitest';
import type { ContentType } from '../../src/codec/content-type.ts';
import { DEFAULT_DECODE_LIMITS } from '../../src/codec/decode-limits.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { encodedString } from '../../src/codec/encoded-string.ts';
import type { MmsHeaders } from '../../src/codec/mms-fields.ts';
import type { MessageType } from '../../src/codec/mms-tokens.ts';
import type { Multipart, Part } from '../../src/codec/multipart.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import type { MmsPdu } from '../../src/codec/pdu-types.ts';
import { encodeUtf8 } from '../../src/codec/text.ts';
import { FindingCollector } from '../../src/inspection/finding-collector.ts';
import { leavesOfMultipart, partsOf } from '../../src/inspection/message-parts.ts';
import { smilReferences } from '../../src/inspection/smil-references.ts';
import { PRESENTATION_OCTETS_MAX, stripMessage, type StripResult } from '../../src/proxy/strip-message.ts';
import { pduBytes } from '../support/mms-messages.ts';
import { smil } from '../support/smil-sample.ts';

const NOTICE = 'Ein Teil wurde entfernt: größer.';
const RELATED = 'application/vnd.wap.multipart.related';
const MIXED: ContentType = { mediaType: 'application/vnd.wap.multipart.mixed', parameters: [] };

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

interface PartSample {
  readonly type?: string;
  readonly parameters?: ContentType['parameters'];
  readonly headers?: Partial<Part['headers']>;
  readonly bytes?: Uint8Array;
}

const part = (sample: PartSample = {}): Part => ({
  contentType: { mediaType: sample.type ?? 'image/gif', parameters: sample.parameters ?? [] },
  headers: { others: [], ...sample.headers },
  bytes: sample.bytes ?? encodeUtf8('GIF89a, and what comes behind it, of some length'),
});
const nest = (parts: readonly Part[], mediaType = MIXED.mediaType): Part => ({
  ...part({ type: mediaType, bytes: new Uint8Array() }),
  nested: { kind: 'multipart', parts },
});
const message = (
  parts: readonly Part[],
  contentType: ContentType = MIXED,
  type: keyof typeof HEADERS = 'm-send-req',
): Buffer => pduBytes(type, { ...HEADERS[type], contentType }, { kind: 'multipart', parts });

const strip = (body: Uint8Array, parts: readonly number[], keepLength = false): StripResult =>
  stripMessage(body, parts, NOTICE, { decode: {}, keepLength });

/** Strictly decoded: what we make ourselves must not need a single leniency. */
function pduOf(result: StripResult): MmsPdu {
  if (result.kind === 'failed') throw new Error(result.reason);
  return decodePdu(result.body).pdu;
}
const bodyOf = (result: StripResult): Multipart => {
  const { body } = pduOf(result);
  if (body?.kind !== 'multipart') throw new Error('no multipart');
  return body;
};
const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

const PHOTO = part({ type: 'image/jpeg', headers: { contentId: '<photo>', contentLocation: 'photo.jpg' } });
const SONG = part({ type: 'audio/amr', headers: { contentLocation: 'song.amr' } });
const WORDS = part({ type: 'text/plain', bytes: encodeUtf8('Hello') });

describe('stripMessage', () => {
  it.each(['m-send-req', 'm-retrieve-conf'] as const)('replaces a part of an %s by the notice', (type) => {
    const pdu = pduOf(strip(message([WORDS, PHOTO, SONG], MIXED, type), [1]));
    const notice = {
      contentType: {
        mediaType: 'text/plain',
        parameters: [
          { name: 'charset', value: 106 },
          { name: 'name', value: 'notice.txt' },
        ],
      },
      headers: { contentId: '<photo>', contentLocation: 'notice.txt', others: [] },
      bytes: encodeUtf8(NOTICE),
    };
    const body = { kind: 'multipart', parts: [WORDS, notice, SONG] };
    expect(pdu).toEqual({ ...pdu, type, headers: { ...HEADERS[type], contentType: MIXED }, body });
  });

  it('puts one notice in the place of several parts', () => {
    const { parts } = bodyOf(strip(message([PHOTO, WORDS, SONG]), [2, 0, 2]));
    expect(parts.map(({ bytes }) => textOf(bytes))).toEqual([NOTICE, 'Hello']);
  });

  it('counts the parts of inner multiparts through, and leaves none that is empty behind', () => {
    const body = message([nest([WORDS, SONG]), nest([nest([PHOTO])]), nest([]), PHOTO]);
    const { parts } = bodyOf(strip(body, [1, 2]));
    expect(parts.map(({ nested }) => nested?.parts.map(({ bytes }) => textOf(bytes)))).toEqual([
      ['Hello', NOTICE],
      [],
      undefined,
    ]);
  });

  it('numbers parts as their inspection does', () => {
    const pdu = decodePdu(message([nest([WORDS, SONG]), PHOTO, nest([PHOTO, WORDS])])).pdu;
    const numbered = partsOf(pdu, new FindingCollector(), {});
    const leaves = pdu.body?.kind === 'multipart' ? leavesOfMultipart(pdu.body) : [];
    expect(numbered.map(({ index, octets }) => [index, octets.bytes])).toEqual(
      leaves.map(({ bytes }, index) => [index, bytes]),
    );
  });

  it.each([
    ['<../../photo>', '<notice.txt>'],
    ['<call 0900 now>', '<notice.txt>'],
    ['', '<notice.txt>'],
    [`<${'a'.repeat(64)}>`, `<${'a'.repeat(64)}>`],
    [`<${'a'.repeat(65)}>`, '<notice.txt>'],
  ])('goes on with the Content-ID %j as %j', (contentId, expected) => {
    const { parts } = bodyOf(strip(message([part({ headers: { contentId } })]), [0]));
    expect(parts[0]?.headers.contentId).toBe(expected);
  });

  it('takes a name that no other part has', () => {
    const taken = [
      part({ headers: { contentLocation: 'NOTICE.txt' } }),
      part({ headers: { contentId: '<notice-.txt>' } }),
    ];
    const { parts } = bodyOf(strip(message([PHOTO, ...taken]), [0]));
    expect(parts[0]?.headers.contentLocation).toBe('notice--.txt');
  });

  it('drops octets behind the parts, flagged or not', () => {
    const behind = encodeUtf8('a part to some');
    const body = Buffer.concat([message([WORDS, PHOTO]), behind]);
    const options = { decode: { tolerate: REAL_WORLD }, keepLength: false };
    const whole = bodyOf(stripMessage(body, [2], NOTICE, options));
    expect(whole.parts.map(({ bytes }) => textOf(bytes))).toEqual(['Hello', textOf(PHOTO.bytes)]);
    expect(bodyOf(stripMessage(body, [1], NOTICE, options)).trailing).toBeUndefined();
  });
});

describe('stripMessage, with a presentation', () => {
  const text = smil({
    body: '<par><img src="photo.jpg" region="Image"/></par><par><audio src="song.amr"/></par>',
  });
  const presentation = (sample: PartSample = {}): Part =>
    part({ type: 'application/smil', headers: { contentId: '<start>' }, bytes: encodeUtf8(text), ...sample });
  const related = (...names: readonly string[]): ContentType => ({
    mediaType: RELATED,
    parameters: names.map((value) => ({ name: 'start', value })),
  });

  it('shows the notice where the part was shown, and everything else as before', () => {
    const { parts } = bodyOf(strip(message([presentation(), PHOTO, SONG], related('<start>')), [1]));
    expect(textOf(parts[0]?.bytes)).toBe(
      text.replace('<img src="photo.jpg" region="Image"/>', '<text src="notice.txt" region="Text"/>'),
    );
  });

  it('leaves it as it is when it does not show the part, in its transfer encoding and all', () => {
    const bytes = encodeUtf8(Buffer.from(text).toString('base64'));
    const kept = presentation({ bytes, headers: { contentTransferEncoding: 'base64' } });
    expect(bodyOf(strip(message([kept, WORDS, PHOTO]), [1])).parts[0]).toEqual(kept);
  });

  it('undoes its transfer encoding when it has to change', () => {
    const bytes = encodeUtf8(Buffer.from(text).toString('base64'));
    const encoded = presentation({ bytes, headers: { contentTransferEncoding: 'base64' } });
    const [changed] = bodyOf(strip(message([encoded, PHOTO]), [1])).parts;
    expect(changed?.headers.contentTransferEncoding).toBe('binary');
    expect(smilReferences(textOf(changed?.bytes))).toEqual(['notice.txt', 'song.amr']);
  });

  it('keeps its charset, and takes UTF-8 where it is in another', () => {
    const utf16 = Buffer.from(text, 'utf16le').swap16();
    const wide = presentation({ parameters: [{ name: 'charset', value: 1015 }], bytes: utf16 });
    const [inUtf16] = bodyOf(strip(message([wide, PHOTO]), [1])).parts;
    expect(
      Buffer.from(inUtf16?.bytes ?? [])
        .swap16()
        .toString('utf16le'),
    ).toContain('notice.txt');
    const wrong = presentation({
      parameters: [{ name: 'charset', value: 3 }],
      bytes: encodeUtf8(text.replace('<head>', '<head><!--ö-->')),
    });
    const [inUtf8] = bodyOf(strip(message([wrong, PHOTO]), [1])).parts;
    expect(inUtf8?.contentType.parameters).toEqual([{ name: 'charset', value: 106 }]);
    expect(textOf(inUtf8?.bytes)).toContain('notice.txt');
  });

  it('leaves one that is no text in any charset that it could be in', () => {
    const bytes = Buffer.concat([encodeUtf8(text), Buffer.of(0xff)]);
    const broken = presentation({ bytes });
    expect(bodyOf(strip(message([broken, PHOTO]), [1])).parts[0]?.bytes).toEqual(new Uint8Array(bytes));
  });

  it('changes one of so many octets and none of one more', () => {
    const padded = (size: number) => encodeUtf8(text + ' '.repeat(size - text.length));
    for (const [size, isChanged] of [
      [PRESENTATION_OCTETS_MAX, true],
      [PRESENTATION_OCTETS_MAX + 1, false],
    ] as const) {
      const [left] = bodyOf(strip(message([presentation({ bytes: padded(size) }), PHOTO]), [1])).parts;
      expect(textOf(left?.bytes).includes('notice.txt')).toBe(isChanged);
    }
  });

  it('leaves a reference that another part answers to as well', () => {
    const twin = part({ headers: { contentLocation: 'photo.jpg' } });
    const [kept] = bodyOf(strip(message([presentation(), PHOTO, twin]), [1])).parts;
    expect(textOf(kept?.bytes)).toBe(text);
  });

  it.each([
    ['the presentation', related('<start>'), [0], MIXED],
    ['an unnamed presentation', related(), [0], MIXED],
    ['what the start parameter names', related('<photo>'), [1], MIXED],
    ['another part', related('<start>'), [1], related('<start>')],
    [
      'the presentation of what is not related',
      { mediaType: 'multipart/alternative', parameters: [] },
      [0],
      undefined,
    ],
  ])('without %s starts with something that is there', (_, contentType, removed, expected) => {
    const pdu = pduOf(strip(message([presentation(), PHOTO], contentType), removed));
    expect(pdu.headers.contentType).toEqual(expected ?? contentType);
  });

  it('makes an inner multipart mixed that has lost its presentation, and not the outer one', () => {
    const inner = nest([presentation(), PHOTO], RELATED);
    const pdu = pduOf(strip(message([WORDS, inner], MIXED), [1]));
    const [, changed] = pdu.body?.kind === 'multipart' ? pdu.body.parts : [];
    expect([pdu.headers.contentType, changed?.contentType]).toEqual([MIXED, MIXED]);
  });
});

describe('stripMessage, keeping the length', () => {
  it.each([0, 1, 2, 60, 126, 127, 128, 129, 160, 255, 16_383, 16_384, 16_385])(
    'gives a message of the same length for a part of 60 and %i octets',
    (size) => {
      const body = message([WORDS, part({ bytes: new Uint8Array(60 + size) })]);
      const result = strip(body, [1], true);
      expect(result).toMatchObject({ kind: 'stripped', body: { length: body.length } });
      const notice = textOf(bodyOf(result).parts[1]?.bytes).trimEnd();
      expect(NOTICE.startsWith(notice)).toBe(true);
    },
  );

  it('gives the same length with a presentation, and in inner multiparts', () => {
    const presentation = part({
      type: 'application/smil',
      bytes: encodeUtf8(smil({ body: '<img src="photo.jpg"/>' })),
    });
    for (let size = 100; size < 300; size += 1) {
      const photo = { ...PHOTO, bytes: new Uint8Array(size) };
      const body = message([presentation, nest([nest([WORDS, photo])])]);
      expect(strip(body, [2], true)).toMatchObject({ kind: 'stripped', body: { length: body.length } });
    }
  });

  it('says that not even an empty notice fits', () => {
    expect(strip(message([WORDS, part({ bytes: Uint8Array.of(1) })]), [1], true)).toEqual({
      kind: 'failed',
      reason: 'length-unreachable',
    });
  });
});

describe('stripMessage, where nothing can be stripped', () => {
  const single = pduBytes(
    'm-send-req',
    { ...HEADERS['m-send-req'], contentType: WORDS.contentType },
    { kind: 'single', bytes: WORDS.bytes },
  );
  const listing = pduBytes(
    'm-mbox-view-conf',
    { transactionId: 'V-1', version: '1.2', responseStatus: 'ok', contentType: MIXED },
    { kind: 'multipart', parts: [WORDS] },
  );
  const acknowledgement = pduBytes('m-acknowledge-ind', { transactionId: 'A', version: '1.2' });
  it.each([
    ['what is no PDU', Buffer.from('no PDU'), [0], 'undecodable'],
    ['a message cut off', message([WORDS, PHOTO]).subarray(0, -1), [0], 'undecodable'],
    ['content that is no multipart', single, [0], 'not-multipart'],
    ['a message without content', acknowledgement, [0], 'not-multipart'],
    ['a mailbox listing', listing, [0], 'listing'],
    ['no part', message([WORDS]), [], 'part-missing'],
    ['a part that is not there', message([WORDS]), [0, 1], 'part-missing'],
  ])('says so of %s', (_, body, parts, reason) => {
    expect(strip(body, parts)).toEqual({ kind: 'failed', reason });
  });

  it('says so of a result over the limits of the decoder', () => {
    const body = message([WORDS]);
    const limits = { ...DEFAULT_DECODE_LIMITS, pduBytesMax: body.length };
    const result = stripMessage(body, [0], NOTICE, { decode: { limits }, keepLength: false });
    expect(result).toEqual({ kind: 'failed', reason: 'not-encodable' });
  });
});
