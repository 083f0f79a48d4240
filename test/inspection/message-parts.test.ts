import { describe, expect, it } from 'vitest';
import { DEFAULT_DECODE_LIMITS } from '../../src/codec/decode-limits.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { FindingCollector } from '../../src/inspection/finding-collector.ts';
import { partsOf, partView } from '../../src/inspection/message-parts.ts';
import { READING_LENGTH_MAX } from '../../src/inspection/part-readings.ts';
import { acknowledgement, pduBytes, sendRequest } from '../support/mms-messages.ts';
import { messageWith, partWith, type TestPart } from '../support/messages-with.ts';

const DECODE = { limits: DEFAULT_DECODE_LIMITS, tolerate: REAL_WORLD };
const NAMED = { mediaType: 'text/plain', parameters: [] };

function opened(bytes: Uint8Array) {
  const collector = new FindingCollector();
  const parts = partsOf(decodePdu(bytes, DECODE).pdu, collector, DECODE);
  return { parts, codes: collector.worstFirst().map(({ code }) => code), gaps: collector.gaps };
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const contents = (parts: readonly TestPart[]): string[] =>
  opened(messageWith(parts)).parts.map(({ octets }) => textOf(octets.bytes));

describe('partsOf', () => {
  it('has no part in a PDU without content', () => {
    expect(opened(acknowledgement()).parts).toEqual([]);
  });

  it('takes content that is no multipart for the only part', () => {
    const headers = decodePdu(sendRequest()).pdu.headers;
    const bytes = pduBytes(
      'm-send-req',
      { ...headers, contentType: NAMED },
      { kind: 'single', bytes: Buffer.from('hi') },
    );
    expect(opened(bytes).parts).toMatchObject([{ index: 0, declaredType: 'text/plain', texts: ['hi'] }]);
  });

  it('numbers the parts in reading order, those of nested multiparts among them', () => {
    const nested = {
      type: 'application/vnd.wap.multipart.alternative',
      nested: [{ bytes: 'b' }, { bytes: 'c' }],
    };
    const parts = [{ bytes: 'a' }, nested, { bytes: 'd' }];
    expect(contents(parts)).toEqual(['a', 'b', 'c', 'd']);
    expect(opened(messageWith(parts)).parts.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  });

  it.each([
    ['base64', 'aGVsbG8=', 'hello'],
    ['quoted-printable', '=68ello', 'hello'],
    ['8bit', 'hello', 'hello'],
  ])('undoes %s', (contentTransferEncoding, bytes, content) => {
    expect(contents([{ bytes, headers: { contentTransferEncoding } }])).toEqual([content]);
  });

  it('says that handsets may read a broken encoding otherwise', () => {
    const { codes, gaps } = opened(
      messageWith([{ bytes: 'aGVs!!bG8', headers: { contentTransferEncoding: 'base64' } }]),
    );
    expect([codes, gaps]).toMatchObject([['part-encoding-inexact'], [{ reason: 'undecodable' }]]);
  });

  it('does not take a part in an unknown encoding for inspected', () => {
    const { gaps } = opened(messageWith([{ headers: { contentTransferEncoding: 'x-uuencode' } }]));
    expect(gaps).toMatchObject([{ reason: 'undecodable', code: 'part-encoding-unknown', part: 0 }]);
  });

  it('does not take a multipart that is none for inspected', () => {
    const { gaps, parts } = opened(messageWith([{ type: 'multipart/mixed', bytes: '--boundary\r\n' }]));
    expect(gaps).toMatchObject([{ reason: 'undecodable', code: 'multipart-not-read', part: 0 }]);
    expect(parts).toHaveLength(1);
  });

  it('looks at what stands behind the last part, unless it is padding', () => {
    const message = messageWith([{ bytes: 'a' }]);
    expect(opened(Buffer.concat([message, Buffer.from('junk')])).parts).toMatchObject([
      {},
      { declaredType: '', index: 1 },
    ]);
    expect(opened(Buffer.concat([message, Buffer.alloc(4)])).parts).toHaveLength(1);
  });

  it('does not take what stands behind the counted parts for inspected: some handsets do not count', () => {
    const { gaps } = opened(Buffer.concat([messageWith([{ bytes: 'a' }]), Buffer.from('junk')]));
    expect(gaps).toMatchObject([{ reason: 'undecodable', code: 'content-behind-parts', part: 1 }]);
  });

  it('looks also at what a handset sees that does not undo an encoding', () => {
    const film = Buffer.concat([
      Buffer.from([0, 0, 0, 24]),
      Buffer.from('ftypmp42\0\0\0\0mp42isom'),
      Buffer.alloc(40),
    ]);
    const encoded = { headers: { contentTransferEncoding: 'base64' } };
    const { parts } = opened(messageWith([{ type: 'video/mp4', bytes: film, ...encoded }]));
    expect(parts.map(({ index, family }) => [index, family]).at(-1)).toEqual([0, 'isomedia']);
    expect(
      opened(messageWith([{ type: 'image/png', bytes: 'iVBORw0KGgo=', ...encoded }])).parts,
    ).toHaveLength(1);
  });

  it('numbers on by parts, not by what is seen of them', () => {
    const film = Buffer.concat([
      Buffer.from([0, 0, 0, 24]),
      Buffer.from('ftypmp42\0\0\0\0mp42isom'),
      Buffer.alloc(40),
    ]);
    const encoded = { headers: { contentTransferEncoding: 'base64' } };
    const { parts } = opened(
      messageWith([{ type: 'video/mp4', bytes: film, ...encoded }, { bytes: 'next' }]),
    );
    expect(parts.map(({ index }) => index)).toEqual([0, 0, 1]);
  });

  it('does not take a text in an unknown charset for inspected', () => {
    const parameters = [{ name: 'charset', value: 1012 }];
    expect(opened(messageWith([{ bytes: 'hello', parameters }])).gaps).toMatchObject([
      { code: 'text-charset-unknown' },
    ]);
    expect(opened(messageWith([{ type: 'image/gif', bytes: 'GIF89a', parameters }])).gaps).toEqual([]);
  });

  it('does not take what stands behind the parts of a listed message for inspected', () => {
    const listed = Buffer.concat([messageWith([{ bytes: 'a' }]), Buffer.from('junk')]);
    const part = partWith({ type: 'application/vnd.wap.mms-message', bytes: listed });
    const mixed = { mediaType: 'application/vnd.wap.multipart.mixed', parameters: [] };
    const view = pduBytes(
      'm-mbox-view-conf',
      { transactionId: 'V', version: '1.3', responseStatus: 'ok', contentType: mixed },
      { kind: 'multipart', parts: [part] },
    );
    expect(opened(view).gaps).toMatchObject([
      { reason: 'undecodable', code: 'content-behind-parts', part: 1 },
    ]);
  });

  it('opens no listing inside a listing, however deep', () => {
    let listing: Uint8Array = new Uint8Array();
    const mixed = { mediaType: 'application/vnd.wap.multipart.mixed', parameters: [] };
    for (let depth = 0; depth < 1000; depth += 1) {
      const body = {
        kind: 'multipart',
        parts: [partWith({ type: 'application/vnd.wap.mms-message', bytes: listing })],
      } as const;
      listing = pduBytes(
        'm-mbox-view-conf',
        { transactionId: 'V', version: '1.3', responseStatus: 'ok', contentType: mixed },
        body,
      );
    }
    expect(opened(listing).gaps).toMatchObject([{ code: 'message-in-message-broken' }]);
  });

  it('opens the messages of a mailbox listing, and numbers on', () => {
    const listed = {
      type: 'application/vnd.wap.mms-message',
      bytes: messageWith([{ bytes: 'x' }, { bytes: 'y' }]),
    };
    const body = { kind: 'multipart', parts: [listed, { bytes: 'z' }].map(partWith) } as const;
    const mixed = { mediaType: 'application/vnd.wap.multipart.mixed', parameters: [] };
    const view = pduBytes(
      'm-mbox-view-conf',
      { transactionId: 'V', version: '1.3', responseStatus: 'ok', contentType: mixed },
      body,
    );
    const { parts, codes } = opened(view);
    expect(parts.map(({ index, octets }) => `${index}${textOf(octets.bytes)}`)).toEqual(['0x', '1y', '2z']);
    expect(codes).toEqual([]);
  });

  it('does not take a broken message of a listing for inspected', () => {
    const body = {
      kind: 'multipart',
      parts: [partWith({ type: 'application/vnd.wap.mms-message', bytes: 'no' })],
    } as const;
    const mixed = { mediaType: 'application/vnd.wap.multipart.mixed', parameters: [] };
    const view = pduBytes(
      'm-mbox-view-conf',
      { transactionId: 'V', version: '1.3', responseStatus: 'ok', contentType: mixed },
      body,
    );
    expect(opened(view).gaps).toMatchObject([{ reason: 'undecodable', code: 'message-in-message-broken' }]);
  });

  it('says when a text is longer than what is read', () => {
    const text = (length: number): string => 'word '.repeat(length / 5 + 1).slice(0, length);
    expect(opened(messageWith([{ bytes: text(READING_LENGTH_MAX) }])).gaps).toEqual([]);
    expect(opened(messageWith([{ bytes: text(READING_LENGTH_MAX + 1) }])).gaps).toMatchObject([
      { reason: 'over-limit', code: 'text-cut' },
    ]);
  });
});

describe('the name of a part', () => {
  const NAME = { name: 'name', value: 'n.jpg' };
  const FILENAME = { name: 'filename', value: 'f.jpg' };
  it.each<[string, TestPart]>([
    ['n.jpg', { parameters: [FILENAME, NAME], headers: { contentLocation: 'l.jpg' } }],
    ['f.jpg', { parameters: [FILENAME], headers: { contentLocation: 'l.jpg' } }],
    [
      'd.jpg',
      {
        headers: {
          contentDisposition: {
            disposition: 'attachment',
            parameters: [{ name: 'filename', value: 'd.jpg' }],
          },
        },
      },
    ],
    ['l.jpg', { headers: { contentLocation: 'l.jpg' } }],
    ['', {}],
  ])('is %j', (name, part) => {
    expect(opened(messageWith([part])).parts[0]?.fileName).toBe(name);
  });
});

describe('partView', () => {
  it('reads as text what is labelled so, and what looks so, and nothing else', () => {
    const view = (bytes: Uint8Array, declaredType: string) =>
      partView(bytes, { index: 0, declaredType, charset: undefined, fileName: '' });
    expect(view(Buffer.from('hello there'), 'TEXT/PLAIN')).toMatchObject({
      declaredType: 'text/plain',
      texts: ['hello there'],
    });
    expect(view(Buffer.from('hello there'), 'application/octet-stream').texts).toEqual(['hello there']);
    expect(view(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0]), 'image/jpeg')).toMatchObject({
      family: 'jpeg',
      texts: [],
    });
  });
});
