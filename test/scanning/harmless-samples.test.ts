import { describe, expect, it } from 'vitest';
import { DEFAULT_DECODE_LIMITS } from '../../src/codec/decode-limits.ts';
import { STRICT } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { RULE_TARGETS } from '../../src/inspection/rule-match.ts';
import { HARMLESS } from '../../src/scanning/harmless-samples.ts';

describe('the harmless samples', () => {
  it('have one for each target', () => {
    expect(HARMLESS.map(({ target }) => target).toSorted()).toEqual([...RULE_TARGETS].toSorted());
  });

  it('have a PDU without fault, that is what the variables say', () => {
    const { bytes, externals } = HARMLESS[0]!;
    const { pdu, anomalies } = decodePdu(bytes, { limits: DEFAULT_DECODE_LIMITS, tolerate: STRICT });
    expect(anomalies).toEqual([]);
    expect(pdu.type).toBe(externals.pdu_type);
    expect(bytes.length).toBe(externals.message_size);
  });
});
