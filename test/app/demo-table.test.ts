import { describe, expect, it } from 'vitest';
import { exchangeRow, tableHead } from '../../src/app/demo-table.ts';
import type { ExchangeRecord } from '../../src/proxy/observer.ts';
import { bodyRecord } from '../support/body-record.ts';

const body = (bodyBytes: number, pduType: ExchangeRecord['outbound']['pduType']) =>
  bodyRecord({ bodyBytes, pduType });

const FORWARDED: ExchangeRecord = {
  id: 'x',
  method: 'POST',
  outcome: { kind: 'forwarded' },
  status: 200,
  outbound: body(302, 'm-send-req'),
  inbound: body(34, 'm-send-conf'),
  durationsMs: {},
  totalMs: 13.62,
};

const cells = (row: string): string[] => row.split(/ {2,}/);

describe('the table of the demo', () => {
  it('has a row for a forwarded exchange', () => {
    expect(cells(exchangeRow(FORWARDED, 'Alice'))).toEqual([
      ...['Alice', 'm-send-req', '302', 'm-send-conf', '34', 'forwarded', '13.6'],
    ]);
  });

  it('says when the answer is no PDU, and when it is one of ours', () => {
    const indication = { ...FORWARDED, inbound: body(0, undefined) };
    expect(cells(exchangeRow(indication, 'Bob'))[3]).toBe('HTTP 200');
    const outcome = { kind: 'refused', code: 'body-too-large', side: 'handset' } as const;
    const refused = cells(exchangeRow({ ...indication, outcome }, 'Bob'));
    expect(refused.slice(3, 5)).toEqual(['own answer', 'refused body-too-large']);
  });

  it('has rows as wide as its heading', () => {
    const [titles = '', line = ''] = tableHead();
    expect(titles.length).toBe(line.length);
    expect(exchangeRow(FORWARDED, 'Alice').length).toBe(line.length);
  });
});
