import { describe, expect, it } from 'vitest';
import { timePayloads, timeRules } from '../../src/app/rule-timing.ts';
import { compileInThread } from '../../src/scanning/rule-set.ts';
import { ruleFor } from '../support/rule-folder.ts';

const TEXT = `
private rule helper { strings: $h = "helper" condition: $h }
${ruleFor('one', 'A').replace('condition: $word', 'condition: $word and helper')}
${ruleFor('two', 'B', { target: '"part, text"' }).replace('condition: $word', 'condition: $word or A')}
`;
const SOURCES = [{ namespace: 'n', file: 'a.yar', text: TEXT }];
const PAYLOADS = [{ name: 'p', kind: 'ordinary', bytes: Buffer.from('one helper') }] as const;

async function compiled() {
  const result = await compileInThread(SOURCES, { skipBroken: new Set() });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.ruleSet;
}

describe('timePayloads', () => {
  it('times each payload on each target that rules have', async () => {
    const timings = timePayloads(await compiled(), PAYLOADS);
    expect(timings.map(({ payload, target }) => `${payload} ${target}`)).toEqual(['p part', 'p text']);
    expect(timings.every(({ ms }) => ms > 0)).toBe(true);
  });
});

describe('timeRules', () => {
  it('times each rule with the rules that it needs, however they are named', async () => {
    const timings = await timeRules(SOURCES, await compiled(), PAYLOADS);
    expect(timings.map(({ rule }) => rule).toSorted()).toEqual(['A', 'B']);
    expect(timings[0]?.worstMs).toBeGreaterThanOrEqual(timings[1]?.worstMs ?? 0);
  });
});
