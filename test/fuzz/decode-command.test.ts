/** What `mmsguard decode` shows of hostile bytes: always something, and never an order to the terminal. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeReport } from '../../src/app/decode-report.ts';
import { decodeText } from '../../src/app/decode-text.ts';
import { terminalJson } from '../../src/app/terminal-text.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { FIXTURES } from '../support/fixtures.ts';

const RUNS = { numRuns: Number(process.env['FUZZ_RUNS'] ?? 2000) };

/** A fixture with some of its octets changed, and perhaps cut; or any bytes at all. */
const hostileBytes = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...FIXTURES.map(({ bytes }) => bytes)),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
      fc.nat(),
    )
    .map(([original, changes, length]) => {
      const bytes = original.slice();
      for (const [place, octet] of changes) bytes[place % bytes.length] = octet;
      return length % 4 === 0 ? bytes.subarray(0, length % bytes.length) : bytes;
    }),
  fc.uint8Array({ maxLength: 200 }),
);

/** Control and format characters, separators, and what is no character. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/u;

describe('decode', () => {
  it('reports any bytes, in printable lines', () => {
    fc.assert(
      fc.property(hostileBytes, (bytes) => {
        const report = decodeReport('hostile', bytes, { tolerate: REAL_WORLD });
        for (const line of decodeText(report)) expect(line).not.toMatch(UNSAFE);
        const json = terminalJson(report);
        expect(json).not.toMatch(UNSAFE);
        expect(JSON.parse(json)).toEqual(report);
      }),
      RUNS,
    );
  });

  it('gives offsets that lie in the file, in wire order', () => {
    fc.assert(
      fc.property(hostileBytes, (bytes) => {
        const report = decodeReport('hostile', bytes, { tolerate: REAL_WORLD });
        if (!report.ok) {
          expect(report.error.offset).toBeLessThanOrEqual(bytes.length);
          return;
        }
        let last = 0;
        for (const { offset, end } of report.headers) {
          expect(offset).toBeGreaterThanOrEqual(last);
          last = end;
        }
        for (const { offset, octets } of report.parts) {
          expect(offset).toBeGreaterThanOrEqual(last);
          expect(offset + octets).toBeLessThanOrEqual(bytes.length);
        }
      }),
      RUNS,
    );
  });
});
