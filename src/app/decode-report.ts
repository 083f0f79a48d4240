/** What `mmsguard decode` tells of one file, as plain data. This is the shape of `--json`: keys are added, never changed. */
import { DecodeError, type DecodeErrorCode } from '../codec/decode-error.ts';
import { DEVIATIONS, type Anomaly, type DeviationCode } from '../codec/deviations.ts';
import type { MessageType } from '../codec/mms-tokens.ts';
import { decodePdu, type DecodeOptions } from '../codec/pdu.ts';
import { decodePush, looksLikePush, type WapPush } from '../codec/wap-push.ts';
import { headerReports, type HeaderReport } from './decode-headers.ts';
import { partReports, type PartReport } from './decode-parts.ts';
import { contentTypeText } from './header-text.ts';
import { surroundings } from './hex-dump.ts';

/** A deviation that was tolerated. */
export interface AnomalyReport {
  readonly code: DeviationCode;
  readonly offset: number;
  readonly detail: string;
  /** What the code means. */
  readonly summary: string;
}

/** The WAP push around a PDU. */
export interface PushReport {
  readonly transactionId: number;
  readonly contentType: string;
  readonly pduOffset: number;
}

/** A PDU that was read. Every offset counts octets from the start of the file. */
export interface SoundReport {
  readonly file: string;
  readonly ok: true;
  readonly octets: number;
  readonly push?: PushReport;
  readonly type: MessageType;
  readonly headers: readonly HeaderReport[];
  readonly parts: readonly PartReport[];
  readonly anomalies: readonly AnomalyReport[];
}

/** A PDU that is broken. */
export interface BrokenReport {
  readonly file: string;
  readonly ok: false;
  readonly octets: number;
  readonly error: {
    readonly code: DecodeErrorCode;
    readonly offset: number;
    readonly detail: string;
    /** The octets around the offset, and where they begin. */
    readonly around: { readonly offset: number; readonly hex: string };
  };
}

/** A file that could not be read, and what is wrong with it. */
export interface UnreadableReport {
  readonly file: string;
  readonly ok: false;
  readonly error: { readonly code: 'file-unreadable'; readonly detail: string };
}

/** What is told of one file. */
export type DecodeReport = SoundReport | BrokenReport | UnreadableReport;

/** Decodes the PDU in a file, or in the push in a file. Never throws. */
export function decodeReport(
  file: string,
  bytes: Uint8Array,
  options: DecodeOptions,
): SoundReport | BrokenReport {
  let pduOffset = 0;
  try {
    const push = looksLikePush(bytes) ? decodePush(bytes, options) : undefined;
    pduOffset = push?.offset ?? 0;
    return soundReport(file, bytes, { push, options });
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return brokenReport(file, bytes, { error, pduOffset });
  }
}

function soundReport(
  file: string,
  bytes: Uint8Array,
  { push, options }: { readonly push: WapPush | undefined; readonly options: DecodeOptions },
): SoundReport {
  const pduOffset = push?.offset ?? 0;
  const decoded = decodePdu(push?.bytes ?? bytes, options);
  return {
    file,
    ok: true,
    octets: bytes.length,
    ...(push !== undefined && { push: pushReport(push) }),
    type: decoded.pdu.type,
    headers: headerReports(decoded, bytes, pduOffset),
    parts: partReports(decoded.pdu, bytes),
    anomalies: [...anomalyReports(push?.anomalies ?? [], 0), ...anomalyReports(decoded.anomalies, pduOffset)],
  };
}

function pushReport({ transactionId, contentType, offset }: WapPush): PushReport {
  return { transactionId, contentType: contentTypeText(contentType), pduOffset: offset };
}

function anomalyReports(anomalies: readonly Anomaly[], base: number): readonly AnomalyReport[] {
  return anomalies.map(({ code, offset, detail }) => ({
    code,
    offset: offset + base,
    detail,
    summary: DEVIATIONS[code].summary,
  }));
}

function brokenReport(
  file: string,
  bytes: Uint8Array,
  { error, pduOffset }: { readonly error: DecodeError; readonly pduOffset: number },
): BrokenReport {
  const offset = error.offset + pduOffset;
  // The message says code and offset as well, and its offset counts from the PDU.
  const detail = error.message.replace(/^\S+ at octet \d+: /, '');
  const around = surroundings(bytes, offset);
  const hex = Buffer.from(around.bytes).toString('hex');
  return {
    file,
    ok: false,
    octets: bytes.length,
    error: { code: error.code, offset, detail, around: { offset: around.offset, hex } },
  };
}
