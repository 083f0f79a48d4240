/** iMelody ring tones (IrDA iMelody 1.2): a text that plays. */
import { cardLinesOf, type CardLine } from './card-lines.ts';
import type { FindingTable, Report } from './finding.ts';
import type { PartDetector } from './part-view.ts';

/** Findings about iMelody. */
export const IMELODY_FINDINGS = {
  'imelody-oversize': {
    severity: 'medium',
    description: 'A ring tone is over 64 KiB, a hundred times what one needs',
  },
  'imelody-not-ascii': { severity: 'medium', description: 'A ring tone has octets that its format does not' },
  'imelody-incomplete': { severity: 'low', description: 'A ring tone lacks its melody or its end' },
  'imelody-value': {
    severity: 'low',
    description: 'A setting of a ring tone is not one that the format has',
  },
  'imelody-melody': {
    severity: 'low',
    description: 'A melody holds what is no note, rest or command, or repeats inside a repeat',
  },
} as const satisfies FindingTable;

type ImelodyFindingCode = keyof typeof IMELODY_FINDINGS;

/** Octets of a ring tone (media types, 5). */
export const IMELODY_OCTETS_MAX = 64 * 1024;

/** The beginning of every iMelody file (1.2, section 3). */
const BEGINNING = 'BEGIN:IMELODY';

/** What the settings may be: beats a minute from 25 to 900, three styles, sixteen volumes and steps from one. */
const SETTINGS: ReadonlyMap<string, RegExp> = new Map([
  ['BEAT', /^(?:2[5-9]|[3-9]\d|[1-8]\d\d|900)$/],
  ['STYLE', /^S[0-2]$/i],
  ['VOLUME', /^V(?:\d|1[0-5]|[+-])$/i],
]);

/** Notes, rests, accidentals, durations, octaves, volumes, repeats; `led`, `vibe` and `back` switched `on` or `off`. */
const MELODY = /^(?:[a-gr0-9&#.:;*()@+\-\s]|V(?=[\d+-])|(?:led|vibe|back)o(?:n|ff))*$/i;

/** A repeat may not hold another (1.2, section 4.8). */
const NESTED_REPEAT = /\([^)]*\(/;

/** Walks the lines of a ring tone. Of a melody the first 8 KiB are looked at. */
export const imelodyDetector: PartDetector<ImelodyFindingCode> = {
  name: 'imelody',
  findings: IMELODY_FINDINGS,
  detect({ octets }, report) {
    if (!octets.startsWith(BEGINNING)) return;
    if (octets.length > IMELODY_OCTETS_MAX)
      report('imelody-oversize', { evidence: { octets: octets.length } });
    const foreignAt = octets.bytes.findIndex(isForeign);
    if (foreignAt >= 0) report('imelody-not-ascii', { offset: foreignAt });
    const names = new Set<string>();
    for (const line of cardLinesOf(octets)) {
      names.add(line.name);
      reportLine(line, report);
    }
    if (!names.has('MELODY') || !names.has('END')) report('imelody-incomplete');
  },
};

/** Printable ASCII, tab and line ends are all that a ring tone is written in. */
function isForeign(octet: number): boolean {
  return octet > 0x7e || (octet < 0x20 && octet !== 0x09 && octet !== 0x0a && octet !== 0x0d);
}

function reportLine({ name, value, offset }: CardLine, report: Report<ImelodyFindingCode>): void {
  const setting = SETTINGS.get(name);
  if (setting?.test(value.trimEnd()) === false)
    report('imelody-value', { offset, evidence: { setting: name } });
  if (name !== 'MELODY') return;
  if (!MELODY.test(value) || NESTED_REPEAT.test(value)) report('imelody-melody', { offset });
}
