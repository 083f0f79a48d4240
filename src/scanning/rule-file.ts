/** A rule file while a rule set is made of it: its text, and what is written there. */
import { readRuleHeaders, type RuleHeader } from './rule-header.ts';
import type { RuleProblem, RuleSource } from './rule-source.ts';

/** A source and its rules. */
export interface RuleFile extends RuleSource {
  readonly headers: readonly RuleHeader[];
}

/** Reads what rules a source has. */
export function ruleFile(source: RuleSource): RuleFile {
  return { ...source, headers: readRuleHeaders(source.text) };
}

/** A place in a text, from 1, as the engine counts it. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** What the engine says of an error or warning: `error[E009]: title`, `--> line:5:10`, and marked pieces of text. */
const REPORT =
  /^(?:error|warning)\[(?<code>\w+)\]: (?<title>.*)(?:\n *--> line:(?<line>\d+):(?<column>\d+))?/;

/** What stands beside the first mark under a line. */
const MARK = /\n[ \d]*\|[ |]*[\^-]+ (?<mark>\S.*)/;

/** What the engine says of a file, as a problem. */
export function ruleProblem(file: RuleFile, report: string): RuleProblem {
  const { code = 'engine', title = report, line, column } = REPORT.exec(report)?.groups ?? {};
  const mark = MARK.exec(report)?.groups?.['mark'];
  const message = mark === undefined ? title : `${title}: ${mark}`;
  if (line === undefined || column === undefined) {
    return { file: file.file, line: undefined, column: undefined, code, message };
  }
  const place = { line: Number(line), column: Number(column) };
  const rule = ruleAt(file, { ...place, code })?.name;
  return { file: file.file, ...place, code, message, ...(rule !== undefined && { rule }) };
}

/**
 * The file without what the problems are about: the rule that each stands in, or the line where it stands in none.
 * A problem without a place, or that was not mended by this before, takes the whole file. Places stay what they were.
 */
export function withoutBroken(file: RuleFile, problems: readonly RuleProblem[]): RuleFile {
  let { text } = file;
  for (const problem of problems) text = withoutRange(text, brokenRange(file, problem));
  const isMended = text !== file.text && problems.every(({ line }) => line !== undefined);
  return ruleFile({ ...file, text: isMended ? text : '' });
}

/** A piece of a text, in UTF-16 code units. */
type Range = Pick<RuleHeader, 'start' | 'end'>;

function brokenRange(file: RuleFile, { line, column, code }: RuleProblem): Range {
  if (line === undefined || column === undefined) return { start: 0, end: file.text.length };
  const rule = ruleAt(file, { line, column, code });
  if (rule !== undefined) return rule;
  const start = offsetOf(file.text, { line, column: 1 });
  const end = file.text.indexOf('\n', start);
  return { start, end: end < 0 ? file.text.length : end };
}

/** The text with a piece blanked out, so that places stay what they were. */
export function withoutRange(text: string, { start, end }: Range): string {
  return text.slice(0, start) + text.slice(start, end).replaceAll(/[^\n]/g, ' ') + text.slice(end);
}

/** What a syntax error is called, which is often told only where the next rule begins. */
const SYNTAX_ERROR = 'E001';

/** The rule that something is said of. */
function ruleAt(
  { headers, text }: RuleFile,
  { code, ...place }: Place & { readonly code: string },
): RuleHeader | undefined {
  const offset = offsetOf(text, place);
  const isSyntax = code === SYNTAX_ERROR;
  const rule = headers.findLast(({ start }) => (isSyntax ? start < offset : start <= offset));
  if (rule === undefined) return undefined;
  const isUnclosed = text[rule.end - 1] !== '}';
  return offset < rule.end || (isSyntax && isUnclosed) ? rule : undefined;
}

function offsetOf(text: string, { line, column }: Place): number {
  let offset = 0;
  for (let index = 1; index < line; index += 1) offset = text.indexOf('\n', offset) + 1;
  return offset + column - 1;
}
