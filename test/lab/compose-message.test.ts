import { describe, expect, it } from 'vitest';
import { textParameter } from '../../src/codec/content-type.ts';
import { decodePdu, encodePdu } from '../../src/codec/pdu.ts';
import type { Part } from '../../src/codec/multipart.ts';
import { textOfPart } from '../../src/codec/part-text.ts';
import { composeMessage, textFile, type MessageDraft } from '../../src/lab/compose-message.ts';

const DRAFT: MessageDraft = {
  transactionId: 'T',
  to: ['+12025550122', 'carol@example.org'],
  files: [textFile('Grüße'), { name: 'photo.JPG', bytes: Uint8Array.of(1, 2) }],
};

/** What a strict decoder makes of a draft. */
function composed(changes: Partial<MessageDraft> = {}) {
  const { pdu } = decodePdu(encodePdu(composeMessage({ ...DRAFT, ...changes })));
  const parts: readonly Part[] = pdu.body?.kind === 'multipart' ? pdu.body.parts : [];
  return { headers: pdu.headers, parts, pdu };
}

describe('composeMessage', () => {
  it('makes an m-send-req that a strict decoder reads', () => {
    const { pdu, headers } = composed();
    expect(pdu.type).toBe('m-send-req');
    expect(headers).toMatchObject({
      transactionId: 'T',
      from: { kind: 'insert-address' },
      to: [{ text: '+12025550122/TYPE=PLMN' }, { text: 'carol@example.org' }],
      deliveryReport: 'no',
      readReport: 'no',
    });
    expect(headers.subject).toBeUndefined();
  });

  it('says what it is asked to say', () => {
    const { headers } = composed({
      from: '+12025550111',
      subject: 'Übung',
      deliveryReport: true,
      readReport: true,
    });
    expect(headers).toMatchObject({
      from: { kind: 'address', address: { text: '+12025550111/TYPE=PLMN' } },
      subject: { text: 'Übung', charset: 106 },
      deliveryReport: 'yes',
      readReport: 'yes',
    });
  });

  it('starts with a SMIL part that shows every other part in its order', () => {
    const { headers, parts } = composed();
    const [smil, ...others] = parts;
    expect(textParameter(headers.contentType!, 'start')).toBe(smil!.headers.contentId);
    expect(smil!.contentType.mediaType).toBe('application/smil');
    const shown = [...textOfPart(smil!, 10_000).text.matchAll(/<(\w+) src="([^"]*)"/g)];
    expect(shown.map(([, element, source]) => [element, source])).toEqual([
      ['text', others[0]!.headers.contentLocation],
      ['img', others[1]!.headers.contentLocation],
    ]);
  });

  it('gives text its charset and media its type, with the names of the files', () => {
    const [, text, photo] = composed().parts;
    expect(textOfPart(text!, 100).text).toBe('Grüße');
    expect(text!.contentType.parameters).toContainEqual({ name: 'charset', value: 106 });
    expect(photo!.contentType).toEqual({
      mediaType: 'image/jpeg',
      parameters: [{ name: 'name', value: 'photo.JPG' }],
    });
    expect([...photo!.bytes]).toEqual([1, 2]);
  });

  it('lets no file name into the SMIL', () => {
    const { parts } = composed({ files: [{ name: '"/><script>.png', bytes: Uint8Array.of(1) }] });
    expect(textOfPart(parts[0]!, 10_000).text).not.toContain('script');
  });

  it('makes a message without files', () => {
    expect(composed({ files: [] }).parts).toHaveLength(1);
  });
});
