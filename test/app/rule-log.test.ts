import { describe, expect, it } from 'vitest';
import type { Logger } from 'pino';
import { createLog } from '../../src/app/log.ts';
import { formatRuleProblem, logReload, logThread, PROBLEMS_LOGGED_MAX } from '../../src/app/rule-log.ts';
import { TestIo } from '../support/command-run.ts';
import { ruleSetCalled } from '../support/scan-rig.ts';

const PROBLEM = { file: 'a.yar', line: 3, column: 5, code: 'syntax', message: 'a bracket is missing' };

function linesOf(tell: (log: Logger) => void): readonly Record<string, unknown>[] {
  const io = new TestIo();
  tell(createLog({ level: 'trace', destination: 'stdout' }, io));
  const lines = io.outText.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('formatRuleProblem', () => {
  it('gives file, line and column first', () => {
    expect(formatRuleProblem(PROBLEM)).toBe('a.yar:3:5: syntax: a bracket is missing');
  });

  it('leaves out what is not known', () => {
    expect(formatRuleProblem({ ...PROBLEM, column: undefined })).toBe(
      'a.yar:3: syntax: a bracket is missing',
    );
    const placeless = { ...PROBLEM, file: '', line: undefined, column: undefined };
    expect(formatRuleProblem(placeless)).toBe('syntax: a bracket is missing');
  });
});

describe('the log of reloads', () => {
  it('says which set is in use, what of it is missing, and what the engine lacks', () => {
    const ruleSet = {
      ...ruleSetCalled('d'),
      skipped: [PROBLEM],
      engine: { version: '1', degraded: ['once-ctors'] },
    };
    const lines = linesOf((log) => {
      logReload({ kind: 'loaded', ruleSet }, 'file', log);
    });
    expect(lines).toMatchObject([
      { level: 'info', msg: 'rules loaded', ruleSet: 'd', rules: 0, skipped: 1, engine: '1' },
      { level: 'warn', remedy: 'once-ctors' },
      { level: 'warn', problem: 'a.yar:3:5: syntax: a bracket is missing' },
    ]);
  });

  it('says that nothing has changed', () => {
    const lines = linesOf((log) => {
      logReload({ kind: 'unchanged', ruleSet: ruleSetCalled('d') }, 'signal', log);
    });
    expect(lines).toMatchObject([{ level: 'info', msg: 'rules unchanged', trigger: 'signal' }]);
  });

  it(`says what is wrong with a refused set, ${PROBLEMS_LOGGED_MAX} times at most`, () => {
    const problems = Array.from({ length: PROBLEMS_LOGGED_MAX + 1 }, () => PROBLEM);
    const lines = linesOf((log) => {
      logReload({ kind: 'refused', problems }, 'admin', log);
    });
    expect(lines[0]).toMatchObject({ level: 'error', problems: PROBLEMS_LOGGED_MAX + 1 });
    expect(lines).toHaveLength(1 + PROBLEMS_LOGGED_MAX);
  });
});

describe('the log of threads', () => {
  it.each([
    [{ kind: 'replaced', cause: 'timeout', detail: '' }, 'warn'],
    [{ kind: 'replaced', cause: 'crashed', detail: 'why' }, 'warn'],
    [{ kind: 'replaced', cause: 'worn', detail: '' }, 'debug'],
    [{ kind: 'replaced', cause: 'rules', detail: 'd' }, 'debug'],
    [{ kind: 'start-failed', detail: 'why' }, 'error'],
  ] as const)('has %j at level %s', (event, level) => {
    const lines = linesOf((log) => {
      logThread(event, log);
    });
    expect(lines).toMatchObject([{ level }]);
  });
});
