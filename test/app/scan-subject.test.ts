import { describe, expect, it } from 'vitest';
import { scanBody } from '../../src/app/scan-subject.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { sendRequest } from '../support/mms-messages.ts';

describe('scanBody', () => {
  it('leaves a PDU as it is', () => {
    const bytes = sendRequest();
    expect(scanBody(bytes, { name: 'a.pdu', mediaType: undefined })).toEqual({ kind: 'pdu', bytes });
  });

  it.each([
    [undefined, 'application/octet-stream'],
    ['image/jpeg', 'image/jpeg'],
  ])('makes anything else the only part of a message, labelled %s', (mediaType, labelled) => {
    const content = Buffer.from('some octets');
    const { kind, bytes } = scanBody(content, { name: 'a.jpg', mediaType });
    const { body } = decodePdu(bytes).pdu;
    const part = body?.kind === 'multipart' ? body.parts[0] : undefined;
    expect([kind, part?.contentType.mediaType, part?.headers.contentLocation]).toEqual([
      'attachment',
      labelled,
      'a.jpg',
    ]);
    expect(Buffer.from(part?.bytes ?? []).equals(content)).toBe(true);
  });

  it('makes a part of an empty file, and of one without a name', () => {
    expect(decodePdu(scanBody(new Uint8Array(), { name: '', mediaType: undefined }).bytes).anomalies).toEqual(
      [],
    );
  });
});
