/** The compound values of MMS headers (OMA-TS-MMS_ENC-V1_3 section 7.3). */
import { readParameters, writeParameters, type Parameter } from './parameters.ts';
import { encodedStringValue, type EncodedString } from './encoded-string.ts';
import { MBOX_UNIT_TOKENS, MESSAGE_TYPE_TOKENS, MM_FLAGS_TOKENS, type MessageType } from './mms-tokens.ts';
import type { Reader } from './reader.ts';
import { tokenOf, type Token } from './token.ts';
import type { ValueCodec } from './value-codec.ts';
import type { Writer } from './writer.ts';
import {
  integer,
  longInteger,
  readCounted,
  shortInteger,
  skipValue,
  textString,
  writeCounted,
} from './wsp-values.ts';

const anyMessageType = tokenOf(MESSAGE_TYPE_TOKENS);

/** X-Mms-Message-Type. Nothing tolerates one that is not known: what follows could not be read. */
export const messageTypeValue: ValueCodec<MessageType> = {
  read(reader) {
    const octet = reader.peek();
    if (!Object.hasOwn(MESSAGE_TYPE_TOKENS, octet)) {
      throw reader.error('message-type-unknown', `message type ${octet}`);
    }
    return anyMessageType.read(reader) as MessageType;
  },
  write(value, out) {
    anyMessageType.write(value, out);
  },
};

/** From-value: an address, or the wish that the MMSC inserts the authenticated one (7.3.11). */
export type From =
  { readonly kind: 'address'; readonly address: EncodedString } | { readonly kind: 'insert-address' };

const ADDRESS_PRESENT = 0x80;
const INSERT_ADDRESS = 0x81;

export const fromValue: ValueCodec<From> = {
  read(reader) {
    return readCounted(reader, (inner): From => {
      const start = inner.offset;
      switch (inner.octet()) {
        case ADDRESS_PRESENT:
          return { kind: 'address', address: encodedStringValue.read(inner) };
        case INSERT_ADDRESS:
          return { kind: 'insert-address' };
        default:
          throw inner.error('value-malformed', 'From is neither an address nor insert-address', start);
      }
    });
  },
  write(value, out) {
    writeCounted(out, (inner) => {
      if (value.kind === 'insert-address') {
        inner.octet(INSERT_ADDRESS);
      } else {
        inner.octet(ADDRESS_PRESENT);
        encodedStringValue.write(value.address, inner);
      }
    });
  },
};

/** A date, or seconds from when the MMSC received the message (Expiry, Delivery-Time, Reply-Charging-Deadline). */
export interface TimeValue {
  readonly kind: 'absolute' | 'relative';
  /** Unix time, or a span. */
  readonly seconds: number;
}

const ABSOLUTE = 0x80;
const RELATIVE = 0x81;

export const timeValue: ValueCodec<TimeValue> = {
  read(reader) {
    return readCounted(reader, (inner): TimeValue => {
      const start = inner.offset;
      const token = inner.octet();
      if (token !== ABSOLUTE && token !== RELATIVE) {
        throw inner.error('value-malformed', 'a time is neither absolute nor relative', start);
      }
      return { kind: token === ABSOLUTE ? 'absolute' : 'relative', seconds: deltaSeconds(inner) };
    });
  },
  write({ kind, seconds }, out) {
    writeCounted(out, (inner) => {
      inner.octet(kind === 'absolute' ? ABSOLUTE : RELATIVE);
      longInteger.write(seconds, inner);
    });
  },
};

/** Some encoders write a small Delta-seconds-value as Short-integer (it is an Integer-value in WSP). */
function deltaSeconds(reader: Reader): number {
  if (reader.peek() < 0x80) return longInteger.read(reader);
  reader.deviation('integer-overlong', reader.offset, 'Short-integer where a Long-integer stands');
  return shortInteger.read(reader);
}

const VERSION = /^([0-7])(?:\.([0-9]|1[0-4]))?$/;
const NO_MINOR = 0x0f;

/** MMS version, major and minor in one Short-integer: "1.3" (7.3.34). Minor 15 means none: "1". */
export const versionValue: ValueCodec<string> = {
  read(reader) {
    const value = shortInteger.read(reader);
    const minor = value & 0x0f;
    return minor === NO_MINOR ? `${value >> 4}` : `${value >> 4}.${minor}`;
  },
  write(value, out) {
    const [, major, minor = NO_MINOR] = VERSION.exec(value) ?? [];
    if (major === undefined) throw new RangeError(`version ${value}`);
    shortInteger.write((Number(major) << 4) | Number(minor), out);
  },
};

