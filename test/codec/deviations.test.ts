import { describe, expect, it } from 'vitest';
import { DEVIATION_CODES, DEVIATIONS, REAL_WORLD, STRICT } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { DEVIANT_PDUS } from '../support/fixtures.ts';
import { failureOf, placesOf } from '../support/octets.ts';

const codeOf = (place: string): string => place.replace(/@.*/, '');

describe('the deviations', () => {
  it('each have a fixture', () => {
    const covered = new Set(DEVIANT_PDUS.flatMap(({ expected }) => expected.map(codeOf)));
    expect(DEVIATION_CODES.filter((code) => !covered.has(code))).toEqual([]);
  });

  it.each(DEVIANT_PDUS)('$name is refused strictly, with its code and offset', ({ bytes, expected }) => {
    expect(failureOf(() => decodePdu(bytes))).toBe(expected[0]);
  });

  it.each(DEVIANT_PDUS)('$name is tolerated and reported, with its code and offset', (fixture) => {
    const { anomalies } = decodePdu(fixture.bytes, { tolerate: REAL_WORLD });
    expect(placesOf(anomalies)).toEqual(fixture.expected);
  });

  it.each(DEVIANT_PDUS)('$name is refused when all but its own deviation is tolerated', (fixture) => {
    const code = codeOf(fixture.expected[0] ?? '');
    const others = new Set(DEVIATION_CODES.filter((candidate) => candidate !== code));
    expect(failureOf(() => decodePdu(fixture.bytes, { tolerate: others }))).toBe(fixture.expected[0]);
  });

  it('tell an operator what, where and why', () => {
    for (const { summary, seenIn, risk } of Object.values(DEVIATIONS)) {
      expect([summary.length, seenIn.length, risk.length].every((length) => length > 2)).toBe(true);
    }
  });

  it('are all tolerated in the real world, and none strictly', () => {
    expect([...REAL_WORLD]).toEqual(Object.keys(DEVIATIONS));
    expect(STRICT.size).toBe(0);
  });
});
