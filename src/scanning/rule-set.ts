/** Makes rule sets of rule sources. */
import { createHash } from 'node:crypto';
import { addAbortListener } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RuleTarget } from '../inspection/rule-match.ts';
import { EXTERNAL_NAMES } from './externals.ts';
import { HARMLESS } from './harmless-samples.ts';
import { checkRules } from './rule-check.ts';
import { ruleFile, type RuleFile } from './rule-file.ts';
import { groupByTarget } from './rule-groups.ts';
import type { RuleHeader } from './rule-header.ts';
import type { RuleImage } from './rule-image.ts';
import type { EngineScanner, Remedy } from './rule-scanner.ts';
import { SELF_TEST_RULES } from './rule-self-test.ts';
import type { RuleProblem, RuleSource } from './rule-source.ts';
import { readTargets } from './rule-targets.ts';
import { withoutWarnings } from './warning-suppression.ts';
import {
  engineImage,
  loadEngineProgram,
  openCompiler,
  openUntested,
  type EngineProgram,
} from './yara-engine.ts';

export type { RuleImage } from './rule-image.ts';
export type { RuleProblem } from './rule-source.ts';

/** One rule that can match. */
export interface RuleInfo {
  readonly rule: string;
  readonly namespace: string;
  readonly file: string;
  readonly tags: readonly string[];
  readonly metadata: RuleHeader['metadata'];
  readonly targets: readonly RuleTarget[];
}

/** Compiled rules that have passed the self-test: plain data, to hand to threads. */
export interface RuleSet {
  /** SHA-256 of the engine's version and of every namespace, file name and text, in hexadecimal. */
  readonly digest: string;
  /** The rules that can match, without private ones. */
  readonly rules: readonly RuleInfo[];
  /** What was left out because it is broken. */
  readonly skipped: readonly RuleProblem[];
  /** What the engine finds doubtful in the namespaces whose broken rules are refused. */
  readonly warnings: readonly RuleProblem[];
  readonly engine: {
    readonly version: string;
    /** Remedies that could not be had, in words for the log. Nothing is missed for it, but scans are slower. */
    readonly degraded: readonly string[];
  };
  readonly image: RuleImage;
}

/** How sources are compiled. */
export interface CompileOptions {
  /** Namespaces whose broken rules are left out and listed; of any other, one broken rule refuses the set. */
  readonly skipBroken: ReadonlySet<string>;
}

/** A rule set, or everything that is wrong. */
export type RuleCompilation =
  { readonly ok: true; readonly ruleSet: RuleSet } | { readonly ok: false; readonly problems: RuleProblem[] };

/**
 * Compiles sources and tries the result. It blocks for seconds, and the engine keeps the memory that it took, so this
 * is for tests and commands; use `compileInThread` in a service. What was opened in this thread before must not be used
 * any more.
 */
export function compileRuleSet(
  sources: readonly RuleSource[],
  { skipBroken }: CompileOptions,
): RuleCompilation {
  const program = loadEngineProgram();
  const files = inOrder(sources.map(ruleFile), skipBroken);
  const check = checkRules(files, skipBroken, () => openCompiler(program.module));
  if (!check.ok) return check;
  const { files: sound, skipped, warnings } = check;
  const { image, isSilent } = buildImage(sound, program);
  const scanner = openUntested(image);
  const rules = sound.flatMap(ruleInfos);
  const problems = tryOut(scanner, rules);
  if (problems.length > 0) return { ok: false, problems };
  const missing: Remedy[] = [...scanner.missing];
  if (!program.hasOnceCtors) missing.push('once-ctors');
  if (!isSilent) missing.push('warning-suppression');
  const ruleSet = {
    digest: digestOf(sources, program.version),
    rules,
    skipped,
    warnings,
    engine: { version: program.version, degraded: missing.map((remedy) => MISSING[remedy]) },
    image,
  };
  return { ok: true, ruleSet };
}

const COMPILE_WORKER = new URL('./compile-worker.ts', import.meta.url);

/** What the thread of a compilation is given. */
export interface CompileWork {
  readonly sources: readonly RuleSource[];
  readonly options: CompileOptions;
}

/**
 * `compileRuleSet` in a thread of its own, which is ended when `signal` aborts: it then rejects with the signal's
 * reason. Rules that make the compiler fail are a problem like any other.
 */
