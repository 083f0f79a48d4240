/** What is written to the log of rules and scan threads. */
import type { Logger } from 'pino';
import type { RuleProblem, RuleSet } from '../scanning/rule-set.ts';
import type { ThreadEvent } from '../scanning/thread-seats.ts';
import type { ReloadResult, ReloadTrigger } from './rule-reload.ts';

/** Problems written one by one; a set of thousands of rules may have as many. */
export const PROBLEMS_LOGGED_MAX = 20;

/** One line: `file.yar:3:5: code: what is wrong`. */
export function formatRuleProblem({ file, line, column, code, message }: RuleProblem): string {
  const place = [file, line, column].filter((step) => step !== undefined && step !== '').join(':');
  return [place, code, message].filter((step) => step !== '').join(': ');
}

/** Writes what a rule set is, and what of it cannot be had. */
export function logRules({ digest, rules, skipped, engine }: RuleSet, log: Logger): void {
  log.info(
    { ruleSet: digest, rules: rules.length, skipped: skipped.length, engine: engine.version },
    'rules loaded',
  );
  for (const remedy of engine.degraded) log.warn({ remedy }, 'the YARA engine runs without a remedy');
  logProblems(skipped, 'rule left out', log);
}

/** Writes how a reload ended. */
export function logReload(result: ReloadResult, trigger: ReloadTrigger, log: Logger): void {
  switch (result.kind) {
    case 'loaded':
      logRules(result.ruleSet, log);
      break;
    case 'unchanged':
      log.info({ trigger, ruleSet: result.ruleSet.digest }, 'rules unchanged');
      break;
    case 'refused':
      log.error({ trigger, problems: result.problems.length }, 'rules refused, the set before stays in use');
      logProblems(result.problems, 'rule problem', log);
  }
}

function logProblems(problems: readonly RuleProblem[], message: string, log: Logger): void {
  for (const problem of problems.slice(0, PROBLEMS_LOGGED_MAX)) {
    log.warn({ problem: formatRuleProblem(problem) }, message);
  }
}

/** Writes what becomes of a scan thread. */
export function logThread(event: ThreadEvent, log: Logger): void {
  if (event.kind === 'start-failed') log.error({ detail: event.detail }, 'scan thread did not start');
  else if (event.cause === 'worn' || event.cause === 'rules')
    log.debug({ cause: event.cause }, 'scan thread replaced');
  else log.warn({ cause: event.cause, detail: event.detail }, 'scan thread replaced');
}
