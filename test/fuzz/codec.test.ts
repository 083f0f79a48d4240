import { deepStrictEqual } from 'node:assert/strict';
import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../../src/codec/decode-error.ts';
import { DEFAULT_DECODE_LIMITS, type DecodeLimits } from '../../src/codec/decode-limits.ts';
import { REAL_WORLD, STRICT } from '../../src/codec/deviations.ts';
import { MAILBOX_LIST_FIELDS, type MmsHeaders } from '../../src/codec/mms-fields.ts';
import { MESSAGE_TYPE_TOKENS } from '../../src/codec/mms-tokens.ts';
import type { Multipart } from '../../src/codec/multipart.ts';
import { decodePdu, encodePdu, type DecodeOptions } from '../../src/codec/pdu.ts';
import type { MmsPdu } from '../../src/codec/pdu-types.ts';
import { decodePush, encodeMmsPush, looksLikePush } from '../../src/codec/wap-push.ts';
import { HEADERS, pdu, pduOf } from '../support/arbitraries.ts';
import { FIXTURES, type Fixture } from '../support/fixtures.ts';
import { hex } from '../support/octets.ts';

const SEED = process.env['FUZZ_SEED'];
const NUM_RUNS = Number(process.env['FUZZ_RUNS'] ?? 1000);
const runs = (numRuns = NUM_RUNS) => ({
  numRuns,
  ...(SEED === undefined ? {} : { seed: Number(SEED) }),
});

/** Deviations are not what is tried here, so there may be any number of them. */
const LIMITS: DecodeLimits = { ...DEFAULT_DECODE_LIMITS, anomaliesMax: 100_000 };
const TOLERANT: DecodeOptions = { tolerate: REAL_WORLD, limits: LIMITS };

/** The value, or undefined where the bytes give a `DecodeError`; any other error fails the test. */
function valueOrError<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/**
 * What encoding keeps of a value: it drops octets behind the last part, and writes a multipart inside another from its
 * parts, so that the octets of the part around it are the canonical ones.
 */
function encodable({ body, ...rest }: MmsPdu): unknown {
  return { ...rest, body: body?.kind === 'multipart' ? encodableParts(body) : body };
}

function encodableParts({ kind, parts }: Multipart): unknown {
  return {
    kind,
    parts: parts.map(({ nested, bytes, ...rest }) =>
      nested === undefined ? { ...rest, bytes } : { ...rest, nested: encodableParts(nested) },
    ),
  };
}

/** Every promise that holds for any bytes. */
function holdForAnyBytes(bytes: Uint8Array): void {
  valueOrError(() => decodePdu(bytes));
  valueOrError(() => decodePdu(bytes, { tolerate: REAL_WORLD }));
  valueOrError(() => decodePush(bytes, { tolerate: STRICT }));
  valueOrError(() => decodePush(bytes, { tolerate: REAL_WORLD }));
  const decoded = valueOrError(() => decodePdu(bytes, TOLERANT));
  if (decoded === undefined) return;
  const again = decodePdu(encodePdu(decoded.pdu), TOLERANT);
  deepStrictEqual(encodable(again.pdu), encodable(decoded.pdu));
}

const fixtureArbitrary = fc.constantFrom(...FIXTURES);

interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly inserted: Uint8Array;
}

/** Octets that mean something to the grammar, more often than chance has them. */
const telling = fc.constantFrom(
  0x00,
  0x01,
  0x1e,
  0x1f,
  0x20,
  0x22,
  0x7f,
  0x80,
  0x81,
  0x84,
  0x8c,
  0xa3,
  0xb3,
  0xff,
);
const edit: Arbitrary<Edit> = fc.record({
  at: fc.nat(400),
  removed: fc.nat(3),
  inserted: fc
    .array(fc.oneof(telling, fc.nat(0xff)), { maxLength: 4 })
    .map((octets) => Uint8Array.from(octets)),
});

function edited({ bytes }: Fixture, edits: readonly Edit[]): Uint8Array {
  return edits.reduce<Uint8Array>((current, { at, removed, inserted }) => {
    const start = at % (current.length + 1);
    return Uint8Array.from([...current.slice(0, start), ...inserted, ...current.slice(start + removed)]);
  }, bytes);
}

