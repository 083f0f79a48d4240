import { describe, expect, it } from 'vitest';
import { PAYLOAD_BYTES, RULE_PAYLOADS } from '../../src/app/rule-payloads.ts';

describe('RULE_PAYLOADS', () => {
  it.each(RULE_PAYLOADS.map((payload) => [payload.name, payload] as const))(
    '%s is of the size of all',
    (_, { bytes }) => {
      expect(bytes).toHaveLength(PAYLOAD_BYTES);
    },
  );

  it('has names of their own, and both kinds', () => {
    expect(new Set(RULE_PAYLOADS.map(({ name }) => name)).size).toBe(RULE_PAYLOADS.length);
    expect(new Set(RULE_PAYLOADS.map(({ kind }) => kind)).size).toBe(2);
  });
});
