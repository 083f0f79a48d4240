/** ZIP archives, and what is built on them: bombs, lists that readers would see differently, names that leave the folder. */
import type { FindingTable, Report } from './finding.ts';
import type { PartDetector, PartView, Surroundings } from './part-view.ts';
import type { OpenedMember, ZipMember, ZipProblemKind } from './zip-archive.ts';
import { findEnds } from './zip-end.ts';
import { walkZip, type ZipLimit, type ZipStep } from './zip-walk.ts';

/** What is found of ZIP archives. */
export const ZIP_FINDINGS = {
  'zip-end-missing': {
    severity: 'low',
    description: 'A ZIP archive is cut off: it has no directory of its members',
  },
  'zip-ends-several': {
    severity: 'high',
    description: 'A ZIP archive has two directories, so that readers see different members',
  },
  'zip-directory-broken': {
    severity: 'medium',
    description: 'The directory of a ZIP archive cannot be read to its end',
  },
  'zip-count-mismatch': {
    severity: 'high',
    description: 'A ZIP archive declares another number of members than its directory lists',
  },
  'zip-entries-over-limit': {
    severity: 'medium',
    description: 'A ZIP archive has more members than we look at, those of archives inside it counted',
    gap: 'over-limit',
  },
  'zip-local-missing': {
    severity: 'medium',
    description: 'The directory of a ZIP archive points to a place where no member starts',
  },
  'zip-local-differs': {
    severity: 'high',
    description: 'A ZIP member is described differently in the directory and before its data',
  },
  'zip-overlap': {
    severity: 'high',
    description: 'Members of a ZIP archive share octets, as in a bomb without nesting (CVE-2019-13232)',
  },
  'zip-unlisted-member': {
    severity: 'high',
    description: 'A ZIP archive holds a member that its directory does not list',
  },
  'zip-prefix': {
    severity: 'medium',
    description: 'Something else stands before a ZIP archive in the same file',
  },
  'zip-in-media': {
    severity: 'high',
    description: 'A picture, sound or video is a ZIP archive as well, to whoever reads it from its end',
  },
  'zip-trailing': { severity: 'low', description: 'Something stands after the end of a ZIP archive' },
  'zip-zip64': {
    severity: 'info',
    description: 'A ZIP archive uses 64-bit sizes, which nothing in a message needs',
  },
  'zip-bomb-ratio': {
    severity: 'high',
    description: 'A ZIP member unfolds to far more than ordinary data do',
  },
  'zip-bomb-total': { severity: 'high', description: 'A ZIP archive unfolds to more than we open' },
  'zip-bomb-depth': { severity: 'high', description: 'ZIP archives are nested deeper than we open' },
  'zip-encrypted': {
    severity: 'medium',
    description: 'A ZIP member is encrypted: nobody between the ends can inspect it',
  },
  'zip-member-broken': { severity: 'low', description: 'The data of a ZIP member are cut off or damaged' },
  'zip-method-unsupported': {
    severity: 'low',
    description: 'A ZIP member is compressed by a method that handsets do not know',
  },
  'zip-size-mismatch': {
    severity: 'high',
    description: 'A ZIP member unfolds to another size than is declared',
  },
  'zip-member-slack': {
    severity: 'low',
    description: 'Octets that nobody unpacks stand after the data of a ZIP member',
  },
  'zip-name-traversal': {
    severity: 'high',
    description: 'The name of a ZIP member leads out of the folder that it is unpacked to',
  },
  'zip-name-absolute': {
    severity: 'medium',
    description: 'The name of a ZIP member starts at the root or a drive',
  },
  'zip-name-control': {
    severity: 'high',
    description: 'The name of a ZIP member holds a control character, where some readers end it',
  },
} as const satisfies FindingTable;

type Code = keyof typeof ZIP_FINDINGS;

