import { DecodeError } from '../codec/decode-error.ts';
import { REAL_WORLD } from '../codec/deviations.ts';
import { decodePdu } from '../codec/pdu.ts';
import type { DecodedPdu } from '../codec/pdu-types.ts';
import { decodePush } from '../codec/wap-push.ts';

/** Decodes a PDU as leniently as handsets and MMSCs do; undefined for what is none. */
export function tryDecode(bytes: Uint8Array): DecodedPdu | undefined {
  return orUndefined(() => decodePdu(bytes, { tolerate: REAL_WORLD }));
}

/** The same for the PDU inside a WAP push. */
export function tryDecodePush(bytes: Uint8Array): DecodedPdu | undefined {
  return orUndefined(() =>
    decodePdu(decodePush(bytes, { tolerate: REAL_WORLD }).bytes, { tolerate: REAL_WORLD }),
  );
}

function orUndefined(decode: () => DecodedPdu): DecodedPdu | undefined {
  try {
    return decode();
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
