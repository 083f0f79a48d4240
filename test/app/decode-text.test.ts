import { describe, expect, it } from 'vitest';
import { decodeReport } from '../../src/app/decode-report.ts';
import { decodeText } from '../../src/app/decode-text.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { composeMessage, textFile } from '../../src/lab/compose-message.ts';
import { encodePdu } from '../../src/codec/pdu.ts';

const textOf = (file: string, bytes: Uint8Array): string =>
  decodeText(decodeReport(file, bytes, { tolerate: REAL_WORLD })).join('\n');

describe('the text of a report', () => {
  it('shows headers with offsets, and parts', () => {
    const pdu = composeMessage({
      transactionId: 'T',
      to: ['+1202'],
      subject: 'hi',
      files: [textFile('hello')],
    });
    const text = textOf('message.mms', encodePdu(pdu));
    expect(text).toMatch(/^message\.mms: m-send-req, \d+ octets\n {7}0 {2}X-Mms-Message-Type +m-send-req\n/);
    expect(text).toMatch(/ Subject +hi\n/);
    expect(text).toMatch(/#2 5 octets +text\/plain; charset=utf-8; name="text\.txt"\n/);
  });

  it('shows a broken place, with a mark below it', () => {
    const text = textOf('f', Buffer.from('\x8c\x81\x98T', 'latin1'));
    expect(text.split('\n')).toEqual([
      'f: broken, 4 octets',
      '  text-unterminated at octet 3 (0x3): text without its NUL',
      '  00000000  8c 81 98 54                                      ...T',
      `  ${' '.repeat(10 + 3 * 3)}^^`,
    ]);
  });

  it('lets nothing of the message or the file name reach the terminal as an order', () => {
    const hostile = '\x8c\x81\x98\x1b[2J\0\x8d\x92\x92\x80\x93\xe2\x80\xae\0';
    const text = textOf('\u001b[2J', Buffer.from(hostile, 'latin1'));
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    expect(text).toContain('\\u{1b}[2J');
  });

  it('says why a file could not be read', () => {
    const error = { code: 'file-unreadable', detail: 'there is no such file' } as const;
    expect(decodeText({ file: 'f', ok: false, error })).toEqual(['f: there is no such file']);
  });
});
