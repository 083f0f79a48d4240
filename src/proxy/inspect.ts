import { DecodeError, type DecodeErrorCode } from '../codec/decode-error.ts';
import type { Anomaly } from '../codec/deviations.ts';
import { decodePdu } from '../codec/pdu.ts';
import type { MmsPdu } from '../codec/pdu-types.ts';
import { decodeContent } from './content-encoding.ts';
import type { ProxySettings } from './settings.ts';

/** Why a body that may be a message could not be looked into. */
export type NotInspectedReason =
  /** It should be a PDU, and does not decode. */
  | 'undecodable'
  /** It exceeds a limit of the decoder, or of its decompression. */
  | 'over-limit'
  /** Its Content-Encoding is unknown or broken. */
  | 'encoding';

/** What was found in a body. */
export type Inspection =
  | { readonly kind: 'pdu'; readonly pdu: MmsPdu; readonly anomalies: readonly Anomaly[] }
  /** An answer that is no MMS message and does not claim to be one: text, HTML, nothing. */
  | { readonly kind: 'not-a-pdu' }
  | {
      readonly kind: 'not-inspected';
      readonly reason: NotInspectedReason;
      /** What decoding failed with, and where; absent when it did not come to decoding. */
      readonly code?: DecodeErrorCode;
      readonly offset?: number;
    };

/** What is said of a body by what carries it. */
export interface InspectionContext {
  /** `outbound`: posted by a handset, and so claimed to be a message. `inbound`: an answer of the MMSC. */
  readonly direction: 'outbound' | 'inbound';
  readonly contentType: string | undefined;
  /** The values of all Content-Encoding headers. */
  readonly contentEncodings: readonly string[];
}

/** Looks into bodies. Never rejects: whatever goes wrong is `not-inspected`. The bytes are not changed. */
export interface Inspector {
  inspect(bytes: Uint8Array, context: InspectionContext, signal: AbortSignal): Promise<Inspection>;
}

/** What bounds an inspection. */
export interface InspectionLimits {
  readonly decode: ProxySettings['decode'];
  /** Bytes of a body with its Content-Encoding undone. */
  readonly bodyBytesMax: number;
}

/** An inspector that decodes on the calling thread. */
export function localInspector(limits: InspectionLimits): Inspector {
  return {
    async inspect(bytes, context) {
      if (context.contentEncodings.length === 0) return inspectBytes(bytes, context, limits.decode);
      const content = await decodeContent(bytes, context.contentEncodings, limits.bodyBytesMax);
      if (content.kind === 'failed') return { kind: 'not-inspected', reason: content.reason };
      return inspectBytes(content.bytes, context, limits.decode);
    },
  };
}

const MMS_MEDIA_TYPE = /^\s*application\/vnd\.wap\.mms-message\s*(;|$)/i;

/** The octet of X-Mms-Message-Type, with which every PDU begins (OMA-TS-MMS_ENC 7.3.30). */
const FIRST_OCTET = 0x8c;

/**
 * Every body is tried as a PDU whatever its label, because handsets decide by content. What does not decode is an
 * ordinary answer only if nothing about it says MMS; posted by a handset it is never one.
 */
function inspectBytes(
  bytes: Uint8Array,
  context: InspectionContext,
  decode: ProxySettings['decode'],
): Inspection {
  try {
    const { pdu, anomalies } = decodePdu(bytes, decode);
    return { kind: 'pdu', pdu, anomalies };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const claimsToBePdu =
      context.direction === 'outbound' ||
      bytes[0] === FIRST_OCTET ||
      (bytes.length > 0 && MMS_MEDIA_TYPE.test(context.contentType ?? ''));
    if (!claimsToBePdu) return { kind: 'not-a-pdu' };
    const { code, offset } = error;
    const reason = code.startsWith('limit-') ? 'over-limit' : 'undecodable';
    return { kind: 'not-inspected', reason, code, offset };
  }
}
