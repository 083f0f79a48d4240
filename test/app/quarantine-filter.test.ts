import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { filterOf, filterOptions } from '../../src/app/quarantine-filter.ts';

function parsed(scope: 'all' | 'held', ...args: readonly string[]) {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  for (const option of filterOptions(scope)) command.addOption(option);
  return filterOf(command.parse(args, { from: 'user' }).opts());
}

describe('the filter of the options', () => {
  it('has what was given and nothing else, by the names of the API', () => {
    expect(parsed('all')).toEqual({});
    const args = [
      ['--from', '2026-11-24T08:00Z'],
      ['--to', '2026-11-25'],
      ['--state', 'released'],
      ['--direction', 'inbound'],
      ['--severity', 'critical'],
      ['--number', '+12025550122'],
      ['--pseudonym', 'p'],
      ['--reason', 'mmsguard:RULE'],
      ['--content-hash', 'ab'],
    ].flat();
    expect(parsed('all', ...args)).toEqual({
      from: '2026-11-24T08:00:00.000Z',
      to: '2026-11-25T00:00:00.000Z',
      state: 'released',
      direction: 'inbound',
      severity: 'critical',
      number: '+12025550122',
      pseudonym: 'p',
      reason: 'mmsguard:RULE',
      contentHash: 'ab',
    });
  });

  it.each([
    ['--from', 'yesterday'],
    ['--state', 'gone'],
    ['--direction', 'up'],
    ['--severity', 'huge'],
  ])('refuses %s %s', (...args) => {
    expect(() => parsed('all', ...args)).toThrow();
  });

  it('has no state for acts on what is held', () => {
    expect(() => parsed('held', '--state', 'held')).toThrow();
  });
});
