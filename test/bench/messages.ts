/** The messages that the benchmarks send: one picture of pseudo-random octets, as a JPEG's are, and one text. */
import { encodedString } from '../../src/codec/encoded-string.ts';
import { encodePdu } from '../../src/codec/pdu.ts';
import type { MmsPdu, PduBody } from '../../src/codec/pdu-types.ts';

const RELATED = {
  mediaType: 'application/vnd.wap.multipart.related',
  parameters: [
    { name: 'start', value: '<smil>' },
    { name: 'type', value: 'application/smil' },
  ],
};

/** An m-send-req whose picture has `size` octets. */
export function sendRequest(size: number): Uint8Array {
  const pdu: MmsPdu = {
    type: 'm-send-req',
    headers: {
      transactionId: 'T1',
      version: '1.2',
      from: { kind: 'insert-address' },
      to: [encodedString('+12025550122/TYPE=PLMN')],
      subject: encodedString('bench'),
      contentType: RELATED,
    },
    applicationHeaders: [],
    unknownHeaders: [],
    body: content(size),
  };
  return encodePdu(pdu);
}

/** An m-retrieve-conf whose picture has `size` octets. */
export function retrieveConfirmation(size: number): Uint8Array {
  return encodePdu({
    type: 'm-retrieve-conf',
    headers: {
      transactionId: 'T1',
      version: '1.2',
      date: 1_790_000_000,
      from: { kind: 'address', address: encodedString('+12025550111/TYPE=PLMN') },
      contentType: RELATED,
    },
    applicationHeaders: [],
    unknownHeaders: [],
    body: content(size),
  });
}

/** The m-send-conf that accepts a message. */
export function sendConfirmation(): Uint8Array {
  return encodePdu({
    type: 'm-send-conf',
    headers: { transactionId: 'T1', version: '1.2', responseStatus: 'ok', messageId: 'bench' },
    applicationHeaders: [],
    unknownHeaders: [],
    body: undefined,
  });
}

function content(size: number): PduBody {
  const smil = new TextEncoder().encode('<smil><body><par><img src="cid:p"/></par></body></smil>');
  const part = (mediaType: string, contentId: string, bytes: Uint8Array) => ({
    contentType: { mediaType, parameters: [] },
    headers: { contentId, others: [] },
    bytes,
  });
  return {
    kind: 'multipart',
    parts: [
      part('application/smil', '<smil>', smil),
      part('text/plain', '<t>', new TextEncoder().encode('hello')),
      part('image/jpeg', '<p>', pseudoRandom(size)),
    ],
  };
}

/** The same octets in every run (xorshift32), as incompressible as a picture. */
function pseudoRandom(size: number): Uint8Array {
  let state = 0x9e3779b9;
  return Uint8Array.from({ length: size }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  });
}
