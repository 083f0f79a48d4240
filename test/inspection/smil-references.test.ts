import { describe, expect, it } from 'vitest';
import type { MmsHeaders } from '../../src/codec/mms-fields.ts';
import { writeMultipart } from '../../src/codec/multipart.ts';
import { Writer } from '../../src/codec/writer.ts';
import type { MessageView } from '../../src/inspection/part-view.ts';
import {
  SMIL_REFERENCE_FINDINGS,
  smilReferences,
  smilReferencesDetector,
} from '../../src/inspection/smil-references.ts';
import { CORPUS } from '../support/corpus.ts';
import { messageWith, partWith, type TestPart } from '../support/messages-with.ts';
import { corpusMessages, messageView, smil } from '../support/smil-sample.ts';

/** Codes of the detector, each with the part that it points at. */
function reportsOn(message: MessageView): string[] {
  const reports: string[] = [];
  smilReferencesDetector.detect(message, (code, { part } = {}) => {
    reports.push(part === undefined ? code : `${code}@${part}`);
  });
  return reports;
}

const found = (pduBytes: Uint8Array): string[] => reportsOn(messageView(pduBytes));

const GIF = Buffer.from('GIF89a');
const showing = (...sources: string[]): TestPart => ({
  type: 'application/smil',
  bytes: smil({ body: sources.map((source) => `<img src="${source}"/>`).join('') }),
  headers: { contentId: '<smil>' },
});
const picture = (headers: NonNullable<TestPart['headers']> = { contentId: '<a.gif>' }): TestPart => ({
  type: 'image/gif',
  bytes: GIF,
  headers,
});
const related = (start: string, type = 'application/smil'): MmsHeaders => ({
  contentType: {
    mediaType: 'application/vnd.wap.multipart.related',
    parameters: [
      { name: 'type', value: type },
      { name: 'start', value: start },
    ],
  },
});

describe('smilReferences', () => {
  it('are the sources of media elements, decoded, in order', () => {
    const body = `<img src="cid:a"/><audio SRC='b&amp;c.amr'/><par><text src="d.txt" src="e.txt"/></par>`;
    expect(smilReferences(smil({ body }))).toEqual(['cid:a', 'b&c.amr', 'd.txt', 'e.txt']);
  });

  it.each([
    '<img src=""/>',
    '<img alt="a"/>',
    '<a href="b"/>',
    '<img src="http://example.com/"/>',
    '<!-- <img src="a"/> -->',
  ])('are none in %s', (body) => {
    expect(smilReferences(smil({ body }))).toEqual([]);
  });
});