describe('any bytes', () => {
  it('give a value or a DecodeError, and what decodes survives encoding', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), holdForAnyBytes), runs());
  });

  it('behind a message type do so too', () => {
    const typed = fc
      .tuple(
        fc.integer({ min: 0x80, max: 0x97 }),
        fc.array(fc.oneof(telling, fc.nat(0xff)), { maxLength: 120 }),
      )
      .map(([type, rest]) => Uint8Array.of(0x8c, type, ...rest));
    fc.assert(fc.property(typed, holdForAnyBytes), runs());
  });

  it('of an edited fixture do so too', () => {
    const bytes = fc
      .tuple(fixtureArbitrary, fc.array(edit, { minLength: 1, maxLength: 4 }))
      .map(([fixture, edits]) => edited(fixture, edits));
    fc.assert(fc.property(bytes, holdForAnyBytes), runs());
  });
});

describe.each(FIXTURES)('the fixture $name', ({ bytes }) => {
  it('gives a value or a DecodeError wherever it is cut', () => {
    for (let length = 0; length <= bytes.length; length += 1) holdForAnyBytes(bytes.subarray(0, length));
  });

  it('gives a value or a DecodeError whichever bit is flipped', () => {
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      holdForAnyBytes(flipped);
    }
  });
});

describe('a whole PDU', () => {
  it('gives parts that are views of what it was decoded from', () => {
    const areViews = (value: MmsPdu): void => {
      const bytes = encodePdu(value);
      const { body } = decodePdu(bytes, TOLERANT).pdu;
      const parts = body?.kind === 'multipart' ? body.parts : [];
      expect(parts.every((part) => part.bytes.buffer === bytes.buffer)).toBe(true);
    };
    fc.assert(fc.property(pdu, areViews), runs(Math.ceil(NUM_RUNS / 4)));
  });

  it('is not taken for a push', () => {
    fc.assert(
      fc.property(pdu, (value) => !looksLikePush(encodePdu(value))),
      runs(Math.ceil(NUM_RUNS / 4)),
    );
  });

  it('comes out of a push as it went in', () => {
    const isCarried = (value: MmsPdu, transactionId: number): void => {
      const bytes = encodePdu(value);
      const push = decodePush(encodeMmsPush(bytes, transactionId));
      expect({ id: push.transactionId, pdu: hex(push.bytes) }).toEqual({
        id: transactionId,
        pdu: hex(bytes),
      });
    };
    fc.assert(fc.property(pdu, fc.nat(0xff), isCarried), runs(Math.ceil(NUM_RUNS / 4)));
  });
});

describe.each(Object.values(MESSAGE_TYPE_TOKENS))('an %s', (type) => {
  it('decodes to itself from what it encodes to, and encodes to the same bytes again', () => {
    const roundTrips = (value: MmsPdu): void => {
      const bytes = encodePdu(value);
      const decoded = decodePdu(bytes, TOLERANT).pdu;
      expect(decoded).toEqual(value);
      expect(hex(encodePdu(decoded))).toBe(hex(bytes));
    };
    fc.assert(fc.property(pduOf(type), roundTrips), runs(Math.ceil(NUM_RUNS / 20)));
  });
});

describe.each(Object.keys(HEADERS) as (keyof MmsHeaders)[])('the header %s', (key) => {
  const type = Object.hasOwn(MAILBOX_LIST_FIELDS, key) ? 'm-mbox-delete-conf' : 'm-send-req';
  it('decodes to itself from what it encodes to', () => {
    const value: Arbitrary<unknown> = HEADERS[key];
    const roundTrips = (one: unknown): void => {
      const whole = { type, applicationHeaders: [], unknownHeaders: [] } as const;
      const body = key === 'contentType' ? { kind: 'single' as const, bytes: new Uint8Array() } : undefined;
      const bytes = encodePdu({ ...whole, headers: { [key]: one }, body });
      expect(decodePdu(bytes, TOLERANT).pdu.headers).toEqual({ [key]: one });
    };
    fc.assert(fc.property(value, roundTrips), runs(Math.ceil(NUM_RUNS / 20)));
  });
});
