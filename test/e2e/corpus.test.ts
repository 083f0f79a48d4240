import { describe, expect, it } from 'vitest';
import { decodePdu } from '../../src/codec/pdu.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { MMS_MESSAGES } from '../../src/codec/mms-messages.ts';
import { CORPUS, CORPUS_FOLDER } from '../support/corpus.ts';
import { startPath } from '../support/end-to-end.ts';
import { mustSkip } from '../support/needs.ts';

/** Every PDU of the corpus that travels over HTTP (pushes travel by SMS). */
const PDUS = CORPUS.map(({ file, bytes }) => ({ name: file, bytes: Buffer.from(bytes) }))
  .filter(({ bytes }) => bytes[0] === 0x8c)
  .map((pdu) => ({ ...pdu, type: decodePdu(pdu.bytes, { tolerate: REAL_WORLD }).pdu.type }));

describe.skipIf(mustSkip(CORPUS.length > 0))(`the corpus through the proxy (needs ${CORPUS_FOLDER})`, () => {
  it('has handset and MMSC PDUs to send', () => {
    expect(PDUS.length).toBeGreaterThan(30);
  });

  it.each(PDUS)('$name, posted, arrives at the MMSC bit for bit', async ({ bytes, type }) => {
    const { mmsc, port, observer } = await startPath();
    const answer = await fetch(`http://127.0.0.1:${port}/any/path?with=query`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/vnd.wap.mms-message' },
      body: bytes,
    });
    await answer.arrayBuffer();
    expect(mmsc.received.map(({ body }) => Buffer.compare(body, bytes))).toEqual([0]);
    expect(mmsc.received[0]?.target).toBe('/any/path?with=query');
    expect((await observer.recorded(1))[0]?.outbound.pduType).toBe(type);
  });

  it.each(PDUS.filter(({ type }) => MMS_MESSAGES[type].sender === 'mmsc'))(
    '$name, retrieved, comes back bit for bit',
    async ({ bytes, type }) => {
      const { mmsc, port, observer } = await startPath();
      mmsc.put('/mmsc/6_2?AaamMbG2tpp5lj4Ra', bytes);
      const answer = await fetch(`http://127.0.0.1:${port}/mmsc/6_2?AaamMbG2tpp5lj4Ra`);
      expect(answer.headers.get('content-type')).toBe('application/vnd.wap.mms-message');
      expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), bytes)).toBe(0);
      expect((await observer.recorded(1))[0]?.inbound.pduType).toBe(type);
    },
  );
});
