/** vCards and calendars (threats, 6.4): what they carry, where they lead, and how much they make of themselves. */
import { CARD_LINE_OCTETS_MAX, CARD_OCTETS_MAX, cardLinesOf, type CardLine } from './card-lines.ts';
import { dangerousSchemeOf, embeddedFileOf, isBinary, isRemote } from './card-values.ts';
import type { FindingTable, Report } from './finding.ts';
import type { PartDetector, PartView } from './part-view.ts';
import { recurrencesOf } from './vcalendar-recurrence.ts';

/** Findings about vCards and calendars. */
export const CARD_FINDINGS = {
  'card-program': {
    severity: 'high',
    description: 'A property of a card holds a program in place of a picture, a sound or a key',
  },
  'card-archive': { severity: 'medium', description: 'A property of a card holds a ZIP archive' },
  'card-dangerous-scheme': {
    severity: 'medium',
    description: 'A property of a card leads to a script, to files of the handset, or into an app',
  },
  'card-remote-media': {
    severity: 'low',
    description:
      'A picture or an attachment of a card is on a server, which learns when the card is looked at',
  },
  'card-long-line': {
    severity: 'medium',
    description: 'A property of a card that holds only text is over 8 KiB',
  },
  'card-nesting': {
    severity: 'medium',
    description: 'Components of a card are nested deeper than any need for it',
  },
  'card-flood': { severity: 'medium', description: 'One part holds more cards or entries than people send' },
  'card-oversize': {
    severity: 'medium',
    description: 'A card is over 1 MiB; the rest was not looked at',
    gap: 'over-limit',
  },
  'vcalendar-attendees': { severity: 'low', description: 'A calendar names more than 100 attendees' },
  'vcalendar-alarms': { severity: 'medium', description: 'A calendar sets more than 100 alarms' },
  'vcalendar-recurrence': {
    severity: 'medium',
    description: 'An entry recurs so often that working out its dates keeps a handset busy',
  },
} as const satisfies FindingTable;

type CardFindingCode = keyof typeof CARD_FINDINGS;

/** Cards, events or tasks in one part (threats, 6.4). */
export const CARDS_MAX = 500;

/** Components inside components: calendar, event and alarm are three (threats, 6.4). */
export const CARD_NESTING_MAX = 4;

/** Attendees of one part (threats, 6.4). */
export const ATTENDEES_MAX = 100;

/** Alarms of one part (threats, 6.4). */
export const ALARMS_MAX = 100;

/** Times that one entry may recur: daily for nearly three years. */
export const RECURRENCES_MAX = 1_000;

/** Walks the properties of a vCard or a calendar. */
export const cardDetector: PartDetector<CardFindingCode> = {
  name: 'card',
  findings: CARD_FINDINGS,
  detect(part, report) {
    if (!isCard(part)) return;
    if (part.octets.length > CARD_OCTETS_MAX) report('card-oversize', { offset: CARD_OCTETS_MAX });
    const counts = new Map<Counted, number>();
    for (const line of cardLinesOf(part.octets)) {
      reportValue(line, report);
      reportCount(line, counts, report);
    }
  },
};

const CARD_TYPE = /^[a-z]+\/(?:x-)?(?:vcard|vcalendar|calendar|directory|ics)$/;
const CARD_FAMILIES: readonly (string | undefined)[] = ['vcard', 'vcal'];

/** Octets in which the first line of a card is looked for; some have comments or empty lines before it. */
const CARD_HEAD_OCTETS = 1024;

function isCard({ texts, octets, family, declaredType }: PartView): boolean {
  if (texts.length === 0) return false;
  if (CARD_FAMILIES.includes(family) || CARD_TYPE.test(declaredType)) return true;
  const head = octets.latin1(0, Math.min(CARD_HEAD_OCTETS, octets.length)) ?? '';
  return /BEGIN:V(?:CARD|CALENDAR)/i.test(head);
}

function reportValue(line: CardLine, report: Report<CardFindingCode>): void {
  const { offset, length } = line;
  const file = embeddedFileOf(line);
  if (file !== undefined) report(`card-${file.kind}`, { offset, evidence: { format: file.format } });
  const scheme = dangerousSchemeOf(line);
  if (scheme !== undefined) report('card-dangerous-scheme', { offset, evidence: { scheme } });
  if (isRemote(line)) report('card-remote-media', { offset });
  if (length > CARD_LINE_OCTETS_MAX && !isBinary(line))
    report('card-long-line', { offset, evidence: { length } });
  const recurrences = line.name === 'RRULE' ? recurrencesOf(line.value) : 0;
  if (recurrences > RECURRENCES_MAX) report('vcalendar-recurrence', { offset });
}

type Counted = 'depth' | 'cards' | 'attendees' | 'alarms';

interface CountRow {
  readonly counted: Counted;
  readonly counts: (line: CardLine) => boolean;
  readonly max: number;
  readonly code: CardFindingCode;
}

const ENTRIES = new Set(['VCARD', 'VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY']);

const isBegin = ({ name }: CardLine): boolean => name === 'BEGIN';
const componentOf = ({ value }: CardLine): string => value.trimEnd().toUpperCase();

const COUNTS: readonly CountRow[] = [
  { counted: 'depth', counts: isBegin, max: CARD_NESTING_MAX, code: 'card-nesting' },
  {
    counted: 'cards',
    counts: (line) => isBegin(line) && ENTRIES.has(componentOf(line)),
    max: CARDS_MAX,
    code: 'card-flood',
  },
  {
    counted: 'attendees',
    counts: ({ name }) => name === 'ATTENDEE',
    max: ATTENDEES_MAX,
    code: 'vcalendar-attendees',
  },
  {
    counted: 'alarms',
    counts: (line) => ALARM_PROPERTIES.has(line.name) || (isBegin(line) && componentOf(line) === 'VALARM'),
    max: ALARMS_MAX,
    code: 'vcalendar-alarms',
  },
];

/** Alarms of vCalendar 1.0, which has no components for them. */
const ALARM_PROPERTIES = new Set(['AALARM', 'DALARM', 'MALARM', 'PALARM']);

/** Counts a line where it counts, and reports it on its way past its limit. */
function reportCount(line: CardLine, counts: Map<Counted, number>, report: Report<CardFindingCode>): void {
  if (line.name === 'END') counts.set('depth', Math.max(0, (counts.get('depth') ?? 0) - 1));
  for (const { counted, counts: isCounted, max, code } of COUNTS) {
    if (!isCounted(line)) continue;
    const count = (counts.get(counted) ?? 0) + 1;
    counts.set(counted, count);
    if (count === max + 1) report(code, { offset: line.offset, evidence: { max } });
  }
}
