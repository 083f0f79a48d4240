import { describe, expect, it } from 'vitest';
import { encodedString } from '../../src/codec/encoded-string.ts';
import {
  DEFAULT_SIZE_LIMITS,
  RECIPIENTS_USUAL_MAX,
  type SIZE_FINDINGS,
  sizeDetector,
  type SizeLimits,
} from '../../src/inspection/size-detector.ts';
import type { MessageReportDetail } from '../../src/inspection/message-detector.ts';
import type { MessageView } from '../../src/inspection/part-view.ts';
import { MEDIA_SAMPLES } from '../support/media-samples.ts';
import { messageOf } from '../support/message-views.ts';
import { joined, zeros } from '../support/sample-octets.ts';

type Code = keyof typeof SIZE_FINDINGS;

const LIMITS: SizeLimits = {
  messageBytesMax: 2000,
  partBytesMax: 1000,
  textBytesMax: 500,
  recipientsMax: 20,
  partsMax: 5,
};

function reportsOf(message: MessageView, limits = LIMITS): readonly (readonly [Code, MessageReportDetail])[] {
  const reports: (readonly [Code, MessageReportDetail])[] = [];
  sizeDetector(limits).detect(message, (code, detail = {}) => reports.push([code, detail]));
  return reports.filter(([code]) => code !== 'content-class');
}

const codesOf = (message: MessageView): readonly Code[] => reportsOf(message).map(([code]) => code);
const addresses = (count: number) =>
  Array.from({ length: count }, (_, index) => encodedString(`+1202555${index}`));
const textOf = (length: number): Uint8Array => joined('a'.repeat(length));
const cardOf = (length: number): Uint8Array => joined('BEGIN:VCARD\r\n', 'a'.repeat(length - 13));

describe('sizeDetector', () => {
  it.each<[string, MessageView, MessageView, Code]>([
    ['a message', messageOf([], { size: 2000 }), messageOf([], { size: 2001 }), 'message-too-large'],
    ['a part', messageOf([cardOf(1000)]), messageOf([cardOf(1001)]), 'part-too-large'],
    ['a text', messageOf([textOf(500)]), messageOf([textOf(501)]), 'text-too-large'],
    [
      'SMIL',
      messageOf([joined('<smil/>', textOf(493))]),
      messageOf([joined('<smil/>', textOf(494))]),
      'text-too-large',
    ],
    [
      'what is labelled text and is none',
      messageOf([zeros(500)], { declaredType: 'text/plain' }),
      messageOf([zeros(501)], { declaredType: 'text/plain' }),
      'text-too-large',
    ],
    [
      'the list of parts',
      messageOf(Array<Uint8Array>(5).fill(MEDIA_SAMPLES.gif)),
      messageOf(Array<Uint8Array>(6).fill(MEDIA_SAMPLES.gif)),
      'parts-too-many',
    ],
    [
      'the usual number of recipients',
      messageOf([], { headers: { to: addresses(RECIPIENTS_USUAL_MAX) } }),
      messageOf([], { headers: { to: addresses(RECIPIENTS_USUAL_MAX), cc: addresses(1) } }),
      'recipients-many',
    ],
  ])('reports %s past its limit, and not at it', (_, at, past, code) => {
    expect(codesOf(at)).toEqual([]);
    expect(codesOf(past)).toEqual([code]);
  });

  it('counts the recipients of all three headers, and says it once', () => {
    const headers = { to: addresses(10), cc: addresses(6), bcc: addresses(4) };
    expect(codesOf(messageOf([], { headers }))).toEqual(['recipients-many']);
    const over = { ...headers, bcc: addresses(5) };
    expect(codesOf(messageOf([], { headers: over }))).toEqual(['recipients-too-many']);
  });

  it('says which part, how large it is and what the limit was', () => {
    expect(reportsOf(messageOf([textOf(1), textOf(600)]))).toEqual([
      ['text-too-large', { part: 1, evidence: { size: 600, max: 500 } }],
    ]);
  });

  it('does not take a binary part without a label for text', () => {
    expect(codesOf(messageOf([zeros(600)]))).toEqual([]);
  });

  it('tells the content class that a message fits, beside the one that it says it is of', () => {
    const classes: unknown[] = [];
    const headers = { contentClass: 'text' } as const;
    for (const message of [
      messageOf([MEDIA_SAMPLES['utf-8']], { size: 50 }),
      messageOf([MEDIA_SAMPLES.pdf], { size: 50, headers }),
      messageOf([]),
    ]) {
      sizeDetector(DEFAULT_SIZE_LIMITS).detect(message, (_, detail) => classes.push(detail?.evidence));
    }
    expect(classes).toEqual([
      { fits: 'text', size: 50 },
      { fits: 'none', size: 50, declared: 'text' },
    ]);
  });

  it('has no limit by default that a message of a big carrier breaks', () => {
    const picture = joined(MEDIA_SAMPLES.jpeg, zeros(1_000_000));
    const message = messageOf([picture], { size: 1024 * 1024, headers: { to: addresses(10) } });
    expect(reportsOf(message, DEFAULT_SIZE_LIMITS)).toEqual([]);
  });
});