export async function compileInThread(
  sources: readonly RuleSource[],
  options: CompileOptions,
  signal?: AbortSignal,
): Promise<RuleCompilation> {
  signal?.throwIfAborted();
  const work: CompileWork = { sources, options };
  const { promise, resolve, reject } = Promise.withResolvers<RuleCompilation>();
  const worker = new Worker(COMPILE_WORKER, { workerData: work, name: 'compile' });
  worker.on('message', resolve);
  worker.on('error', (error) => {
    resolve(failedCompilation(error instanceof Error ? error.message : String(error)));
  });
  worker.on('exit', (code) => {
    resolve(failedCompilation(`the thread ended with code ${code}`));
  });
  const aborting =
    signal &&
    addAbortListener(signal, () => {
      reject(abortReason(signal));
    });
  try {
    return await promise;
  } finally {
    aborting?.[Symbol.dispose]();
    await worker.terminate();
  }
}

/** Namespaces one after the other, those whose warnings are told first: the others' would be told again each time. */
function inOrder(files: readonly RuleFile[], skipBroken: ReadonlySet<string>): RuleFile[] {
  const namespaces = [...new Set(files.map(({ namespace }) => namespace))];
  const strictFirst = namespaces.toSorted((a, b) => Number(skipBroken.has(a)) - Number(skipBroken.has(b)));
  return strictFirst.flatMap((namespace) => files.filter((file) => file.namespace === namespace));
}

/** `isSilent`: the engine finds nothing doubtful any more. */
function buildImage(
  files: readonly RuleFile[],
  { module }: EngineProgram,
): { readonly image: RuleImage; readonly isSilent: boolean } {
  let isSilent = true;
  const build = (sources: readonly RuleFile[]): number => {
    const compiler = openCompiler(module);
    for (const file of sources) compiler.add(file.namespace, withoutWarnings(file));
    isSilent &&= compiler.warnings().length === 0;
    return compiler.build();
  };
  const groups = groupByTarget(files).map(({ kinds, files: grouped }) => ({ kinds, rules: build(grouped) }));
  const selfTest = build([ruleFile({ namespace: 'self-test', file: '', text: SELF_TEST_RULES })]);
  const words = new Set(files.flatMap(({ headers }) => headers.flatMap((header) => [...header.words])));
  const externals = EXTERNAL_NAMES.filter((name) => words.has(name));
  return { image: { ...engineImage(module), program: module, groups, selfTest, externals }, isSilent };
}

/** What must hold before rules are used: the engine knows the self-test, and finds nothing grave in what is harmless. */
function tryOut(scanner: EngineScanner, rules: readonly RuleInfo[]): RuleProblem[] {
  const failure = scanner.selfTest();
  if (failure !== undefined) return [problemOf('self-test-failed', failure)];
  const matches = HARMLESS.flatMap((sample) => scanner.scan(sample));
  const grave = matches.filter(({ severity }) => severity === 'high' || severity === 'critical');
  return rules
    .filter((info) => grave.some(({ namespace, rule }) => namespace === info.namespace && rule === info.rule))
    .map(({ file, rule }) => {
      return { ...problemOf('matches-harmless', 'a grave rule matches a harmless message'), file, rule };
    });
}

/** What the log says of remedies that did not take. */
const MISSING: Readonly<Record<Remedy, string>> = {
  'once-ctors': 'the engine runs its constructors at every call',
  'guest-link': 'the engine links conditions anew at every scan, and its threads are replaced often',
  'external-slots': 'variables are set the slow way',
  'warning-suppression': 'the engine words warnings at every scan',
};

function ruleInfos({ namespace, file, headers }: RuleFile): RuleInfo[] {
  return headers
    .filter(({ isPrivate }) => !isPrivate)
    .map(({ name: rule, tags, metadata }) => {
      const { targets } = readTargets(metadata);
      return { rule, namespace, file, tags, metadata, targets };
    });
}

function digestOf(sources: readonly RuleSource[], version: string): string {
  const content = sources.map(({ namespace, file, text }) => [namespace, file, text]);
  return createHash('sha256')
    .update(JSON.stringify([version, content]))
    .digest('hex');
}

function problemOf(code: string, message: string): RuleProblem {
  return { file: '', line: undefined, column: undefined, code, message };
}

function failedCompilation(message: string): RuleCompilation {
  return { ok: false, problems: [problemOf('compiler-failed', message)] };
}

function abortReason({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
