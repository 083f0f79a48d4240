import { describe, expect, it } from 'vitest';
import {
  ALARMS_MAX,
  ATTENDEES_MAX,
  CARD_NESTING_MAX,
  cardDetector,
  CARDS_MAX,
  RECURRENCES_MAX,
  type CARD_FINDINGS,
} from '../../src/inspection/card-detector.ts';
import { CARD_LINE_OCTETS_MAX, CARD_OCTETS_MAX } from '../../src/inspection/card-lines.ts';
import { calendar, lines, vcard, vcardWithPhoto } from '../support/card-sample.ts';
import {
  codesOf,
  detectionsOf,
  detectMutated,
  detectTruncated,
  type PartChanges,
} from '../support/detection.ts';

type Code = keyof typeof CARD_FINDINGS;

const VCARD: PartChanges = { family: 'vcard', texts: [''] };
const codes = (bytes: Uint8Array, changes: PartChanges = VCARD) => codesOf(cardDetector, bytes, changes);
const times = (count: number, ...part: readonly string[]): string[] =>
  Array.from({ length: count }, () => part).flat();
const nested = (depth: number): Uint8Array => lines(...times(depth, 'BEGIN:X'), ...times(depth, 'END:X'));

const PROGRAM = 'PHOTO;ENCODING=b;TYPE=JPEG:TVqQAAMAAAAEAAAA';

/** What just passes, and what is one more. */
const LIMITS: readonly (readonly [Code, Uint8Array, Uint8Array])[] = [
  [
    'card-long-line',
    vcard(`NOTE:${'x'.repeat(CARD_LINE_OCTETS_MAX - 'NOTE:'.length)}`),
    vcard(`NOTE:${'x'.repeat(CARD_LINE_OCTETS_MAX - 'NOTE:'.length)}`, ' y'),
  ],
  ['card-nesting', nested(CARD_NESTING_MAX), nested(CARD_NESTING_MAX + 1)],
  [
    'card-flood',
    lines(...times(CARDS_MAX, 'BEGIN:VCARD', 'END:VCARD')),
    lines(...times(CARDS_MAX + 1, 'BEGIN:VCARD', 'END:VCARD')),
  ],
  [
    'card-oversize',
    Buffer.concat([vcard(), Buffer.alloc(CARD_OCTETS_MAX - vcard().length, '\n')]),
    Buffer.concat([vcard(), Buffer.alloc(CARD_OCTETS_MAX - vcard().length + 1, '\n')]),
  ],
  [
    'vcalendar-attendees',
    calendar(...times(ATTENDEES_MAX, 'ATTENDEE:mailto:a@example.com')),
    calendar(...times(ATTENDEES_MAX + 1, 'ATTENDEE:mailto:a@example.com')),
  ],
  [
    'vcalendar-alarms',
    calendar(...times(ALARMS_MAX, 'BEGIN:VALARM', 'TRIGGER:-PT5M', 'END:VALARM')),
    calendar(...times(ALARMS_MAX, 'BEGIN:VALARM', 'TRIGGER:-PT5M', 'END:VALARM'), 'DALARM:20261224T180000'),
  ],
  [
    'vcalendar-recurrence',
    calendar(`RRULE:FREQ=DAILY;COUNT=${RECURRENCES_MAX}`),
    calendar(`RRULE:FREQ=DAILY;COUNT=${RECURRENCES_MAX + 1}`),
  ],
];

const POSITIVES: readonly (readonly [Code, Uint8Array])[] = [
  ['card-program', vcard(PROGRAM)],
  ['card-program', vcard('PHOTO;ENCODING=BASE64:', ' f0VMRgIBAQ')],
  ['card-program', calendar('ATTACH;ENCODING=BASE64;VALUE=BINARY:ZGV4CjAzNQA=')],
  ['card-archive', calendar('ATTACH;ENCODING=BASE64;VALUE=BINARY:UEsDBBQAAAA=')],
  ['card-dangerous-scheme', vcard('URL:javascript:alert(1)')],
  ['card-dangerous-scheme', vcard('item1.URL;ENCODING=QUOTED-PRINTABLE:=6Aavascript:x')],
  ['card-remote-media', vcard('PHOTO;VALUE=uri:https://example.com/me.jpg')],
  ['card-remote-media', calendar('ATTACH:http://example.com/a.doc')],
  ['vcalendar-recurrence', calendar('RRULE:FREQ=SECONDLY')],
  ...LIMITS.map(([code, , over]) => [code, over] as const),
];

