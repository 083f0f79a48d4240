/** Options that narrow down held messages, and the filter that the admin API gets of them. */
import { InvalidArgumentError, Option } from 'commander';
import { SEVERITIES } from '../inspection/finding.ts';
import { HELD_STATES } from '../storage/quarantine-store.ts';

/** The values of the options, as the API has them. */
export interface FilterOptions {
  readonly from?: string;
  readonly to?: string;
  readonly state?: string;
  readonly direction?: string;
  readonly severity?: string;
  readonly number?: string;
  readonly pseudonym?: string;
  readonly reason?: string;
  readonly contentHash?: string;
}

/** The keys that the API knows. */
const FILTER_KEYS = [
  'from',
  'to',
  'state',
  'direction',
  'severity',
  'number',
  'pseudonym',
  'reason',
  'contentHash',
] as const;

/** A filter as the API gets it. */
export type ApiFilter = Readonly<Partial<Record<(typeof FILTER_KEYS)[number], string>>>;

/** Every option of a filter; tasks are about what is held, so they take no `--state`. */
export function filterOptions(scope: 'all' | 'held'): readonly Option[] {
  const state = new Option('--state <state>', 'where it stands').choices(HELD_STATES);
  return [
    new Option('--from <time>', 'stopped at this time or later, as 2026-11-24T08:00Z').argParser(time),
    new Option('--to <time>', 'stopped before this time').argParser(time),
    ...(scope === 'all' ? [state] : []),
    new Option('--direction <direction>', 'the way that it went').choices(['outbound', 'inbound']),
    new Option('--severity <severity>', 'the worst of what was found').choices(SEVERITIES),
    new Option('--number <number>', 'number or address of the sender or a recipient'),
    new Option('--pseudonym <pseudonym>', 'pseudonym of the sender or a recipient'),
    new Option('--reason <code>', 'namespace:rule, or code of a finding or gap'),
    new Option('--content-hash <sha256>', 'SHA-256 of the body, in hexadecimal'),
  ];
}

/** What of the options is a filter. */
export function filterOf(options: FilterOptions): ApiFilter {
  const given = FILTER_KEYS.map((key) => [key, options[key]] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** Reads a time; without a zone it is of this machine. */
function time(value: string): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) throw new InvalidArgumentError('It is no time.');
  return date.toISOString();
}
