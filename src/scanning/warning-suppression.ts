/** Silences the engine's warnings: it words every one of them again at every scan. */
import type { RuleFile } from './rule-file.ts';

/** The warnings that YARA-X 1.19 has of rules, without those that need a setting of its own. */
const WARNINGS = [
  'ambiguous_expr',
  'bool_int_comparison',
  'consecutive_jumps',
  'deprecated_field',
  'duplicate_pattern_value',
  'global_rule_misuse',
  'invariant_expr',
  'non_bool_expr',
  'potentially_slow_loop',
  'redundant_modifier',
  'slow_pattern',
  'text_as_hex',
  'too_many_iterations',
  'unintended_pattern_in_set',
  'unsatisfiable_expr',
  'unused_identifier',
];

/** On a line of its own: at the end of another line it would be about that line. */
const ABOUT_RULE = `\n// suppress: ${WARNINGS.join(', ')}\n`;
const ABOUT_IMPORT = '// suppress: duplicate_import\n';

/** The file's text with a comment before each import and rule that silences all warnings of it. Lines are moved. */
export function withoutWarnings({ text, headers }: Pick<RuleFile, 'text' | 'headers'>): string {
  let silenced = '';
  let position = 0;
  for (const { start, end } of headers) {
    silenced += betweenRules(text.slice(position, start)) + ABOUT_RULE + text.slice(start, end);
    position = end;
  }
  return silenced + betweenRules(text.slice(position));
}

function betweenRules(text: string): string {
  return text.replaceAll(/^[ \t]*import\b/gm, (statement) => ABOUT_IMPORT + statement);
}
