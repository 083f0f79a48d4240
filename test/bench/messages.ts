/** What the benchmarks send and scan: made by code, the same in every run, in the shape that handsets send. */
import { encodedString } from '../../src/codec/encoded-string.ts';
import { encodePdu } from '../../src/codec/pdu.ts';
import type { MmsPdu } from '../../src/codec/pdu-types.ts';
import { composeMessage, textFile, type DraftFile } from '../../src/lab/compose-message.ts';
import { filmOf } from '../support/isobmff-sample.ts';
import { frameOf, jpegOf, segmentOf, TABLES } from '../support/jpeg-sample.ts';
import { boxOf } from '../support/media-samples.ts';
import { joined } from '../support/sample-octets.ts';
import { octetNoise } from './noise.ts';

/** The transaction of every message. The load puts a number of the same length into each, so that no two are the same. */
export const TRANSACTION_ID = 'T00000000';

const SCAN_HEADER = segmentOf(0xda, [1, 1, 0, 0, 63, 0]);

/** Media of about `size` octets. */
export const MEDIA = {
  JPEG: (size) => ({ name: 'photo.jpg', bytes: picture(size) }),
  MP4: (size) => ({ name: 'clip.mp4', bytes: filmOf({ end: boxOf('mdat', noise(size)) }) }),
  text: (size) => ({ name: 'story.txt', bytes: story(size) }),
} as const satisfies Record<string, (size: number) => DraftFile>;

/** Name of a medium. */
export type Medium = keyof typeof MEDIA;

/** An m-send-req as a handset sends it: SMIL, one medium of `size` octets, and a line of text. */
export function sendRequest(size: number, medium: Medium = 'JPEG', text = 'Look what we found'): Uint8Array {
  return encodePdu(message(MEDIA[medium](size), text));
}

/** An m-retrieve-conf with the same content. */
export function retrieveConfirmation(size: number): Uint8Array {
  const { body, headers } = message(MEDIA.JPEG(size), 'Look what we found');
  return encodePdu({
    type: 'm-retrieve-conf',
    headers: {
      transactionId: TRANSACTION_ID,
      version: '1.2',
      date: 1_790_000_000,
      from: { kind: 'address', address: encodedString('+12025550111/TYPE=PLMN') },
      contentType: headers.contentType!,
    },
    applicationHeaders: [],
    unknownHeaders: [],
    body,
  });
}

/** The m-send-conf that accepts a message. */
export function sendConfirmation(messageId: string): Uint8Array {
  return encodePdu({
    type: 'm-send-conf',
    headers: { transactionId: TRANSACTION_ID, version: '1.2', responseStatus: 'ok', messageId },
    applicationHeaders: [],
    unknownHeaders: [],
    body: undefined,
  });
}

function message(file: DraftFile, text: string): MmsPdu {
  const files = [file, textFile(text)];
  return composeMessage({
    transactionId: TRANSACTION_ID,
    to: ['+12025550122'],
    subject: 'Sunday',
    files,
  });
}

/** A picture whose entropy-coded data are noise, with every FF stuffed as the format demands. */
function picture(size: number): Uint8Array {
  const data = noise(size);
  const stuffed: number[] = [];
  for (const octet of data) {
    stuffed.push(octet);
    if (octet === 0xff) stuffed.push(0);
  }
  return jpegOf(TABLES, frameOf({ width: 1280, height: 960 }), SCAN_HEADER, stuffed.slice(0, size));
}

function noise(size: number): Uint8Array {
  const octets = octetNoise(0x9e3779b9);
  return Uint8Array.from({ length: size }, () => octets());
}

const WORDS =
  'see you at the station eight and bring keys with please we found it by old mill tell me when train comes'.split(
    ' ',
  );

function story(size: number): Uint8Array {
  const octets = octetNoise(7);
  const words: string[] = [];
  for (let length = 0; length < size; length += (words.at(-1)?.length ?? 0) + 1) {
    words.push(WORDS[octets() % WORDS.length] ?? '');
  }
  return joined(words.join(' ')).slice(0, size);
}
