/** How one way of breaking the specification is explained to an operator. */
export interface Deviation {
  /** What is wrong with the bytes. */
  readonly summary: string;
  /** The device, gateway or attack that it was seen in or is reckoned with. */
  readonly seenIn: string;
  /** What tolerating it opens: how another decoder could read the same bytes. */
  readonly risk: string;
}

/**
 * The named leniencies. A strict decoder refuses each; a caller that tolerates one gets it reported as an `Anomaly`,
 * always: tolerated is never silent.
 */
export const DEVIATIONS = {
  'message-type-not-first': {
    summary: 'X-Mms-Message-Type is not the first header',
    seenIn: 'gateways that put their own headers first',
    risk: 'a decoder that reads the type at octet 0 sees no MMS PDU at all',
  },
  'header-missing': {
    summary: 'a header that the PDU type requires is absent',
    seenIn: 'm-retrieve-conf without a date, m-send-req without a transaction id (python-messaging corpus)',
    risk: 'stock Android drops the PDU where another handset shows it',
  },
  'duplicate-header': {
    summary: 'a header that may stand once stands more than once; the last one is used, as Android does',
    seenIn: 'hand-made PDUs',
    risk: 'decoders differ in taking the first or the last',
  },
  'header-foreign': {
    summary: 'a header that MMS 1.3 has, but not in this PDU type; kept',
    seenIn: 'm-retrieve-conf with X-Mms-Sender-Visibility (mmsd corpus)',
    risk: 'a decoder that lacks the header skips its octet and reads its value as headers (X-Mms-Attributes in Android)',
  },
  'header-octet-unassigned': {
    summary: 'an octet that starts no header stands where a header should; it is skipped',
    seenIn: 'm-notification-ind with 81 00 00 after the Content-Location (mms-engine corpus)',
    risk: 'decoders lose step with each other and see different headers after it',
  },
  'header-unknown': {
    summary:
      'a header field number that MMS 1.3 does not assign (0x80, 0xC0 to 0xFF); kept and skipped by the WSP rule',
    seenIn: 'vendor extensions',
    risk: 'a decoder that knows it, or skips it otherwise, sees other headers after it',
  },
  'token-unassigned': {
    summary: 'an octet value that the header does not define; kept as its number',
    seenIn: 'later MMS versions',
    risk: 'the meaning on the handset is unknown',
  },
  'token-as-text': {
    summary: 'a well-known value, media type or header name is spelled out where its octet exists',
    seenIn: 'm-send-req of iPhones and Sony Ericssons',
    risk: 'a decoder may compare only the octet form',
  },
  'media-type-malformed': {
    summary:
      'a spelled media type has parameters in its text, spaces, or no slash; trimmed, and its parameters read',
    seenIn: 'encoders that copy a Content-Type line (`text/plain; charset=utf-8`)',
    risk: 'Android takes the whole text for the media type, and no parameter from it',
  },
  'uintvar-overlong': {
    summary: 'a uintvar has leading zero groups',
    seenIn: 'length back-patching encoders',
    risk: 'a decoder with another octet limit reads another length',
  },
  'integer-overlong': {
    summary: 'a Long-integer has leading zero octets, or is used where a Short-integer fits',
    seenIn: 'm-retrieve-conf with a five octet Date; charset as Long-integer',
    risk: 'low: a decoder with a fixed width truncates it',
  },
  'value-length-overlong': {
    summary: 'a Value-length uses the quoted uintvar form where the short one fits',
    seenIn: 'length back-patching encoders (Openwave)',
    risk: 'low',
  },
  'value-length-as-octet': {
    summary: 'a length octet of 32 to 127 is used as a plain length (for example in From)',
    seenIn: 'gateways that count From in one octet',
    risk: 'other decoders read the same octet as the first character of a text',
  },
  'value-length-mismatch': {
    summary: 'a value does not fill the length that was declared for it',
    seenIn: 'From with octets after the address; Content-Type with the length of another encoding',
    risk: 'a decoder that trusts the length and one that trusts the value go on at different octets',
  },
  'text-not-ascii': {
    summary: 'text without a charset has octets over 127; read as UTF-8',
    seenIn: 'file names and subjects of many handsets',
    risk: 'the handset may show other characters',
  },
  'text-invalid': {
    summary:
      'text has octets that its charset does not allow, or the charset is unknown; the raw octets are kept',
    seenIn: 'm-retrieve-conf with an invalid subject (mms-engine corpus)',
    risk: 'filters and handset read different text',
  },
  'text-quote': {
    summary: 'a text lacks the quote 0x7F before an octet over 127, or has it where none is needed',
    seenIn: 'm-retrieve-conf with an unquoted UTF-8 subject (mmsd corpus, rc-mms-1-3-con-211)',
    risk: 'a decoder that knows no quote shows it; one that needs it reads the first octet as another kind of value',
  },
  'text-nul-misplaced': {
    summary: 'UTF-16 text of a header has a NUL octet before its end, or not the one NUL behind it',
    seenIn: 'UTF-16 and UCS-2 subjects',
    risk: 'Android ends the text at the first NUL octet and reads the rest of it as headers',
  },
  'text-control-characters': {
    summary: 'a header text has control characters (CR, LF, TAB or others)',
    seenIn: 'header injection attempts; folded subjects',
    risk: 'an MMSC that turns headers into HTTP or mail lines makes headers of them',
  },
  'uri-space': {
    summary: 'a Content-Location has a space at its start or inside',
    seenIn: 'm-notification-ind of one carrier (mmsd corpus, ni-mms-1-3-con-271)',
    risk: 'decoders that trim fetch another URL',
  },
  'quoted-string-unquoted': {
    summary: 'a Content-ID lacks the quote octet 0x22, or has one at its end',
    seenIn: 'Content-ID of iPhones and of Nokia gateways',
    risk: 'SMIL references match in one decoder and not in another',
  },
  'duplicate-parameter': {
    summary: 'a parameter stands more than once; the last one is used, as Android does',
    seenIn: 'encoders that write name as 0x85 and 0x97',
    risk: 'decoders differ in the file name or charset that they take',
  },
  'parameter-malformed': {
    summary: 'a parameter is unknown or breaks its grammar; it and those after it are kept as raw octets',
    seenIn: 'parameters of later WSP versions',
    risk: 'the handset may read a name, type or charset there',
  },
  'duplicate-part-header': {
    summary:
      'a part header that may stand once stands more than once; the last one is used, as Android does, but for Content-Type the first',
    seenIn: 'gateways that add their own Content-ID or Content-Location',
    risk: 'decoders differ in the name or the type that they give to the part',
  },
  'content-type-not-last': {
    summary: 'octets after Content-Type look like further MMS headers, or the PDU type carries no content',
    seenIn: 'hand-made PDUs',
    risk: 'a decoder that goes on reading headers sees others than we do',
  },
  'multipart-malformed': {
    summary: 'the content is labelled multipart but is empty or not one; it is kept as a single body',
    seenIn: 'm-send-req of python-messaging tests; textual multipart inside MMS',
    risk: 'a decoder with another grammar finds parts in it',
  },
  'part-count-mismatch': {
    summary: 'the multipart declares more parts than it has',
    seenIn: 'gateways that drop a part and keep the count',
    risk: 'decoders fail, or show what there is',
  },
  'part-truncated': {
    summary: 'the last part declares more octets than there are; it is cut at the end',
    seenIn: 'interrupted transfers (python-messaging corpus, images_are_cut_off_debug)',
    risk: 'decoders fail, or show the cut part',
  },
  'trailing-bytes': {
    summary: 'octets stand after the end of the PDU or multipart; they are kept apart',
    seenIn: 'padding gateways',
    risk: 'a decoder that ignores the part count reads parts there',
  },
} as const satisfies Record<string, Deviation>;

/** The name of one leniency. */
export type DeviationCode = keyof typeof DEVIATIONS;

/** A deviation that was met and tolerated. `offset` counts octets from the start of the input. */
export interface Anomaly {
  readonly code: DeviationCode;
  readonly offset: number;
  readonly detail: string;
}

/** All codes, in the order of the table. */
export const DEVIATION_CODES = Object.keys(DEVIATIONS) as readonly DeviationCode[];

/** Tolerate nothing: every deviation is a `DecodeError`. */
export const STRICT: ReadonlySet<DeviationCode> = new Set();

/**
 * Tolerate what real handsets and MMSCs need, which is every named deviation: an inline proxy that refused what the
 * handset reads would lose messages, and one that skipped it would be blind. Each is reported, and policy judges it.
 */
export const REAL_WORLD: ReadonlySet<DeviationCode> = new Set(DEVIATION_CODES);