describe('a presentation', () => {
  it.each<[string, string, TestPart]>([
    ['Content-ID', 'cid:a.gif', picture()],
    ['Content-ID without brackets', 'cid:a.gif', picture({ contentId: 'a.gif' })],
    ['Content-ID by name', 'a.gif', picture()],
    ['Content-ID with brackets', '<a.gif>', picture()],
    ['Content-ID in capitals', 'CID:A.GIF', picture()],
    ['escaped Content-ID', 'cid:a%20b%40c', picture({ contentId: '<a b@c>' })],
    ['Content-ID that is escaped itself', 'cid:a%20b', picture({ contentId: '<a%20b>' })],
    ['Content-ID with a lone percent', 'cid:100%', picture({ contentId: '<100%>' })],
    ['Content-Location', './a.gif', picture({ contentLocation: 'a.gif' })],
    ['Content-Location in a folder', '/tmp/a', picture({ contentLocation: '/tmp/a' })],
    ['Name', 'a.gif', { ...picture({}), parameters: [{ name: 'name', value: 'a.gif' }] }],
    ['Filename', 'a.gif', { ...picture({}), parameters: [{ name: 'filename', value: 'a.gif' }] }],
    [
      'file name of the disposition',
      'a.gif',
      picture({
        contentDisposition: { disposition: 'attachment', parameters: [{ name: 'filename', value: 'a.gif' }] },
      }),
    ],
  ])('shows a part by its %s', (_, source, part) => {
    expect(found(messageWith([showing(source), part]))).toEqual([]);
  });

  it.each<[string, readonly TestPart[], readonly string[]]>([
    ['a picture that is not shown', [showing(), picture()], ['smil-media-unreferenced@1']],
    ['a text that is not shown', [showing(), { bytes: 'hello' }], ['smil-part-unreferenced@1']],
    ['a picture shown twice', [showing('a.gif', 'cid:a.gif'), picture()], ['smil-part-repeated@1']],
    ['a part that is not there', [showing('b.gif')], ['smil-reference-missing@0']],
    [
      'two parts of one name',
      [showing('a.gif'), picture(), picture({ contentLocation: 'A.gif' })],
      ['smil-name-ambiguous@0'],
    ],
    ['two presentations', [showing(), showing()], ['smil-presentations-several@0']],
    [
      'parts of a nested multipart, and octets behind them',
      [{ type: 'multipart/mixed', nested: [picture(), picture({ contentId: '<b>' })] }, showing('b')],
      ['smil-media-unreferenced@0'],
    ],
    ['no presentation', [picture()], []],
  ])('is compared with the parts: %s', (_, parts, expected) => {
    expect(found(messageWith(parts))).toEqual(expected);
  });

  it('is not missed when octets stand behind the parts of a nested multipart', () => {
    const inner = Writer.collect((out) => {
      writeMultipart({ parts: [partWith(picture())] }, out);
    });
    const nested = { type: 'multipart/mixed', bytes: Buffer.concat([inner, Buffer.from('tail')]) };
    const message = messageWith([nested, showing('a.gif', 'b.gif'), picture({ contentId: '<b.gif>' })]);
    expect(found(message)).toEqual(['smil-part-unreferenced@1']);
  });

  it('is not missed when octets stand behind the parts', () => {
    const message = messageWith([showing('a.gif'), picture()]);
    expect(found(Buffer.concat([message, Buffer.from('tail')]))).toEqual(['smil-part-unreferenced@2']);
  });
});

describe('the start of a multipart/related', () => {
  const parts = [picture(), showing('a.gif')];

  it.each<[string, MmsHeaders, readonly TestPart[], readonly string[]]>([
    ['names the presentation', related('<smil>'), parts, []],
    ['names it without brackets', related('smil'), parts, []],
    ['is empty', related(''), parts, []],
    ['names nothing', related('<other>'), parts, ['smil-start-missing']],
    ['names a picture', related('<a.gif>'), parts, ['smil-start-mismatch@0']],
    ['names a picture where there is no presentation', related('<a.gif>', 'image/gif'), [picture()], []],
    ['announces a presentation that is not there', related(''), [picture()], ['smil-presentation-missing']],
    [
      'chooses between two presentations',
      related('<smil>'),
      [{ ...showing('b.gif'), headers: { contentId: '<other>' } }, picture(), showing('a.gif')],
      ['smil-presentations-several@2'],
    ],
  ])('%s', (_, headers, sample, expected) => {
    expect(found(messageWith(sample, headers))).toEqual(expected);
  });

  it('is not read where the multipart is mixed', () => {
    expect(found(messageWith(parts))).toEqual([]);
  });
});

describe('the findings about references', () => {
  it('are no more than low: real messages have them', () => {
    const severities = new Set(Object.values(SMIL_REFERENCE_FINDINGS).map(({ severity }) => severity));
    expect(severities).toEqual(new Set(['low', 'info']));
  });
});

describe.skipIf(CORPUS.length === 0)('real messages', () => {
  it('show all of their media, once', () => {
    const presentations = corpusMessages();
    expect(presentations.length).toBeGreaterThan(15);
    expect(presentations.flatMap(reportsOn)).toEqual([]);
  });
});
