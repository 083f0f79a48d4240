import { describe, expect, it } from 'vitest';
import { DEFAULT_TARGETS, readTargets } from '../../src/scanning/rule-targets.ts';

describe('readTargets', () => {
  it.each([
    ['part', ['part'], []],
    ['pdu , text', ['text', 'pdu'], []],
    ['part,archive-member,part', ['part', 'archive-member'], []],
    ['part,memory', ['part'], ['memory']],
    ['Windows', DEFAULT_TARGETS, ['Windows']],
    ['', DEFAULT_TARGETS, ['']],
  ])('reads %j', (target, targets, unknown) => {
    expect(readTargets({ target })).toEqual({ targets, unknown });
  });

  it('is everything that a handset opens for a rule that names none', () => {
    expect(readTargets({})).toEqual({ targets: ['part', 'text', 'archive-member'], unknown: [] });
    expect(readTargets({ target: 5 })).toEqual({ targets: DEFAULT_TARGETS, unknown: [] });
  });
});
