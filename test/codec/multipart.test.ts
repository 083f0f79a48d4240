import { describe, expect, it } from 'vitest';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { readMultipart, writeMultipart, type Multipart, type Part } from '../../src/codec/multipart.ts';
import { Writer } from '../../src/codec/writer.ts';
import { failureOf, hex, octets, placesOf, readerOf } from '../support/octets.ts';

function readAll(wire: string): { multipart: Multipart; anomalies: readonly string[] } {
  const reader = readerOf(wire, { tolerate: REAL_WORLD });
  const multipart = readMultipart(reader);
  return { multipart, anomalies: placesOf(reader.context.anomalies) };
}

const part = (mediaType: string, data: string): Part => ({
  contentType: { mediaType, parameters: [] },
  headers: { others: [] },
  bytes: octets(data),
});
const multipart = (...parts: Part[]): Multipart => ({ kind: 'multipart', parts });
const ALTERNATIVE = 'application/vnd.wap.multipart.alternative';

const CANONICAL: readonly (readonly [string, Multipart])[] = [
  ['00', multipart()],
  ["01 01 02 83 'hi'", multipart(part('text/plain', "'hi'"))],
  ["02 01 00 83 01 01 9e 'x'", multipart(part('text/plain', ''), part('image/jpeg', "'x'"))],
  [
    "01 01 07 a6 01 01 03 83 'abc'",
    multipart({ ...part(ALTERNATIVE, "01 01 03 83 'abc'"), nested: multipart(part('text/plain', "'abc'")) }),
  ],
  ['01 01 01 a6 00', multipart({ ...part(ALTERNATIVE, '00'), nested: multipart() })],
];

describe('a canonical multipart', () => {
  it.each(CANONICAL)('%s is read strictly and written again', (wire, value) => {
    expect(readAll(wire)).toEqual({ multipart: value, anomalies: [] });
    const written = Writer.collect((out) => {
      writeMultipart(value, out);
    });
    expect(hex(written)).toBe(hex(octets(wire)));
  });

  it('has the lengths of large parts in more octets', () => {
    const value = multipart({ ...part('image/jpeg', ''), bytes: new Uint8Array(20_000) });
    const written = Writer.collect((out) => {
      writeMultipart(value, out);
    });
    expect(hex(written.subarray(0, 6))).toBe('0101819c209e');
  });
});

describe('the octets of a part', () => {
  it('are views of the input, nested ones too', () => {
    const wire = octets("02 01 02 83 'hi' 01 07 a6 01 01 03 83 'abc'");
    const { parts } = readMultipart(readerOf(wire));
    const [first, second] = parts;
    const inner = second?.nested?.parts[0];
    for (const { bytes } of [first, second, inner].filter((one) => one !== undefined)) {
      expect(bytes.buffer).toBe(wire.buffer);
    }
    expect([first, second, inner].map((one) => one?.bytes.byteOffset)).toEqual([4, 9, 13]);
  });
});

const DEVIANT: readonly (readonly [string, Multipart, readonly string[]])[] = [
  ["03 01 02 83 'hi'", multipart(part('text/plain', "'hi'")), ['part-count-mismatch@0']],
  ["01 01 05 83 'hi'", multipart(part('text/plain', "'hi'")), ['part-truncated@4']],
  [
    "01 01 02 83 'hi' 00 01",
    { ...multipart(part('text/plain', "'hi'")), trailing: octets('00 01') },
    ['trailing-bytes@6'],
  ],
  ["00 'x'", { ...multipart(), trailing: octets("'x'") }, ['trailing-bytes@1']],
  ["80 01 01 02 83 'hi'", multipart(part('text/plain', "'hi'")), ['uintvar-overlong@0']],
  ["01 80 01 02 83 'hi'", multipart(part('text/plain', "'hi'")), ['uintvar-overlong@1']],
  ["01 01 80 02 83 'hi'", multipart(part('text/plain', "'hi'")), ['uintvar-overlong@2']],
  // a part that is labelled multipart and is none stays as it is
  ["01 01 02 a6 'hi'", multipart(part(ALTERNATIVE, "'hi'")), ['multipart-malformed@4']],
  ['01 01 00 a6', multipart(part(ALTERNATIVE, '')), ['multipart-malformed@4']],
  [
    "01 01 06 a6 02 01 02 83 'hi'",
    multipart({ ...part(ALTERNATIVE, "02 01 02 83 'hi'"), nested: multipart(part('text/plain', "'hi'")) }),
    ['part-count-mismatch@4'],
  ],
  [
    "01 01 07 a6 01 01 02 83 'hi' 00",
    multipart({
      ...part(ALTERNATIVE, "01 01 02 83 'hi' 00"),
      nested: { ...multipart(part('text/plain', "'hi'")), trailing: octets('00') },
    }),
    ['trailing-bytes@10'],
  ],
];

describe('a multipart that deviates', () => {
  it.each(DEVIANT)('%s is read, and reported', (wire, value, anomalies) => {
    expect(readAll(wire)).toEqual({ multipart: value, anomalies });
  });

  it.each(DEVIANT)('%s is refused strictly', (wire, _, anomalies) => {
    expect(failureOf(() => readMultipart(readerOf(wire)))).toBe(anomalies[0]);
  });

  it.each([
    ['', 'truncated@0'],
    ['01 05 00 83', 'truncated@3'],
    ["01 00 02 'hi'", 'truncated@3'],
    ['01 01 00 00', 'truncated@4'],
    ["01 03 00 'abc'", 'text-unterminated@3'],
    ['01 90 80 80 80 00', 'uintvar-too-long@1'],
  ])('%s cannot be read, whatever is tolerated', (wire, failure) => {
    expect(failureOf(() => readAll(wire))).toBe(failure);
  });
});

describe('the length of a part', () => {
  it('may be more than is there after a cut transfer, but not more than any message has', () => {
    const read = (length: string): unknown =>
      readMultipart(
        readerOf(`01 01 ${length} 83 'hi'`, { tolerate: REAL_WORLD, limits: { pduBytesMax: 127 } }),
      );
    expect(() => read('7f')).not.toThrow();
    expect(failureOf(() => read('81 00'))).toBe('limit-pdu-bytes@5');
  });
});

describe('the budget of parts', () => {
  it('is one for all levels', () => {
    const wire = '02 01 07 a6 02 01 00 83 01 00 83 01 00 83';
    const read = (partsMax: number): unknown =>
      readMultipart(readerOf(wire, { tolerate: REAL_WORLD, limits: { partsMax } }));
    expect(() => read(4)).not.toThrow();
    expect(failureOf(() => read(3))).toBe('limit-parts@11');
  });

  it('holds for parts that are only declared, because other decoders make room for them', () => {
    const read = (count: string): unknown =>
      readMultipart(readerOf(`${count} 01 00 83`, { tolerate: REAL_WORLD, limits: { partsMax: 5 } }));
    expect(() => read('05')).not.toThrow();
    expect(failureOf(() => read('06'))).toBe('limit-parts@4');
    expect(failureOf(() => read('8f ff ff ff 7f'))).toBe('limit-parts@8');
  });
});
