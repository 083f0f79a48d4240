/** Contacts and appointments as the programs of phones write them. */
import { be16, joined } from '../support/sample-octets.ts';
import { noise } from './made-sound.ts';
import { GREETINGS } from './made-texts.ts';
import type { Gathered } from './source.ts';

const card = (version: string, ...properties: readonly string[]): string =>
  ['BEGIN:VCARD', `VERSION:${version}`, ...properties, 'END:VCARD', ''].join('\r\n');

const folded = (text: string, length = 75): string =>
  (text.match(new RegExp(`.{1,${length}}`, 'g')) ?? []).join('\r\n ');

/** As QUOTED-PRINTABLE in UTF-8. */
const quoted = (text: string): string =>
  [...Buffer.from(text)].map((octet) => `=${octet.toString(16).toUpperCase().padStart(2, '0')}`).join('');

/** A picture's head and octets that stand for the rest, in base64. */
const portrait = (octets: number): string =>
  Buffer.from(
    joined([0xff, 0xd8, 0xff, 0xe0], be16(16), 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0', noise(octets, octets)),
  ).toString('base64');

const NAMES: readonly string[] = Object.values(GREETINGS).map((greeting) => greeting.slice(0, 12));

const CARDS: readonly string[] = [
  // Android: 2.1, quoted-printable where it must be
  card('2.1', 'N:Doe;John;;;', 'FN:John Doe', 'TEL;CELL:555-0100', 'EMAIL;HOME:john@example.com'),
  card(
    '2.1',
    'N:Doe;John',
    'TEL;X-WhatsApp:+12025550100',
    'X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;JD;1;;;;;;;;;;;;;',
  ),
  card('2.1', 'N:A;B', `PHOTO;ENCODING=BASE64;JPEG:${folded(portrait(6000), 74)}`, ''),
  // iPhone: 3.0, grouped labels
  card(
    '3.0',
    'PRODID:-//Apple Inc.//iPhone OS 17.5//EN',
    'N:Doe;Anna;;;',
    'FN:Anna Doe',
    'item1.TEL;type=pref:+1 202 555 0101',
    'item1.X-ABLabel:_$!<Mobile>!$_',
    'item2.URL:https://www.example.com',
    'item2.X-ABLabel:_$!<HomePage>!$_',
  ),
  card(
    '3.0',
    'N:Doe;Anna;;;',
    'FN:Anna Doe',
    `PHOTO;ENCODING=b;TYPE=JPEG:${folded(portrait(20_000))}`,
    'X-SOCIALPROFILE;type=twitter:http://twitter.com/anna',
    'IMPP;X-SERVICE-TYPE=Skype;type=HOME:skype:anna',
  ),
  card(
    '3.0',
    'N:;;;;',
    'FN:Pizzeria Napoli',
    'ORG:Pizzeria Napoli;',
    'X-ABShowAs:COMPANY',
    'item1.ADR:;;1 Main St;Springfield;IL;62701;USA',
    'item1.X-ABADR:us',
    'URL:http\\://maps.example.com/?q=1',
  ),
  // Google: 3.0 and 4.0
  card(
    '4.0',
    'FN:Anna Doe',
    'N:Doe;Anna;;;',
    'TEL;VALUE=uri;TYPE=cell:tel:+1-202-555-0102',
    'EMAIL:anna@example.org',
    'BDAY:--0412',
    `PHOTO:data:image/jpeg;base64\\,${folded(portrait(4000))}`,
  ),
  card(
    '4.0',
    'FN:Anna',
    `PHOTO:data:image/jpeg;base64,${folded(portrait(3000))}`,
    'UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
    'GEO:geo:52.5,13.4',
  ),
  // Nokia, Sony Ericsson, BlackBerry: 2.1 with their own properties
  card(
    '2.1',
    'N:Virtanen;Matti',
    'TEL;VOICE;WORK:+3589123456',
    'X-CLASS:private',
    'NOTE;ENCODING=QUOTED-PRINTABLE:Two lines=0D=0A=\r\nof a note',
    'REV:20260501T120000Z',
  ),
  card(
    '2.1',
    'N:Svensson;Sven',
    'TEL;CELL:+4670123456',
    'X-IRMC-LUID:00050000000A',
    'SOUND;X-IRMC-N;CHARSET=UTF-8:;;;;',
    'X-SONYERICSSON-GROUP:1',
  ),
  card(
    '2.1',
    'N:Smith;Jo',
    'TITLE:Manager',
    'KEY;X509;ENCODING=BASE64:MIIDXTCCAkWgAwIBAgIJAKL0UG+mRkSvMA0GCSqGSIb3DQEBCwUAMEUx',
    '',
    'LABEL;WORK;ENCODING=QUOTED-PRINTABLE:1 Main St=0D=0ASpringfield',
  ),
  // A phone book
  Array.from({ length: 80 }, (_, at) =>
    card('2.1', `N:Person;No ${at}`, `TEL;CELL:+1202555${1000 + at}`),
  ).join(''),
];

const calendar = (version: string, ...properties: readonly string[]): string =>
  ['BEGIN:VCALENDAR', `VERSION:${version}`, ...properties, 'END:VCALENDAR', ''].join('\r\n');

const event = (...properties: readonly string[]): readonly string[] => [
  ...[
    'BEGIN:VEVENT',
    'SUMMARY:Dinner',
    'DTSTART:20261224T180000Z',
    'DTEND:20261224T200000Z',
    ...properties,
    'END:VEVENT',
  ],
];

const ZONE: readonly string[] = [
  ...[
    'BEGIN:VTIMEZONE',
    'TZID:Europe/Berlin',
    'BEGIN:DAYLIGHT',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'DTSTART:19810329T020000',
  ],
  ...[
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'TZNAME:CEST',
    'END:DAYLIGHT',
    'BEGIN:STANDARD',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
  ],
  ...[
    'DTSTART:19961027T030000',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    'TZNAME:CET',
    'END:STANDARD',
    'END:VTIMEZONE',
  ],
];

/** vCalendar 1.0 of older phones, then iCalendar. */
const CALENDARS: readonly (readonly [string, string])[] = [
  ['vcs', calendar('1.0', ...event('AALARM:20261224T174500Z', 'CATEGORIES:MEETING'))],
  ['vcs', calendar('1.0', ...event('DALARM:20261224T174500Z;;0;Dinner', 'RRULE:W1 MO #10'))],
  [
    'vcs',
    calendar(
      '1.0',
      'TZ:+01',
      'DAYLIGHT:TRUE;+02;20260329T010000Z;20261025T010000Z;CET;CEST',
      ...event('RRULE:D1 #0', 'X-EPOCAGENDAENTRYTYPE:APPOINTMENT'),
    ),
  ],
  [
    'vcs',
    calendar(
      '1.0',
      'BEGIN:VTODO',
      'SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Br=C3=B6tchen',
      'DUE:20261224T120000',
      'STATUS:NEEDS ACTION',
      'PRIORITY:2',
      'END:VTODO',
    ),
  ],
  [
    'vcs',
    calendar(
      '1.0',
      ...event(
        `DESCRIPTION;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:${quoted('Bei uns, ab 18 Uhr')}`,
        'LOCATION:At home',
      ),
    ),
  ],
  [
    'ics',
    calendar(
      '2.0',
      'PRODID:-//Google Inc//Google Calendar 70.9054//EN',
      'METHOD:REQUEST',
      ...ZONE,
      ...event(
        'UID:1@google.com',
        'ORGANIZER;CN=Anna:mailto:anna@example.com',
        'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Tom:mailto:tom@example.com',
      ),
    ),
  ],
  [
    'ics',
    calendar(
      '2.0',
      'PRODID:-//Apple Inc.//iPhone OS 17.5//EN',
      ...ZONE,
      ...event(
        'TRANSP:OPAQUE',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'TRIGGER:-PT15M',
        'DESCRIPTION:Reminder',
        'END:VALARM',
        'X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC',
        'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS=1 Main St:geo:52.5,13.4',
      ),
    ),
  ],
  [
    'ics',
    calendar(
      '2.0',
      'PRODID:-//Samsung',
      ...event('RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR', 'EXDATE:20261228T180000Z', 'CLASS:PUBLIC'),
    ),
  ],
  [
    'ics',
    calendar(
      '2.0',
      'PRODID:Zoom',
      ...event(
        `DESCRIPTION:${folded('Join at https://example.zoom.us/j/123456?pwd=abc\\nPhone: +1 202 555 0103\\,\\,123456#')}`,
        'URL:https://example.zoom.us/j/123456',
        'LOCATION:https://example.zoom.us/j/123456',
      ),
    ),
  ],
  ['ics', calendar('2.0', 'PRODID:Birthdays', ...event('RRULE:FREQ=YEARLY', 'DTSTAMP:20260501T120000Z'))],
  [
    'ics',
    calendar(
      '2.0',
      'PRODID:Season',
      ...Array.from({ length: 40 }, (_, at) => event(`UID:match-${at}`)).flat(),
    ),
  ],
];

/** Contacts and appointments. */
export function madeCards(): readonly Gathered[] {
  return [
    ...CARDS.map((text, at) => ({ name: `contact${at}.vcf`, bytes: Buffer.from(text) })),
    ...NAMES.flatMap((name, at) => [
      {
        name: `name${at}.vcf`,
        bytes: Buffer.from(
          card(
            '2.1',
            `N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${quoted(name)};;;;`,
            `TEL;CELL:+1202555010${at % 10}`,
          ),
        ),
      },
      {
        name: `utf8-${at}.vcf`,
        bytes: Buffer.from(card('3.0', `N:${name};;;;`, `FN:${name}`, 'TEL:+4930123456')),
      },
    ]),
    ...CALENDARS.map(([extension, text], at) => ({
      name: `event${at}.${extension}`,
      bytes: Buffer.from(text),
    })),
  ];
}
