import { describe, expect, it } from 'vitest';
import { headerReports } from '../../src/app/decode-headers.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';

const reports = (octets: string, pduOffset = 0) => {
  const bytes = Buffer.from(octets, 'latin1');
  const decoded = decodePdu(bytes.subarray(pduOffset), { tolerate: REAL_WORLD });
  return headerReports(decoded, bytes, pduOffset).map(({ offset, end, name, value }) => [
    offset,
    end,
    name,
    value,
  ]);
};

describe('the headers of a PDU', () => {
  it('stand in wire order, each recipient by itself', () => {
    expect(reports('\x8c\x80\x97a@b\0\x97c@d\0\x98T\0')).toEqual([
      [0, 2, 'X-Mms-Message-Type', 'm-send-req'],
      [2, 7, 'To', 'a@b'],
      [7, 12, 'To', 'c@d'],
      [12, 15, 'X-Mms-Transaction-Id', 'T'],
    ]);
  });

  it('have offsets of the file, behind a push', () => {
    expect(reports('xx\x8c\x85\x98T\0', 2)[1]).toEqual([4, 7, 'X-Mms-Transaction-Id', 'T']);
  });

  it('say which of two was replaced', () => {
    expect(reports('\x8c\x85\x98A\0\x98B\0').map(([, , , value]) => value)).toEqual([
      'm-acknowledge-ind',
      '(replaced by a later one)',
      'B',
    ]);
  });

  it('tell application, unknown and skipped ones apart', () => {
    const rows = reports('\x8c\x85X-App\0yes\0\xc1\x02\x01\x02\x01');
    expect(rows.slice(1).map(([, , name, value]) => [name, value])).toEqual([
      ['X-App', 'yes'],
      ['0xc1', '0x020102'],
      ['0x1', '(starts no header; skipped)'],
    ]);
  });

  it('show a date as a date', () => {
    expect(reports('\x8c\x86\x85\x01\x3c')[1]?.[3]).toBe('1970-01-01T00:01:00Z');
  });
});
