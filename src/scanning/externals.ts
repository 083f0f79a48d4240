/** Variables that rules may use: facts about what is scanned that are not in its octets. */

/** What is known of one target. All are always defined; '' or -1 where nothing is known. */
export interface Externals {
  /** Media type that the part is labelled with, lower case, without parameters. */
  readonly declared_type: string;
  /** Media type by content. */
  readonly sniffed_type: string;
  /** File name that a handset would show. */
  readonly filename: string;
  /** `outbound` or `inbound`. */
  readonly direction: string;
  /** Name of the PDU type: `m-send-req`. */
  readonly pdu_type: string;
  /** Number of the part in reading order, from 0. */
  readonly part_index: number;
  readonly part_count: number;
  /** Octets of the whole PDU. */
  readonly message_size: number;
  readonly sender_class: string;
}

/** A value of a variable. */
export type ExternalValue = string | number;

/**
 * Every variable that a rule may use, and its value. Beside ours there are those that public rule sets expect: of
 * signature-base (filename, filepath, extension, filetype, owner), and the older names of the types.
 */
export const EXTERNAL_VALUES = {
  declared_type: ({ declared_type }) => declared_type,
  sniffed_type: ({ sniffed_type }) => sniffed_type,
  filename: ({ filename }) => filename,
  direction: ({ direction }) => direction,
  pdu_type: ({ pdu_type }) => pdu_type,
  part_index: ({ part_index }) => part_index,
  part_count: ({ part_count }) => part_count,
  message_size: ({ message_size }) => message_size,
  sender_class: ({ sender_class }) => sender_class,
  declared_mime: ({ declared_type }) => declared_type,
  sniffed_mime: ({ sniffed_type }) => sniffed_type,
  filepath: ({ filename }) => filename,
  extension: ({ filename }) => extensionOf(filename),
  filetype: ({ sniffed_type }) => fileTypeOf(sniffed_type),
  owner: () => '',
} as const satisfies Record<string, (externals: Externals) => ExternalValue>;

/** Name of a variable. */
export type ExternalName = keyof typeof EXTERNAL_VALUES;

/** The names of all variables. */
export const EXTERNAL_NAMES = Object.keys(EXTERNAL_VALUES) as ExternalName[];

/** Values for rules to be compiled with; only their types matter. */
export const NO_EXTERNALS: Externals = {
  declared_type: '',
  sniffed_type: '',
  filename: '',
  direction: '',
  pdu_type: '',
  part_index: -1,
  part_count: 0,
  message_size: 0,
  sender_class: '',
};

/** With its dot and in lower case, as LOKI gives it: `.jpg`; '' for a name without one. */
function extensionOf(filename: string): string {
  return /\.[^./\\]*$/.exec(filename)?.[0].toLowerCase() ?? '';
}

/** The subtype in capitals, as LOKI names types: `image/gif` is `GIF`. */
function fileTypeOf(mediaType: string): string {
  return mediaType.replace(/^[^/]*\/(x-)?/, '').toUpperCase();
}
