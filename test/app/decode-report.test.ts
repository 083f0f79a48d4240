import { describe, expect, it } from 'vitest';
import { decodeReport } from '../../src/app/decode-report.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { encodeMmsPush } from '../../src/codec/wap-push.ts';

const SEND_CONF = Buffer.from('\x8c\x81\x98T\0\x8d\x92\x92\x80', 'latin1');
const LENIENT = { tolerate: REAL_WORLD };

describe('the report of a file', () => {
  it('tells of a PDU', () => {
    expect(decodeReport('f', SEND_CONF, {})).toMatchObject({
      file: 'f',
      ok: true,
      octets: 9,
      type: 'm-send-conf',
      parts: [],
      anomalies: [],
    });
  });

  it('tells of the PDU in a push, with offsets of the file', () => {
    const push = encodeMmsPush(SEND_CONF, 7);
    const report = decodeReport('f', push, {});
    const pduOffset = push.length - SEND_CONF.length;
    expect(report).toMatchObject({ ok: true, push: { transactionId: 7, pduOffset } });
    expect(report.ok && report.headers[0]?.offset).toBe(pduOffset);
  });

  it('lists what was tolerated, with its meaning', () => {
    const doubled = Buffer.concat([SEND_CONF, Buffer.from('\x98U\0', 'latin1')]);
    const report = decodeReport('f', doubled, LENIENT);
    expect(report.ok && report.anomalies.find(({ code }) => code === 'duplicate-header')).toMatchObject({
      offset: 9,
      detail: 'X-Mms-Transaction-Id',
    });
    expect(decodeReport('f', doubled, {})).toMatchObject({
      ok: false,
      error: { code: 'duplicate-header', offset: 9 },
    });
  });

  it('of a broken PDU has code, offset in the file, and the octets around it', () => {
    const broken = encodeMmsPush(SEND_CONF.subarray(0, 4), 7);
    expect(decodeReport('f', broken, LENIENT)).toEqual({
      file: 'f',
      ok: false,
      octets: broken.length,
      error: {
        code: 'text-unterminated',
        offset: broken.length - 1,
        detail: 'text without its NUL',
        around: { offset: 0, hex: Buffer.from(broken).toString('hex') },
      },
    });
  });

  it('never throws, whatever the octets', () => {
    for (let octet = 0; octet < 0x100; octet += 1) {
      expect(typeof decodeReport('f', Uint8Array.of(octet, 6, octet, octet), LENIENT).ok).toBe('boolean');
    }
  });
});