const PROBLEM_CODES = {
  'end-missing': 'zip-end-missing',
  'ends-several': 'zip-ends-several',
  'directory-broken': 'zip-directory-broken',
  'count-mismatch': 'zip-count-mismatch',
  'entries-over-limit': 'zip-entries-over-limit',
  'local-missing': 'zip-local-missing',
  'local-differs': 'zip-local-differs',
  overlap: 'zip-overlap',
  'unlisted-member': 'zip-unlisted-member',
  prefix: 'zip-prefix',
  trailing: 'zip-trailing',
  zip64: 'zip-zip64',
} as const satisfies Record<ZipProblemKind, Code>;

const LIMIT_CODES = {
  ratio: 'zip-bomb-ratio',
  total: 'zip-bomb-total',
  depth: 'zip-bomb-depth',
  entries: 'zip-entries-over-limit',
} as const satisfies Record<ZipLimit, Code>;

const UNOPENED_CODES = {
  encrypted: 'zip-encrypted',
  broken: 'zip-member-broken',
  'unsupported-method': 'zip-method-unsupported',
  'over-limit': undefined,
} as const satisfies Record<Exclude<OpenedMember['kind'], 'opened'>, Code | undefined>;

/** What member names must not have; the first that applies is told. Backslashes separate folders for some readers. */
const NAME_CODES: readonly (readonly [RegExp, Code])[] = [
  [/[\u0000-\u001f\u007f]/, 'zip-name-control'],
  [/(?:^|[/\\])\.\.(?:[/\\]|$)/, 'zip-name-traversal'],
  [/^(?:[/\\]|[A-Za-z]:)/, 'zip-name-absolute'],
];

/** Media have no ZIP in them; documents and programs may. */
const MEDIA = /^(?:image|audio|video)\//;

/** Looks at every part that can be read as a ZIP archive, whatever it starts with. */
export const zipDetector: PartDetector<Code> = {
  name: 'zip',
  findings: ZIP_FINDINGS,
  detect(part: PartView, report: Report<Code>, { inflateRaw }: Surroundings): void {
    if (MEDIA.test(part.sniffedType) && findEnds(part.octets).length > 0) report('zip-in-media');
    for (const step of walkZip(part.octets, inflateRaw)) {
      if (step.kind === 'archive') reportArchive(step, report);
      else if (step.kind === 'limit') report(LIMIT_CODES[step.limit], { evidence: { member: step.number } });
      else reportMember(step, report);
    }
  },
};

type Step<Kind extends ZipStep['kind']> = Extract<ZipStep, { kind: Kind }>;

function reportArchive({ archive, depth }: Step<'archive'>, report: Report<Code>): void {
  for (const { kind, offset } of archive.problems) {
    report(PROBLEM_CODES[kind], depth === 1 ? { offset } : { evidence: { depth, offset } });
  }
}

function reportMember({ member, number, depth, opened }: Step<'member'>, report: Report<Code>): void {
  const detail = {
    offset: depth === 1 ? member.dataOffset : undefined,
    evidence: { member: number, depth },
  };
  for (const code of memberCodes(member, opened)) report(code, detail);
}

function memberCodes(member: ZipMember, opened: OpenedMember): readonly Code[] {
  const nameCode = NAME_CODES.find(([pattern]) => pattern.test(member.name))?.[1];
  const codes: readonly (Code | undefined)[] = [nameCode, ...dataCodes(member, opened)];
  return codes.filter((code) => code !== undefined);
}

function dataCodes(member: ZipMember, opened: OpenedMember): readonly (Code | undefined)[] {
  if (opened.kind !== 'opened') return [UNOPENED_CODES[opened.kind]];
  // What only a local header tells of has sizes that a descriptor may correct: nothing to hold it to.
  if (!member.isListed) return [];
  return [
    opened.bytes.length === member.size ? undefined : 'zip-size-mismatch',
    opened.consumed === member.compressedSize ? undefined : 'zip-member-slack',
  ];
}
