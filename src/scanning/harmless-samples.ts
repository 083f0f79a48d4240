/** What no rule may find anything grave in: the least that a handset sends. */
import { NO_EXTERNALS } from './externals.ts';
import type { ScanTarget } from './rule-scanner.ts';

const TEXT = Buffer.from('See you at nine, and bring the photos of the garden.\n');

/** An m-send-req of one text/plain part; see OMA-TS-MMS_ENC 6.1.1 and WAP-230-WSP 8.5. */
const PDU = Buffer.concat([
  Buffer.of(0x8c, 0x80, 0x98, ...Buffer.from('T1\0'), 0x8d, 0x92, 0x89, 0x01, 0x81),
  Buffer.of(0x97, ...Buffer.from('+15550100/TYPE=PLMN\0'), 0x84, 0xa3),
  Buffer.of(1, 1, TEXT.length, 0x83, ...TEXT),
]);

const MESSAGE = {
  ...NO_EXTERNALS,
  direction: 'outbound',
  pdu_type: 'm-send-req',
  part_count: 1,
  message_size: PDU.length,
  sender_class: 'authenticated',
};

const PART = {
  ...MESSAGE,
  declared_type: 'text/plain',
  sniffed_type: 'text/plain',
  filename: 'text.txt',
  part_index: 0,
};

/** One for each target. */
export const HARMLESS: readonly ScanTarget[] = [
  { target: 'pdu', bytes: PDU, part: undefined, member: undefined, externals: MESSAGE },
  { target: 'part', bytes: TEXT, part: 0, member: undefined, externals: PART },
  { target: 'text', bytes: TEXT, part: 0, member: undefined, externals: PART },
  { target: 'archive-member', bytes: TEXT, part: 0, member: 0, externals: PART },
];
