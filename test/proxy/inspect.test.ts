import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_DECODE_LIMITS } from '../../src/codec/decode-limits.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { localInspector } from '../../src/proxy/inspect.ts';
import { retrieveConfirmation, sendRequest } from '../support/mms-messages.ts';

const LIMITS = { decode: { limits: DEFAULT_DECODE_LIMITS, tolerate: REAL_WORLD }, bodyBytesMax: 10_000 };
const MMS = 'application/vnd.wap.mms-message';
const signal = new AbortController().signal;

const inspect = (bytes: Uint8Array, contentType?: string, contentEncodings: string[] = [], limits = LIMITS) =>
  localInspector(limits).inspect(bytes, { direction: 'inbound', contentType, contentEncodings }, signal);

const inspectPosted = (bytes: Uint8Array, contentType?: string) =>
  localInspector(LIMITS).inspect(bytes, { direction: 'outbound', contentType, contentEncodings: [] }, signal);

const HTML = Buffer.from('<html><body>Failure to Query from Radius Server</body></html>');
const BROKEN = Buffer.from([0x8c, 0x84, 0x98]);

describe('localInspector', () => {
  it.each([MMS, 'text/html', undefined])('takes a PDU for one, labelled %s', async (contentType) => {
    expect(await inspect(retrieveConfirmation(), contentType)).toMatchObject({
      kind: 'pdu',
      pdu: { type: 'm-retrieve-conf' },
      anomalies: [],
    });
  });

  it('reports what decoding tolerated', async () => {
    const padded = Buffer.concat([retrieveConfirmation(), Buffer.from('junk')]);
    expect(await inspect(padded, MMS)).toMatchObject({
      kind: 'pdu',
      anomalies: [{ code: 'trailing-bytes' }],
    });
  });

  it.each([
    ['HTML', HTML, 'text/html'],
    ['text', Buffer.from('Received'), 'text/plain'],
    ['nothing', Buffer.alloc(0), undefined],
    ['nothing, labelled a message', Buffer.alloc(0), MMS],
  ])('takes %s in an answer for no PDU', async (_, bytes, contentType) => {
    expect(await inspect(bytes, contentType)).toEqual({ kind: 'not-a-pdu' });
  });

  it.each([
    ['labelled a message', HTML, `${MMS.toUpperCase()}; charset=utf-8`],
    ['that begins like one', BROKEN, 'text/plain'],
  ])('does not let pass as inspected what is %s', async (_, bytes, contentType) => {
    expect(await inspect(bytes, contentType)).toMatchObject({ kind: 'not-inspected', reason: 'undecodable' });
  });

  it('says where decoding failed', async () => {
    expect(await inspect(BROKEN, MMS)).toMatchObject({ code: 'truncated', offset: 3 });
  });

  it.each([HTML, Buffer.alloc(0), BROKEN])(
    'takes nothing that a handset posts for an ordinary body',
    async (bytes) => {
      expect(await inspectPosted(bytes, 'text/html')).toMatchObject({
        kind: 'not-inspected',
        reason: 'undecodable',
      });
    },
  );

  it('decodes a posted PDU', async () => {
    expect(await inspectPosted(sendRequest())).toMatchObject({ kind: 'pdu', pdu: { type: 'm-send-req' } });
  });

  it('looks into a PDU that came compressed', async () => {
    expect(await inspect(gzipSync(retrieveConfirmation()), MMS, ['gzip'])).toMatchObject({ kind: 'pdu' });
  });

  it('takes compressed HTML for no PDU', async () => {
    expect(await inspect(gzipSync(HTML), 'text/html', ['gzip'])).toEqual({ kind: 'not-a-pdu' });
  });

  it.each([
    ['an unknown coding', sendRequest(), ['br'], 'encoding'],
    ['a bomb', gzipSync(Buffer.alloc(1_000_000)), ['gzip'], 'over-limit'],
  ])('does not inspect %s', async (_, bytes, encodings, reason) => {
    expect(await inspect(bytes, MMS, encodings)).toEqual({ kind: 'not-inspected', reason });
  });

  it('tells a limit of the decoder from a broken PDU, at the limit and one past it', async () => {
    const bytes = retrieveConfirmation();
    const limited = (pduBytesMax: number) => ({
      ...LIMITS,
      decode: { ...LIMITS.decode, limits: { ...DEFAULT_DECODE_LIMITS, pduBytesMax } },
    });
    expect(await inspect(bytes, MMS, [], limited(bytes.length))).toMatchObject({ kind: 'pdu' });
    expect(await inspect(bytes, MMS, [], limited(bytes.length - 1))).toMatchObject({
      kind: 'not-inspected',
      reason: 'over-limit',
      code: 'limit-pdu-bytes',
    });
  });
});
