/** Every message of the corpus of real PDUs: what it decodes to, and exactly what had to be tolerated in it. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePdu, encodePdu } from '../../src/codec/pdu.ts';
import type { DecodedPdu } from '../../src/codec/pdu-types.ts';
import { decodePush, looksLikePush } from '../../src/codec/wap-push.ts';
import { mustSkip } from '../support/needs.ts';
import { CORPUS, type CorpusMessage } from '../support/corpus.ts';
import { failureOf, hex, placesOf } from '../support/octets.ts';

interface Expected {
  /** Anomalies of the PDU, and of the push around it. None: it decodes strictly. */
  readonly anomalies?: readonly string[];
  readonly wrapper?: readonly string[];
  /** The first 16 digits of the SHA-256 of each part's octets, as tshark delimits them. */
  readonly parts?: string;
}

const EXPECTED: Readonly<Record<string, Expected>> = {
  'python-messaging/27d0a048cd79555de05283a22372b0eb.mms': {
    parts: 'e79ff829e9ef672e 851f4435f09e17d2 f965fc0d5ae92170',
  },
  'python-messaging/BTMMS.MMS': {
    parts: 'f24fa9a8d9965122 1dccb565e7bb4bd0 3bae808573ddae78 2bd9917171fc0f90',
  },
  'python-messaging/NOWMMS.MMS': {
    parts: '324c27ea657456ad b821049ea62094c1 00df9c48e7fa579b 3bae808573ddae78 376a3003ef7317ae',
  },
  'python-messaging/SEC-SGHS300M.mms': { parts: '9436e0e0f06d5b45' },
  'python-messaging/SIMPLE.MMS': { parts: '77354c5e6223db8f' },
  'python-messaging/SonyEricssonT310-R201.mms': {
    parts: '8394f2c7d92a2d67 d2d462c3a5b7be3c a518d46f1ce6bf57 5293dd30e707e76f',
  },
  'python-messaging/TOMSLOT.MMS': {
    parts:
      '1724a23652c1891a 8e46e32af4b1538a 05e33c83a4f46279 560c0b2ea2c5485f 1f0a325efe52fc60 193e0c89b860f9df 481a4fda3d96951a 03b5784c9da72e4f',
  },
  'python-messaging/gallery2test.mms': {
    anomalies: [
      'token-as-text@543',
      'token-as-text@554',
      'token-as-text@562',
      'token-as-text@592',
      'token-as-text@603',
    ],
    parts: 'b67f060622694747 3c809118e5b45de5 df8a6a59e73fb278',
  },
  'python-messaging/iPhone.mms': { parts: '8773fd1b68885a70 1aa2f4f86d294dbf' },
  'python-messaging/images_are_cut_off_debug.mms': { parts: 'c0e18d827e7d1a3e 8bc673c7fc3bc887' },
  'python-messaging/m.mms': {
    parts:
      'bc1b88907d3b748a 2e40ef8bcb86b458 8aa993b7bbc7a8e7 574c9457b4ff7192 15fc755515461877 4cfce247aa55f14a d393636f5d841d06 1306c340d8fdf20d fb5b8ae0fd37258b',
  },
  'python-messaging/openwave.mms': {
    anomalies: ['token-as-text@495', 'token-as-text@506', 'token-as-text@514'],
    parts: '3081fb38a51dbf0b 4094a2b7125c7564',
  },
  'python-messaging/projekt_exempel.mms': { parts: 'bb9547eb19231b8e 8a393e8650be8d34 b0165fcdaa7807aa' },
  'mmsd/ni-mms-1-3-con-271.mms': { anomalies: ['uri-space@97'] },
  'mmsd/ni-mms-1-3-con-272.mms': {},
  'mmsd/rc-mms-1-3-con-210.mms': { parts: '705ab0f5273f8f44 a74d59f8cc04ef49' },
  'mmsd/rc-mms-1-3-con-211.mms': {
    anomalies: ['value-length-overlong@24', 'text-quote@27'],
    parts: 'b0916e323af058f6 b84d76d4d1b7188c',
  },
  'mmsd/rc-mms-1-3-con-212.mms': { parts: 'cdb86e49fee96abc' },
  'mmsd/rc-mms-1-3-con-213.mms': { parts: 'abe5ffc90edd4c75' },
  'mmsd/rc-mms-1-3-con-214.mms': { parts: 'aa9b04f7b7933c5c' },
  'mmsd/rc-mms-1-3-con-216.mms': { parts: 'f0b6423b61d8984e d01b0416f9e7e642' },
  'mmsd/rc-mms-1-3-con-220.mms': { parts: '9372dac7268dbc95 df8525a484afdbe9' },
  'mmsd/rc-mms-1-3-con-224.mms': { parts: 'ce0beb55b7702a33 1ac25d6220c6678e' },
  'mmsd/rc-mms-1-3-con-228.mms': { parts: '29d81e1aeace0988 250e3046ec3d3e8a' },
  'mmsd/rc-mms-1-3-con-271.mms': { parts: 'b0916e323af058f6 b84d76d4d1b7188c' },
  'mmsd/rc-mms-1-3-con-281.mms': { parts: 'b84d76d4d1b7188c 7d0773f732d4b042' },
  'mmsd/rc-mms-1-3-con-282.mms': { parts: 'b84d76d4d1b7188c 7d0773f732d4b042' },
  'mmsd/sr-mms-mixed.mms': { parts: '692f130598467692' },
  'mmsd/sr-mms-related-multi-to.mms': { parts: 'b0916e323af058f6 692f130598467692' },
  'mmsd/hex/mms_m_notify_ind_1.mms': {},
  'mmsd/hex/mms_m_notify_ind_2.mms': {},
  'mmsd/hex/mms_m_retrieve_conf_1.mms': { parts: 'cdb86e49fee96abc' },
  'mmsd/hex/mms_m_retrieve_conf_2.mms': { anomalies: ['header-foreign@129'], parts: 'b84d76d4d1b7188c' },
  'mmsd/hex/mms_m_retrieve_conf_3.mms': { anomalies: ['header-foreign@91'], parts: '9e60e32bfee4d43e' },
  'mmsd/hex/mms_m_send_conf_1.mms': {},
  'mmsd/hex/mms_m_send_conf_2.mms': {},
  'mmsd/hex/push1.mms': { wrapper: ['token-as-text@3'] },
  'mmsd/hex/push2.mms': { wrapper: ['token-as-text@3'] },
  'nuntium/m-notification.ind_success': { wrapper: ['token-as-text@3'] },
  'nuntium/m-retrieve.conf_success': { anomalies: ['header-missing@123'] },
  'nuntium/m-send.conf_success': {},
  'nuntium/hex/encoder_test.TestEncodeMNotifyRespIndRetrievedWithReports.bin': {},
  'nuntium/hex/encoder_test.TestEncodeMNotifyRespIndDeffered.bin': {},
  'nuntium/hex/encoder_test.TestEncodeMNotifyRespIndRetrievedWithoutReports.bin': {},
  'nuntium/hex/push_decode_test.TestDecodeVodaphoneSpain.bin': { wrapper: ['token-as-text@3'] },
  'nuntium/hex/push_decode_test.TestDecodeTelecomPersonal.bin': { wrapper: ['token-as-text@3'] },
  'nuntium/hex/push_decode_test.TestDecodeATTUSA.bin': { wrapper: ['token-as-text@3'] },
  'nuntium/hex/push_decode_test.TestDecodeSoneraFinland.bin': {},
  'nuntium/hex/push_decode_test.TestOperatorWithContentLength.bin': {},
  'nuntium/hex/push_decode_test.TestDecodeTMobileUSA.bin': { wrapper: ['token-as-text@5'] },
  'nuntium/hex/push_decode_test.TestDecodePlayPoland.bin': { wrapper: ['token-as-text@3'] },
};

