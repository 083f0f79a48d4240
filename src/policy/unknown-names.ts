/** Names in the conditions of a policy that nothing has: mistyped, or gone with a version or a rule. */
import { MESSAGE_TYPE_TOKENS } from '../codec/mms-tokens.ts';
import { FINDINGS } from '../inspection/detectors.ts';
import { MEDIA_FAMILIES } from '../inspection/media-families.ts';
import type { KnownRule } from './known-subjects.ts';
import type { EntryCondition } from './policy-settings.ts';
import { fitsText } from './text-pattern.ts';

/** What names are looked up in. */
export interface NameSources {
  /** Undefined when they are not loaded: then nothing is said of rules, namespaces and tags. */
  readonly rules: readonly KnownRule[] | undefined;
  /** `; did you mean …?`, or nothing when no known name is near. */
  readonly suggestion: (name: string, knownNames: readonly string[]) => string;
}

/** A list of names in a condition: what one is called, and all that there are. */
interface NameRow {
  readonly word: string;
  readonly list: (when: EntryCondition) => readonly string[] | undefined;
  /** Undefined when they are not known. */
  readonly known: (rules: readonly KnownRule[] | undefined, pattern: string) => readonly string[] | undefined;
}

const FINDING_CODES = Object.keys(FINDINGS);
const FAMILIES = Object.keys(MEDIA_FAMILIES);
const PDU_TYPES = Object.values(MESSAGE_TYPE_TOKENS);

const ROWS: readonly NameRow[] = [
  { word: 'finding', list: ({ findings }) => findings, known: () => FINDING_CODES },
  {
    word: 'rule',
    list: ({ rules }) => rules,
    known: (rules, pattern) =>
      rules?.map(({ namespace, rule }) => (pattern.includes(':') ? `${namespace}:${rule}` : rule)),
  },
  {
    word: 'namespace',
    list: ({ namespaces }) => namespaces,
    known: (rules) => rules?.map(({ namespace }) => namespace),
  },
  { word: 'tag', list: ({ tags }) => tags, known: (rules) => rules?.flatMap(({ tags }) => tags) },
  { word: 'media family', list: ({ mediaFamilies }) => mediaFamilies, known: () => FAMILIES },
  { word: 'PDU type', list: ({ pduTypes }) => pduTypes, known: () => PDU_TYPES },
];

/** One sentence for each name that nothing has. */
export function unknownNames(when: EntryCondition, { rules, suggestion }: NameSources): readonly string[] {
  return ROWS.flatMap(({ word, list, known }) =>
    (list(when) ?? []).flatMap((pattern) => {
      const names = known(rules, pattern);
      if (names === undefined || names.some((name) => fitsText(pattern, name))) return [];
      return [`there is no ${word} ${pattern}${suggestion(pattern, [...new Set(names)])}`];
    }),
  );
}
