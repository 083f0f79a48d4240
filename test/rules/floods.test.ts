import { describe, expect, it } from 'vitest';
import { matchingRules } from './default-rules.ts';
import { FLOOD_BYTES, FLOODS, TEXT_BYTES } from './flood-payloads.ts';

describe('a flood of 600 KiB', () => {
  it.each(FLOODS)('of $name sets off nothing but the rules against floods', ({ bytes, sets }) => {
    expect(bytes.length).toBe(FLOOD_BYTES);
    expect(matchingRules(bytes, {}, ['part', 'archive-member'])).toEqual(sets);
  });

  it.each(FLOODS)('of $name sets off none of the rules for text', ({ bytes, sets }) => {
    const matches = matchingRules(bytes.slice(0, TEXT_BYTES), {}, ['text']);
    expect(matches.filter((rule) => !sets.includes(rule))).toEqual([]);
  });
});