/** Pushes that carry no MMS PDU: their media type. */
const OTHER_PUSHES: Readonly<Record<string, string>> = {
  'mmsd/hex/push3.mms': 'application/vnd.oma.drm.rights+wbxml',
  'mmsd/hex/push4.mms': 'application/vnd.syncml.notification',
  'mmsd/hex/push5.mms': 'application/vnd.wap.connectivity-wbxml',
};

/** Neither a push nor a PDU. */
const NEITHER = 'nuntium/hex/push_decode_test.TestDecodeNonPushPDU.bin';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function decode({ bytes }: CorpusMessage): { decoded: DecodedPdu; wrapper: readonly string[] } {
  const push = looksLikePush(bytes) ? decodePush(bytes, { tolerate: REAL_WORLD }) : undefined;
  const decoded = decodePdu(push?.bytes ?? bytes, { tolerate: REAL_WORLD });
  return { decoded, wrapper: placesOf(push?.anomalies ?? []) };
}

const isPdu = ({ file }: CorpusMessage): boolean => Object.hasOwn(EXPECTED, file);
const MESSAGES = CORPUS.filter(isPdu);
const isAbsent = mustSkip(CORPUS.length > 0);

describe.skipIf(isAbsent)('the corpus of real PDUs (skipped where ../shared/corpus is absent)', () => {
  it('is what its manifest says, and has no message without an expectation', () => {
    expect(CORPUS.filter(({ bytes, sha256: digest }) => sha256(bytes) !== digest)).toEqual([]);
    const known = new Set([...Object.keys(EXPECTED), ...Object.keys(OTHER_PUSHES), NEITHER]);
    expect(CORPUS.map(({ file }) => file).filter((file) => !known.has(file))).toEqual([]);
    expect(MESSAGES).toHaveLength(Object.keys(EXPECTED).length);
  });

  it.each(MESSAGES)('$file is of its type, $type', (message) => {
    const { decoded, wrapper } = decode(message);
    const { type } = decoded.pdu;
    const isPush = looksLikePush(message.bytes);
    expect(isPush ? `wap-push(${type})` : type).toBe(message.type);
    expect(wrapper).toEqual(EXPECTED[message.file]?.wrapper ?? []);
  });

  it.each(MESSAGES)('$file has exactly its known anomalies', (message) => {
    const { anomalies } = decode(message).decoded;
    expect(placesOf(anomalies)).toEqual(EXPECTED[message.file]?.anomalies ?? []);
  });

  it.each(MESSAGES)('$file has the parts that tshark sees', (message) => {
    const { body } = decode(message).decoded.pdu;
    const digests =
      body?.kind === 'multipart' ? body.parts.map(({ bytes }) => sha256(bytes).slice(0, 16)) : [];
    expect(digests.join(' ')).toBe(EXPECTED[message.file]?.parts ?? '');
  });

  it.each(MESSAGES)('$file decodes to an equal PDU once it is encoded again', (message) => {
    const { pdu } = decode(message).decoded;
    const canonical = encodePdu(pdu);
    const again = decodePdu(canonical, { tolerate: REAL_WORLD });
    expect(again.pdu).toEqual(pdu);
    expect(hex(encodePdu(again.pdu))).toBe(hex(canonical));
  });

  it.each(Object.entries(OTHER_PUSHES))('%s is a push of %s', (file, mediaType) => {
    const message = CORPUS.find((candidate) => candidate.file === file);
    expect(decodePush(message?.bytes ?? new Uint8Array()).contentType.mediaType).toBe(mediaType);
  });

  it('has one message that is neither a push nor a PDU', () => {
    const bytes = CORPUS.find(({ file }) => file === NEITHER)?.bytes ?? new Uint8Array();
    expect(failureOf(() => decodePush(bytes))).toBe('not-a-push@1');
    expect(failureOf(() => decodePdu(bytes))).toBe('header-octet-unassigned@0');
  });
});
