/** Tries rule files, and says what is wrong with them. */
import type { RuleCompiler } from './rule-compiler.ts';
import { ruleProblem, withoutBroken, type RuleFile } from './rule-file.ts';
import type { RuleHeader } from './rule-header.ts';
import type { RuleProblem } from './rule-source.ts';
import { readTargets } from './rule-targets.ts';

/** Files that compile, and what was said of them; or everything that keeps a set from being made of them. */
export type RuleCheck =
  | {
      readonly ok: true;
      readonly files: readonly RuleFile[];
      readonly skipped: RuleProblem[];
      readonly warnings: RuleProblem[];
    }
  | { readonly ok: false; readonly problems: RuleProblem[] };

/** Without a broken rule others may break, and so on; after so many rounds the files that are left over go as a whole. */
const ROUNDS_MAX = 8;

/** About as many warnings are listed. The engine is slow at telling them, and nobody reads more. */
export const WARNINGS_MAX = 200;

/**
 * Compiles files, whose namespaces must stand together. Broken rules of the namespaces in `skipBroken` are left out and
 * listed, with those that need them; one broken rule of another namespace, and there is no set. Warnings are told of
 * the other namespaces only.
 */
export function checkRules(
  files: readonly RuleFile[],
  skipBroken: ReadonlySet<string>,
  open: () => RuleCompiler,
): RuleCheck {
  const skipped: RuleProblem[] = [];
  let remaining = files;
  for (let round = 1; ; round += 1) {
    const { problems, warnings } = compileOnce(remaining, skipBroken, open());
    const refused = [...problems].filter(([{ namespace }]) => !skipBroken.has(namespace));
    if (refused.length > 0) return { ok: false, problems: refused.flatMap(([, found]) => found) };
    if (problems.size === 0) return { ok: true, files: remaining, skipped, warnings };
    skipped.push(...[...problems.values()].flat());
    remaining = remaining.map((file) => repaired(file, problems.get(file), round));
  }
}

function repaired(file: RuleFile, problems: readonly RuleProblem[] | undefined, round: number): RuleFile {
  if (problems === undefined) return file;
  return round < ROUNDS_MAX ? withoutBroken(file, problems) : { ...file, text: '', headers: [] };
}

interface Trial {
  readonly problems: ReadonlyMap<RuleFile, RuleProblem[]>;
  readonly warnings: RuleProblem[];
}

function compileOnce(
  files: readonly RuleFile[],
  skipBroken: ReadonlySet<string>,
  compiler: RuleCompiler,
): Trial {
  const problems = new Map<RuleFile, RuleProblem[]>();
  const warnings: RuleProblem[] = [];
  for (const file of files) {
    const mayBreak = skipBroken.has(file.namespace);
    const reports = compiler.add(file.namespace, file.text);
    const found = [...reports.map((report) => ruleProblem(file, report)), ...headerProblems(file, mayBreak)];
    if (found.length > 0) problems.set(file, found);
    if (mayBreak || warnings.length >= WARNINGS_MAX) continue;
    const added = compiler.warnings().slice(warnings.length);
    warnings.push(...added.map((report) => ruleProblem(file, report)));
  }
  compiler.discard();
  return { problems, warnings };
}

/** What the engine does not mind, but we do. */
function headerProblems(file: RuleFile, mayBreak: boolean): RuleProblem[] {
  return file.headers.flatMap((header) => {
    const found = [...tooLarge(header), ...writesOut(header), ...(mayBreak ? [] : unknownTargets(header))];
    return found.map((fault) => ({
      file: file.file,
      ...placeOf(file.text, header.start),
      ...fault,
      rule: header.name,
    }));
  });
}

type Fault = Pick<RuleProblem, 'code' | 'message'>;

function tooLarge({ metadata }: RuleHeader): Fault[] {
  const entries = Object.entries(metadata).filter(
    ([, value]) => typeof value === 'number' && !isExact(value),
  );
  return entries.map(([name]) => ({
    code: 'metadata-too-large',
    message: `the number of \`${name}\` is beyond 2^53, and the engine could not tell of a match`,
  }));
}

/** The engine's console writes past our log, and to it whatever a rule likes of a message. */
function writesOut({ words }: RuleHeader): Fault[] {
  return words.has('console') ? [{ code: 'console', message: 'the rule writes out what it scans' }] : [];
}

/** Rules from elsewhere may mean something else by it. */
function unknownTargets({ metadata }: RuleHeader): Fault[] {
  const { unknown } = readTargets(metadata);
  return unknown.map((word) => ({ code: 'unknown-target', message: `there is no target \`${word}\`` }));
}

function isExact(value: number): boolean {
  return !Number.isInteger(value) || Number.isSafeInteger(value);
}

function placeOf(text: string, offset: number): Pick<RuleProblem, 'line' | 'column'> {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
