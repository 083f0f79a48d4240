import { describe, expect, it } from 'vitest';
import { DEFAULT_DECODE_LIMITS } from '../../src/codec/decode-limits.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { inspectMessage, openMessage } from '../../src/inspection/inspect-message.ts';
import { DEFAULT_SIZE_LIMITS } from '../../src/inspection/size-detector.ts';
import { inflateRaw } from '../../src/scanning/content-encoding.ts';
import { messageWith } from '../support/messages-with.ts';

const DECODE = { limits: DEFAULT_DECODE_LIMITS, tolerate: REAL_WORLD };
const CONTEXT = {
  authenticatedSender: undefined,
  mmscHosts: undefined,
  sizeLimits: DEFAULT_SIZE_LIMITS,
  surroundings: { inflateRaw },
};

function inspected(bytes: Uint8Array) {
  const decoded = decodePdu(bytes, DECODE);
  const { parts, collector } = openMessage(decoded, DECODE);
  inspectMessage({ pdu: decoded.pdu, pduBytes: bytes, parts, direction: 'outbound' }, collector, CONTEXT);
  return collector.worstFirst();
}

describe('inspectMessage', () => {
  it('finds nothing bad in an ordinary message', () => {
    expect(
      inspected(messageWith([{ bytes: 'see you at eight' }])).filter(({ severity }) => severity !== 'info'),
    ).toEqual([]);
  });

  it('brings together what all detectors report, each at its place', () => {
    const message = messageWith(
      [
        { bytes: 'see http://user@evil.test/' },
        { type: 'image/jpeg', bytes: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]) },
      ],
      { subject: { text: 'a\r\nX-MSISDN: 1' } },
    );
    const found = inspected(Buffer.concat([message, Buffer.from('tail')]));
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'header-injection', part: undefined }),
        expect.objectContaining({ code: 'codec-trailing-bytes', part: undefined }),
        expect.objectContaining({ code: 'url-userinfo', part: 0 }),
        expect.objectContaining({ part: 1 }),
      ]),
    );
  });
});