/** A value of an m-mbox-delete-conf, which says how many messages it stands for (7.3.10, 7.3.48 of 1.2). */
export interface CountedValue<T> {
  readonly count: number;
  readonly value: T;
}

/** A value that a mailbox confirmation counts and every other PDU gives plainly. */
export function plainOrCounted<T extends string | number>(
  codec: ValueCodec<T>,
): ValueCodec<T | CountedValue<T>> {
  return {
    read(reader) {
      const isPlain = reader.peek() > 0x1f || reader.peek() === 0;
      return isPlain ? codec.read(reader) : readCounted(reader, (inner) => readCount(inner, codec));
    },
    write(value, out) {
      if (typeof value === 'object') writeCount(value, codec, out);
      else codec.write(value, out);
    },
  };
}

function readCount<T>(reader: Reader, codec: ValueCodec<T>): CountedValue<T> {
  return { count: integer.read(reader), value: codec.read(reader) };
}

function writeCount<T>({ count, value }: CountedValue<T>, codec: ValueCodec<T>, out: Writer): void {
  writeCounted(out, (inner) => {
    integer.write(count, inner);
    codec.write(value, inner);
  });
}

/** One earlier hop of a forwarded message; hop 1 is the oldest (7.3.36, 7.3.37). */
export interface PreviouslySent<T> {
  readonly hop: number;
  readonly value: T;
}

/** X-Mms-Previously-Sent-By and -Date: a counter and what belongs to it. */
export function previouslySent<T>(codec: ValueCodec<T>): ValueCodec<PreviouslySent<T>> {
  return {
    read: (reader) =>
      readCounted(reader, (inner) => ({ hop: integer.read(inner), value: codec.read(inner) })),
    write: ({ hop, value }, out) => {
      writeCounted(out, (inner) => {
        integer.write(hop, inner);
        codec.write(value, inner);
      });
    },
  };
}

/** X-Mms-MM-Flags: a keyword of the mailbox, and what to do with it (7.3.32). */
export interface MmFlags {
  readonly action: Token<typeof MM_FLAGS_TOKENS>;
  readonly keyword: EncodedString;
}

const mmFlagsAction = tokenOf(MM_FLAGS_TOKENS);

export const mmFlagsValue: ValueCodec<MmFlags> = {
  read: (reader) =>
    readCounted(reader, (inner) => ({
      action: mmFlagsAction.read(inner),
      keyword: encodedStringValue.read(inner),
    })),
  write: ({ action, keyword }, out) => {
    writeCounted(out, (inner) => {
      mmFlagsAction.write(action, inner);
      encodedStringValue.write(keyword, inner);
    });
  },
};

/** X-Mms-Mbox-Totals and -Quotas: so many messages or octets (7.3.27, 7.3.28). */
export interface MboxAmount {
  readonly unit: Token<typeof MBOX_UNIT_TOKENS>;
  readonly amount: number;
}

const mboxUnit = tokenOf(MBOX_UNIT_TOKENS);

export const mboxAmountValue: ValueCodec<MboxAmount> = {
  read: (reader) =>
    readCounted(reader, (inner) => ({ unit: mboxUnit.read(inner), amount: integer.read(inner) })),
  write: ({ unit, amount }, out) => {
    writeCounted(out, (inner) => {
      mboxUnit.write(unit, inner);
      integer.write(amount, inner);
    });
  },
};

/** X-Mms-Element-Descriptor: a part of the message, and its parameters (7.3.18 of 1.2). */
export interface ElementDescriptor {
  readonly reference: string;
  readonly parameters: readonly Parameter[];
}

export const elementDescriptorValue: ValueCodec<ElementDescriptor> = {
  read: (reader) =>
    readCounted(reader, (inner) => ({
      reference: textString.read(inner),
      parameters: readParameters(inner),
    })),
  write: ({ reference, parameters }, out) => {
    writeCounted(out, (inner) => {
      textString.write(reference, inner);
      writeParameters(parameters, inner);
    });
  },
};

/**
 * The octets of a value as they are on the wire, for headers whose grammar no implementation uses (Content and
 * Additional-headers as headers rather than as names in X-Mms-Attributes).
 */
export const opaqueValue: ValueCodec<Uint8Array> = {
  read: skipValue,
  write: (value, out) => {
    out.bytes(value);
  },
};
