import { describe, expect, it } from 'vitest';
import { partReports } from '../../src/app/decode-parts.ts';
import { decodePdu, encodePdu } from '../../src/codec/pdu.ts';
import type { Part } from '../../src/codec/multipart.ts';
import { plainPdu } from '../../src/lab/plain-pdu.ts';

const part = (text: string, about: Partial<Part> = {}): Part => ({
  contentType: { mediaType: 'text/plain', parameters: [] },
  headers: { others: [] },
  bytes: Buffer.from(text),
  ...about,
});

const MIXED = { mediaType: 'application/vnd.wap.multipart.mixed', parameters: [] };

/** Reports of an m-send-req as it comes out of a file with three octets before it. */
function reportsOf(parts: readonly Part[]) {
  const headers = {
    transactionId: 'T',
    version: '1.2',
    from: { kind: 'insert-address' },
    contentType: MIXED,
  } as const;
  const pdu = encodePdu(plainPdu('m-send-req', headers, { kind: 'multipart', parts }));
  const file = Buffer.concat([Buffer.alloc(3), pdu]);
  return { file, reports: partReports(decodePdu(file.subarray(3)).pdu, file) };
}

describe('the parts of a PDU', () => {
  it('have the offsets of their octets in the file', () => {
    const { file, reports } = reportsOf([part('first'), part('second')]);
    const shown = reports.map(({ path, offset, octets }) => [
      path,
      file.toString('latin1', offset, offset + octets),
    ]);
    expect(shown).toEqual([
      ['1', 'first'],
      ['2', 'second'],
    ]);
  });

  it('inside parts have paths of their own', () => {
    const inner = part('', { contentType: MIXED, nested: { kind: 'multipart', parts: [part('deep')] } });
    expect(reportsOf([part('a'), inner]).reports.map(({ path }) => path)).toEqual(['1', '2', '2.1']);
  });

  it('say all that names them, and their size without transfer encoding', () => {
    const headers: Part['headers'] = {
      contentId: '<1>',
      contentLocation: 'a.txt',
      contentDisposition: { disposition: 'attachment', parameters: [{ name: 'filename', value: 'b.txt' }] },
      contentTransferEncoding: 'base64',
      others: [],
    };
    expect(reportsOf([part('aGVsbG8=', { headers })]).reports[0]).toMatchObject({
      contentType: 'text/plain',
      name: 'b.txt',
      contentId: '<1>',
      contentLocation: 'a.txt',
      disposition: 'attachment',
      transferEncoding: 'base64',
      octets: 8,
      decodedOctets: 5,
    });
  });

  it('are one where the body is no multipart, and none where there is no body', () => {
    const contentType = { mediaType: 'text/plain', parameters: [] };
    const single = plainPdu('m-retrieve-conf', { contentType }, { kind: 'single', bytes: Buffer.from('x') });
    expect(partReports(single, Buffer.from('x')).map(({ path, octets }) => [path, octets])).toEqual([
      ['body', 1],
    ]);
    expect(partReports(plainPdu('m-send-conf', {}), Buffer.alloc(0))).toEqual([]);
  });
});
