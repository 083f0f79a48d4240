import { describe, expect, it } from 'vitest';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import type { FaultName } from '../../src/lab/mmsc-faults.ts';
import { retrieveConfirmation, sendRequest } from '../bench/messages.ts';
import { startPath } from '../support/end-to-end.ts';

const SEND = sendRequest(30_000);
const RETRIEVE = retrieveConfirmation(30_000);

/** What a handset that posts an m-send-req gets: an HTTP status, and the X-Mms-Response-Status of an m-send-conf. */
const POSTED: readonly [FaultName, { status: number; response?: string }][] = [
  ['slow-answer', { status: 200, response: 'ok' }],
  ['slow-drip', { status: 200, response: 'ok' }],
  ['refuse', { status: 200, response: 'error-transient-network-problem' }],
  ['reset', { status: 200, response: 'error-transient-network-problem' }],
  ['truncated', { status: 200, response: 'error-transient-network-problem' }],
  ['garbage', { status: 200, response: 'error-transient-network-problem' }],
  ['html', { status: 200 }],
  ['status-500', { status: 500 }],
  ['status-204', { status: 204 }],
  ['empty', { status: 200 }],
  ['no-length', { status: 200, response: 'ok' }],
  ['chunked', { status: 200, response: 'ok' }],
  ['gzip', { status: 200, response: 'ok' }],
  ['unasked-continue', { status: 200, response: 'ok' }],
  ['no-continue', { status: 200, response: 'ok' }],
];

describe('a faulty MMSC', () => {
  it.each(POSTED)('%s: a posted message gets %o, and is sent once', async (fault, expected) => {
    const { mmsc, port, observer } = await startPath({ faults: [fault], slowMs: 50 });
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: Buffer.from(SEND) });
    const body = Buffer.from(await answer.arrayBuffer());
    expect(answer.status).toBe(expected.status);
    if (expected.response !== undefined) {
      const { pdu } = decodePdu(body, { tolerate: REAL_WORLD });
      expect(pdu).toMatchObject({ type: 'm-send-conf', headers: { transactionId: 'T00000000' } });
      expect(pdu.headers.responseStatus).toBe(expected.response);
    }
    expect(mmsc.received.length).toBe(fault === 'refuse' ? 0 : 1);
    expect(await observer.recorded(1)).toHaveLength(1);
    expect(observer.errors).toEqual([]);
  });

  it.each<FaultName>(['slow-answer', 'slow-drip', 'no-length', 'chunked', 'gzip', 'unasked-continue'])(
    '%s: a retrieved message still comes whole',
    async (fault) => {
      const { mmsc, port } = await startPath({ faults: [fault], slowMs: 50 });
      mmsc.put('/m', RETRIEVE);
      const answer = await fetch(`http://127.0.0.1:${port}/m`);
      expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), Buffer.from(RETRIEVE))).toBe(0);
    },
  );

  it.each<FaultName>(['refuse', 'reset', 'truncated', 'garbage'])(
    '%s: a retrieval ends at once, and the handset is given nothing to acknowledge',
    async (fault) => {
      const { mmsc, port } = await startPath({ faults: [fault], slowMs: 50 });
      mmsc.put('/m', RETRIEVE);
      const answer = await fetch(`http://127.0.0.1:${port}/m`);
      const body = Buffer.from(await answer.arrayBuffer());
      if (answer.status !== 200) return;
      const { pdu } = decodePdu(body, { tolerate: REAL_WORLD });
      expect(pdu.headers.retrieveStatus).toMatch(/^error-/);
    },
  );
});