const ORDINARY: readonly (readonly [string, Uint8Array])[] = [
  [
    'a vCard',
    vcard(
      'TEL;TYPE=CELL:+4930123456',
      'EMAIL:anna@example.com',
      'URL:https://example.com',
      'BDAY:1990-01-01',
    ),
  ],
  ['a vCard with a photo', vcardWithPhoto(20_000)],
  ['a vCard with a photo in one line', vcard(`PHOTO;ENCODING=b:/9j/${'A'.repeat(30_000)}`)],
  [
    'an event',
    calendar('RRULE:FREQ=WEEKLY;COUNT=52', 'ATTENDEE:mailto:a@example.com', 'DESCRIPTION:javascript: a talk'),
  ],
  ['an event with alarms', calendar('BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT15M', 'END:VALARM')],
  ['a card that ends early', vcard().subarray(0, 30)],
];

describe('the card detector', () => {
  it.each(POSITIVES)('reports %s', (code, bytes) => {
    expect(codes(bytes)).toEqual([code]);
  });

  it.each(LIMITS)('does not report %s at the limit', (_, atLimit) => {
    expect(codes(atLimit)).toEqual([]);
  });

  it.each(ORDINARY)('says nothing of %s', (_, bytes) => {
    expect(codes(bytes)).toEqual([]);
  });

  it('closes a component before it opens the next', () => {
    expect(codes(lines(...times(50, 'BEGIN:VCARD', 'END:VCARD', 'END:VCARD')))).toEqual([]);
  });

  it.each<[string, PartChanges]>([
    ['by content', { texts: [''] }],
    ['by family', { texts: [''], family: 'vcal' }],
    ['by label', { texts: [''], declaredType: 'text/x-vcard' }],
  ])('knows a card %s', (_, changes) => {
    expect(codes(vcard(PROGRAM), changes)).toEqual(['card-program']);
  });

  it('knows a card behind a comment, and by its label behind more than that', () => {
    const late = Buffer.concat([lines('X:1'.repeat(500)), vcard(PROGRAM)]);
    expect(codes(Buffer.concat([lines('', 'X:1'), vcard(PROGRAM)]), { texts: [''] })).toEqual([
      'card-program',
    ]);
    expect(codes(late, { texts: [''], declaredType: 'text/directory' })).toEqual(['card-program']);
  });

  it.each<[string, PartChanges]>([
    ['a text without a card', { texts: [''] }],
    ['what is not text', { family: 'jpeg' }],
  ])('leaves %s alone', (_, changes) => {
    expect(codes(changes.family === 'jpeg' ? vcard(PROGRAM) : lines(PROGRAM), changes)).toEqual([]);
  });

  it('says where, and what in fixed words', () => {
    expect(detectionsOf(cardDetector, vcard(PROGRAM), VCARD)).toEqual([
      { code: 'card-program', offset: vcard().length - 'END:VCARD\r\n'.length, evidence: { format: 'exe' } },
    ]);
    expect(detectionsOf(cardDetector, vcard('URL:file:///secret'), VCARD)[0]?.evidence).toEqual({
      scheme: 'file',
    });
  });

  it('never throws', () => {
    const samples = [...POSITIVES.map(([, bytes]) => bytes), ...ORDINARY.map(([, bytes]) => bytes)];
    for (const sample of samples) detectTruncated(cardDetector, sample.subarray(0, 400), VCARD);
    detectMutated(
      cardDetector,
      samples.filter(({ length }) => length < 40_000),
      VCARD,
    );
  });
});
