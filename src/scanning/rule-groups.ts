/** Which files are compiled together. */
import type { RuleTarget } from '../inspection/rule-match.ts';
import type { RuleFile } from './rule-file.ts';
import type { RuleHeader } from './rule-header.ts';
import { readTargets } from './rule-targets.ts';

/** What a set of rules is run on: a target, or a part that is its own text, for which the rules of both are run at once. */
export type ScanKind = RuleTarget | 'own-text';

/** The targets of each kind. */
export const SCAN_KINDS = {
  part: ['part'],
  text: ['text'],
  'archive-member': ['archive-member'],
  pdu: ['pdu'],
  'own-text': ['part', 'text'],
} as const satisfies Record<ScanKind, readonly RuleTarget[]>;

/** Files for some kinds of scans. */
export interface FileGroup {
  readonly kinds: ScanKind[];
  readonly files: readonly RuleFile[];
}

/**
 * The files that each target needs: the patterns of every rule are searched, whatever its condition says, so a file is
 * compiled only for the targets of its rules. Files that these need come along: those with rules that their conditions
 * name, and those with global rules, which every rule of the namespace depends on. Kinds that need the same files
 * share a group; one that needs none has no group.
 */
export function groupByTarget(files: readonly RuleFile[]): FileGroup[] {
  const groups = new Map<string, FileGroup>();
  for (const kind of Object.keys(SCAN_KINDS) as ScanKind[]) {
    const wanted = files.filter(({ headers }) => headers.some((header) => isFor(header, SCAN_KINDS[kind])));
    if (wanted.length === 0) continue;
    const needed = withNeeded(files, new Set(wanted));
    const key = needed.map((file) => files.indexOf(file)).join();
    const group = groups.get(key) ?? { kinds: [], files: needed };
    group.kinds.push(kind);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function isFor({ isPrivate, metadata }: RuleHeader, targets: readonly RuleTarget[]): boolean {
  return !isPrivate && readTargets(metadata).targets.some((target) => targets.includes(target));
}

/** The files, and what they need, in the order of all files. */
function withNeeded(files: readonly RuleFile[], wanted: Set<RuleFile>): RuleFile[] {
  const namespaces = new Set([...wanted].map(({ namespace }) => namespace));
  for (const file of files) {
    if (namespaces.has(file.namespace) && file.headers.some(({ isGlobal }) => isGlobal)) wanted.add(file);
  }
  const index = filesByRule(files);
  // A Set is walked to its end while it grows, so what is needed by what is needed comes along.
  for (const file of wanted) for (const other of namedBy(file, index)) wanted.add(other);
  return files.filter((file) => wanted.has(file));
}

/** The file of each rule, by namespace and name. */
type FilesByRule = ReadonlyMap<string, ReadonlyMap<string, RuleFile>>;

function filesByRule(files: readonly RuleFile[]): FilesByRule {
  const index = new Map<string, Map<string, RuleFile>>();
  for (const file of files) {
    const names = index.get(file.namespace) ?? new Map<string, RuleFile>();
    for (const { name } of file.headers) names.set(name, file);
    index.set(file.namespace, names);
  }
  return index;
}

/** The files of its namespace with rules that a file names. */
function namedBy({ namespace, headers }: RuleFile, index: FilesByRule): RuleFile[] {
  const words = new Set(headers.flatMap((header) => [...header.words]));
  return [...words].flatMap((word) => index.get(namespace)?.get(word) ?? []);
}
