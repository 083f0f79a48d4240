import type { ValueCodec } from './value-codec.ts';
import { textString } from './wsp-values.ts';

/** Octet tokens of one header: name by octet. */
export type TokenTable = Readonly<Record<number, string>>;

/** A token by name; an octet that the table does not have stays a number. */
export type Token<Table extends TokenTable> = Table[keyof Table] | number;

/** A one-octet value from a table. An octet that is not in it is the deviation `token-unassigned`. */
export function tokenOf<const Table extends TokenTable>(table: Table): ValueCodec<Token<Table>> {
  const codes = new Map(Object.entries(table).map(([code, name]) => [name, Number(code)]));
  return {
    read(reader) {
      const start = reader.offset;
      const octet = reader.octet();
      const name: string | undefined = table[octet];
      if (name === undefined) reader.deviation('token-unassigned', start, `octet ${octet}`);
      return (name ?? octet) as Token<Table>;
    },
    write(value, out) {
      const octet = typeof value === 'number' ? value : codes.get(String(value));
      if (octet === undefined || !Number.isInteger(octet) || octet < 0 || octet > 0xff)
        throw new RangeError(`${String(value)} is not in the token table`);
      out.octet(octet);
    },
  };
}

/**
 * A token or free text (X-Mms-Message-Class). A table value that is spelled out is the deviation `token-as-text`, and
 * an octet that is not in the table reads as its hexadecimal number.
 */
export function tokenOrText(table: TokenTable): ValueCodec<string> {
  const codes = new Map(Object.entries(table).map(([code, name]) => [name, Number(code)]));
  const token = tokenOf(table);
  const octetOf = (value: string): number | undefined => codes.get(value) ?? unassignedOctet(value, table);
  return {
    read(reader) {
      if (reader.peek() >= 0x80) {
        const value = token.read(reader);
        return typeof value === 'number' ? `0x${value.toString(16)}` : value;
      }
      const start = reader.offset;
      const text = textString.read(reader);
      const known = text.toLowerCase();
      if (octetOf(known) === undefined) return text;
      reader.deviation('token-as-text', start, known);
      return known;
    },
    write(value, out) {
      const octet = octetOf(value);
      if (octet === undefined) textString.write(value, out);
      else out.octet(octet);
    },
  };
}

/** The octet that `tokenOrText` read as `0x84` and the like. */
function unassignedOctet(value: string, table: TokenTable): number | undefined {
  const isHexadecimal = /^0x[89a-f][0-9a-f]$/.test(value);
  return isHexadecimal && table[Number(value)] === undefined ? Number(value) : undefined;
}
