/** The group of the configuration that says what becomes of messages. */
import { z } from 'zod';
import { MESSAGE_TYPE_TOKENS } from '../codec/mms-tokens.ts';
import { SEVERITIES, type Severity } from '../inspection/finding.ts';
import { DEFAULT_POLICY } from '../policy/default-policy.ts';
import {
  ENTRY_STATES,
  POLICY_ACTIONS,
  SENDER_CLASSES,
  type UninspectedReason,
} from '../policy/policy-settings.ts';
import { checkEntries, checkProfiles } from './config-rules.ts';
import { LIST_MAX } from './config-values.ts';

/** Entries of one profile. */
export const ENTRIES_MAX = 256;
export const PROFILES_MAX = 64;
/** Senders or recipients of one list. */
export const ADDRESSES_MAX = 10_000;
/** Characters of the name of an entry or profile: it stands in every log line that it decides. */
export const POLICY_NAME_CHARACTERS_MAX = 64;
/** Characters of one text of a list: namespace and rule, each a YARA identifier, or an address. */
export const PATTERN_CHARACTERS_MAX = 257;

const { severities: SEVERITY_ACTIONS, notInspected: UNINSPECTED_ACTIONS } = DEFAULT_POLICY.fallback;

const UNINSPECTED: Readonly<Record<UninspectedReason, string>> = {
  timeout: 'The scan took too long',
  'queue-full': 'No thread became free in time',
  crashed: 'The thread of the scan ended by itself',
  'rules-missing': 'No thread has rules',
  'over-limit': 'A limit of the decoder or of a detector was reached',
  encrypted: 'It is enciphered',
  undecodable: 'It, or a piece of it, is not what it should be',
  poison: 'It ended its thread, or its time, too often (scanning.poisonScansMax)',
};
const UNINSPECTED_REASONS = Object.keys(UNINSPECTED) as UninspectedReason[];

const MESSAGE_TYPES = Object.values(MESSAGE_TYPE_TOKENS);

const name = z
  .string()
  .max(POLICY_NAME_CHARACTERS_MAX)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u, 'must be at least one character, without control characters');

const action = z.enum(POLICY_ACTIONS);

const pattern = z
  .string()
  .min(1)
  .max(PATTERN_CHARACTERS_MAX)
  .regex(/^[^*]*\*?$/, 'may have a * only at its end');

const patterns = (help: string, max = LIST_MAX) =>
  z.array(pattern).min(1).max(max).exactOptional().describe(help);

const oneOf = <const Item extends string>(items: readonly Item[], help: string, error?: string) =>
  z.array(z.enum(items, error)).min(1).max(items.length).exactOptional().describe(help);

const senders = patterns(
  'Numbers or addresses of senders: outbound those that a trusted gateway vouches for, inbound those in From',
  ADDRESSES_MAX,
);
const directions = oneOf(['outbound', 'inbound'], 'outbound: from the handset; inbound: to it');

const condition = z
  .strictObject({
    findings: patterns('Codes of findings'),
    rules: patterns('Rules, as rule or namespace:rule'),
    namespaces: patterns('Namespaces of rules'),
    tags: patterns('Tags of rules'),
    severities: oneOf(SEVERITIES, 'Severities of findings and rules'),
    scoreMin: z.int().min(0).max(100).exactOptional().describe('Least score in the metadata of a rule'),
    notInspected: oneOf(UNINSPECTED_REASONS, 'Reasons why something was not inspected; without it none fits'),
    directions,
    pduTypes: oneOf(MESSAGE_TYPES, 'PDU types', 'must be a PDU type, such as m-send-req'),
    mediaFamilies: patterns('Media families of the part, by its content'),
    senderClasses: oneOf(
      SENDER_CLASSES,
      'authenticated: somebody vouches for the sender; unknown: nobody does',
    ),
    senders,
    recipients: patterns(
      'Numbers or addresses; one recipient that fits is enough, and decides for all of them',
      ADDRESSES_MAX,
    ),
  })
  .prefault({})
  .describe(
    'What must all be so of a finding, rule match or gap and its message. A * at the end of a text fits what follows; ' +
      'numbers are compared without +, spaces and /TYPE=.',
  );

const entry = z.strictObject({
  name: name.describe('Name that reports and logs give as the reason'),
  state: z
    .enum(ENTRY_STATES)
    .default('enforced')
    .describe('off; shadow: reports what it would do, and does nothing; enforced'),
  when: condition,
  action: action.describe(
    `What becomes of the message; of several the last of: ${POLICY_ACTIONS.join(', ')}`,
  ),
});

const entries = z
  .array(entry)
  .max(ENTRIES_MAX)
  .superRefine(checkEntries)
  .default([])
  .describe('In order: of the entries that fit a finding, rule match or gap the first says what comes of it');

const profile = z.strictObject({
  name: name.describe('Name that reports and logs give'),
  appliesTo: z
    .strictObject({
      senders,
      directions,
      listeners: z
        .array(z.string().min(1))
        .min(1)
        .max(LIST_MAX)
        .exactOptional()
        .describe('Names of listeners'),
    })
    .prefault({})
    .describe('The first profile of which every list fits a message is used for it.'),
  entries,
  severities: z
    .partialRecord(z.enum(SEVERITIES), action)
    .default({})
    .describe('Severities that differ from policy.severities'),
  notInspected: z
    .partialRecord(z.enum(UNINSPECTED_REASONS), action)
    .default({})
    .describe('Reasons that differ from policy.notInspected'),
});

const severities = Object.fromEntries(
  SEVERITIES.map((severity) => [
    severity,
    action.default(SEVERITY_ACTIONS[severity]).describe(`Action for what is of severity ${severity}`),
  ]),
) as Record<Severity, z.ZodDefault<typeof action>>;

const notInspected = Object.fromEntries(
  UNINSPECTED_REASONS.map((reason) => [
    reason,
    action.default(UNINSPECTED_ACTIONS[reason]).describe(UNINSPECTED[reason]),
  ]),
) as Record<UninspectedReason, z.ZodDefault<typeof action>>;

/** What becomes of a message, by what was found in it. */
export const policy = z
  .strictObject({
    mode: z
      .enum(['monitor', 'enforce'])
      .default(DEFAULT_POLICY.mode)
      .describe('monitor: every message is forwarded, and reported as it would have been; enforce'),
    entries,
    severities: z.strictObject(severities).prefault({}).describe('What no entry fits goes by its severity.'),
    notInspected: z
      .strictObject(notInspected)
      .prefault({})
      .describe('What was not inspected, and no entry names, goes by the reason: forward fails open.'),
    profiles: z
      .array(profile)
      .max(PROFILES_MAX)
      .superRefine(checkProfiles)
      .default([])
      .describe('Policies for some senders, directions or listeners; what none fits goes by the keys above'),
  })
  .prefault({})
  .describe(
    'What becomes of messages. Each finding, rule match and gap has an action, and the message gets the hardest.',
  );
