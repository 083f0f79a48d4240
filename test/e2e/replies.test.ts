/**
 * What a handset, or the MMSC, gets when the proxy acts on a PDU of any type, in either direction: octet for octet over
 * real sockets, and as Wireshark reads it.
 */
import { describe, expect, it } from 'vitest';
import type { MessageType } from '../../src/codec/mms-tokens.ts';
import { decodePdu, encodePdu } from '../../src/codec/pdu.ts';
import type { ScanOutcome } from '../../src/inspection/scan-outcome.ts';
import type { Direction, PolicyAction } from '../../src/policy/policy-settings.ts';
import type { ProxyStorage } from '../../src/proxy/exchange-context.ts';
import type { BodyScanner } from '../../src/scanning/scan-pool.ts';
import { CANONICAL_PDUS, fixture } from '../support/fixtures.ts';
import { localScanner } from '../support/local-scanner.ts';
import { MemoryQuarantine } from '../support/memory-quarantine.ts';
import { isInstalled, mustSkip } from '../support/needs.ts';
import { hex, octets } from '../support/octets.ts';
import { findingOf } from '../support/outcomes.ts';
import { disagreements, ourAccount, theirAccount } from '../support/pdu-account.ts';
import { policyOf } from '../support/policies.ts';
import type { SettingsChanges } from '../support/proxy-settings.ts';
import { startRig, type Rig } from '../support/proxy-rig.ts';
import { post, type RawResponse } from '../support/raw-http.ts';
import { answering } from '../support/scripted-mmsc.ts';
import { dissectAll } from '../support/tshark.ts';

const TEXTS = { refused: 'No', tryLater: 'Later', stripped: 'Größer', held: 'Held' };

/** What the policy says of the message, and the settings that make a difference to the answer. */
interface Act {
  readonly action: PolicyAction;
  readonly settings?: SettingsChanges;
}

const ACTS = {
  refuse: { action: 'refuse' },
  throttle: { action: 'throttle' },
  deny: {
    action: 'throttle',
    settings: { replies: { throttledStatus: 'error-permanent-service-denied' } },
  },
  'throttle in MMS': {
    action: 'throttle',
    settings: { replies: { transientRetrieve: 'retrieve-conf' } },
  },
  'quarantine, told refused': { action: 'quarantine', settings: { quarantine: { told: 'refused' } } },
  'quarantine, told accepted': { action: 'quarantine', settings: { quarantine: { told: 'accepted' } } },
  'quarantine, kept': { action: 'quarantine', settings: { quarantine: { inbound: 'keep' } } },
  'quarantine, left': { action: 'quarantine', settings: { quarantine: { inbound: 'leave' } } },
  strip: { action: 'strip' },
} as const satisfies Record<string, Act>;
type ActName = keyof typeof ACTS;

/** A scanner that finds something in the second part of what goes in one direction, and lets the other pass. */
function flagging(direction: Direction): BodyScanner {
  const scanner = localScanner();
  return {
    scan: async (body, context) => {
      const outcome = await scanner.scan(body, context);
      return context.direction === direction ? flagged(outcome) : { kind: 'not-a-pdu' };
    },
  };
}

function flagged(outcome: ScanOutcome): ScanOutcome {
  if (!('report' in outcome) || outcome.report === undefined) throw new Error('nothing could be read');
  const findings = [findingOf('made-up', 'critical', { part: 1 })];
  return { kind: 'inspected', report: { ...outcome.report, findings } };
}

function startActing(name: ActName, direction: Direction): Promise<Rig> {
  const { action, settings }: Act = ACTS[name];
  const storage = {
    quarantine: new MemoryQuarantine(),
    track: { note: () => undefined },
    released: { find: () => Promise.resolve({ kind: 'none' }) },
  } as unknown as ProxyStorage;
  const policy = policyOf({ severities: { critical: action } });
  return startRig({ ...settings, texts: TEXTS, policy }, { scanner: flagging(direction), storage });
}

/** The octets of an MMS answer, with the id of the exchange taken out; the status of any other. */
function shown(answer: RawResponse, id: string): string {
  if (answer.header('content-type') !== 'application/vnd.wap.mms-message') return `HTTP ${answer.status}`;
  return hex(answer.body).replace(hex(Buffer.from(id)), hex(Buffer.from('{id}')));
}

/** A literal as `shown` shows it. */
const literal = (text: string): string => (text.startsWith('HTTP') ? text : hex(octets(text)));

/** What each request gets for an answer, one after the other. */
async function answersTo(rig: Rig, requests: readonly Uint8Array[]): Promise<readonly string[]> {
  const answers: string[] = [];
  for (const request of requests) {
    const answer = await rig.ask(request);
    await rig.observer.recorded(answers.length + 1);
    answers.push(shown(answer, rig.observer.records.at(-1)?.id ?? ''));
  }
  expect(rig.observer.errors).toEqual([]);
  return answers;
}

const GET = Buffer.from('GET /m HTTP/1.1\r\nHost: mmsc\r\n\r\n');
const MMS_OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.wap.mms-message\r\n';

/** What a GET gets when the MMSC answers with each of these. */
async function answersFor(rig: Rig, originals: readonly Uint8Array[], request: Uint8Array = GET) {
  const bodies = [...originals];
  rig.mmsc.script = (socket, received) => {
    answering(bodies.shift() ?? Buffer.of(), MMS_OK)(socket, received);
  };
  return answersTo(
    rig,
    originals.map(() => request),
  );
}

/** Posted: [the answer when it is refused, throttled, denied, and accepted]. */
type PostedRow = readonly [refuse: string, throttle: string, deny: string, accept: string];

const INDICATION: PostedRow = ['HTTP 200', 'HTTP 503', 'HTTP 503', 'HTTP 200'];
const NOT_OF_A_HANDSET: PostedRow = ['HTTP 403', 'HTTP 503', 'HTTP 503', 'HTTP 200'];

const POSTED: Readonly<Record<MessageType, PostedRow>> = {
  'm-send-req': [
    "8c81 98 'T-1' 00 8d93 92e5 93 'No' 00",
    "8c81 98 'T-1' 00 8d93 92c0 93 'Later' 00",
    "8c81 98 'T-1' 00 8d93 92e1 93 'Later' 00",
    "8c81 98 'T-1' 00 8d93 9280 8b '{id}' 00",
  ],
  'm-forward-req': [
    "8c8a 98 'T-1' 00 8d93 92e5 93 'No' 00",
    "8c8a 98 'T-1' 00 8d93 92c0 93 'Later' 00",
    "8c8a 98 'T-1' 00 8d93 92e1 93 'Later' 00",
    "8c8a 98 'T-1' 00 8d93 9280 8b '{id}' 00",
  ],
  'm-mbox-store-req': [
    "8c8c 98 'T-1' 00 8d93 a5e0 a6 'No' 00",
    "8c8c 98 'T-1' 00 8d93 a5c0 a6 'Later' 00",
    "8c8c 98 'T-1' 00 8d93 a5e1 a6 'Later' 00",
    "8c8c 98 'T-1' 00 8d93 83 '{id}' 00 a580",
  ],
  'm-mbox-view-req': [
    "8c8e 98 'T-1' 00 8d93 92e5 93 'No' 00 84a3 00",
    "8c8e 98 'T-1' 00 8d93 92c0 93 'Later' 00 84a3 00",
    "8c8e 98 'T-1' 00 8d93 92e1 93 'Later' 00 84a3 00",
    "8c8e 98 'T-1' 00 8d93 9280 84a3 00",
  ],
  'm-mbox-upload-req': [
    "8c90 98 'T-1' 00 8d93 a5e0 a6 'No' 00",
    "8c90 98 'T-1' 00 8d93 a5c0 a6 'Later' 00",
    "8c90 98 'T-1' 00 8d93 a5e1 a6 'Later' 00",
    "8c90 98 'T-1' 00 8d93 83 '{id}' 00 a580",
  ],
  'm-mbox-delete-req': [
    "8c92 98 'T-1' 00 8d93 92e5",
    "8c92 98 'T-1' 00 8d93 92c0",
    "8c92 98 'T-1' 00 8d93 92e1",
    "8c92 98 'T-1' 00 8d93 9280",
  ],
  'm-delete-req': [
    "8c95 98 'T-1' 00 8d93 92e5 93 'No' 00",
    "8c95 98 'T-1' 00 8d93 92c0 93 'Later' 00",
    "8c95 98 'T-1' 00 8d93 92e1 93 'Later' 00",
    "8c95 98 'T-1' 00 8d93 9280",
  ],
  'm-notifyresp-ind': INDICATION,
  'm-acknowledge-ind': INDICATION,
  'm-read-rec-ind': INDICATION,
  'm-cancel-conf': INDICATION,
  'm-send-conf': NOT_OF_A_HANDSET,
  'm-notification-ind': NOT_OF_A_HANDSET,
  'm-retrieve-conf': NOT_OF_A_HANDSET,
  'm-delivery-ind': NOT_OF_A_HANDSET,
  'm-read-orig-ind': NOT_OF_A_HANDSET,
  'm-forward-conf': NOT_OF_A_HANDSET,
  'm-mbox-store-conf': NOT_OF_A_HANDSET,
  'm-mbox-view-conf': NOT_OF_A_HANDSET,
  'm-mbox-upload-conf': NOT_OF_A_HANDSET,
  'm-mbox-delete-conf': NOT_OF_A_HANDSET,
  'm-mbox-descr': NOT_OF_A_HANDSET,
  'm-delete-conf': NOT_OF_A_HANDSET,
  'm-cancel-req': NOT_OF_A_HANDSET,
};

/** The column of `POSTED` for each act that a sender may be told of; parts can be taken out of an m-send-req only. */
const POSTED_COLUMNS = [
  ['refuse', 0],
  ['throttle', 1],
  ['deny', 2],
  ['quarantine, told refused', 0],
  ['quarantine, told accepted', 3],
] as const satisfies readonly (readonly [ActName, number])[];

const TYPES = CANONICAL_PDUS.map(({ name }) => name as MessageType);
const PDUS = CANONICAL_PDUS.map(({ bytes }) => bytes);

describe('a PDU that is posted', () => {
  it('is tested for every type', () => {
    expect(TYPES.toSorted()).toEqual(Object.keys(POSTED).toSorted());
  });

  it.each(POSTED_COLUMNS)('of any type is answered when the policy says %s', async (name, column) => {
    const rig = await startActing(name, 'outbound');
    const answers = await answersTo(
      rig,
      PDUS.map((bytes) => post(bytes)),
    );
    const expected = TYPES.map((type) => [type, literal(POSTED[type][column])]);
    expect(TYPES.map((type, at) => [type, answers[at]])).toEqual(expected);
    expect(rig.mmsc.requests).toEqual([]);
  });
});

/** The m-send-conf to a client of each version, by act. */
const VERSIONS = [
  ['1.0', 'refuse', "8c81 98 'T-1' 00 8d90 9287 93 'No' 00"],
  ['1.1', 'refuse', "8c81 98 'T-1' 00 8d91 92e5 93 'No' 00"],
  ['1.2', 'refuse', "8c81 98 'T-1' 00 8d92 92e5 93 'No' 00"],
  ['1.3', 'refuse', "8c81 98 'T-1' 00 8d93 92e5 93 'No' 00"],
  ['1.0', 'throttle', "8c81 98 'T-1' 00 8d90 9281 93 'Later' 00"],
  ['1.1', 'throttle', "8c81 98 'T-1' 00 8d91 92c0 93 'Later' 00"],
  ['1.2', 'throttle', "8c81 98 'T-1' 00 8d92 92c0 93 'Later' 00"],
  ['1.3', 'throttle', "8c81 98 'T-1' 00 8d93 92c0 93 'Later' 00"],
  ['1.0', 'deny', "8c81 98 'T-1' 00 8d90 9282 93 'Later' 00"],
  ['1.1', 'deny', "8c81 98 'T-1' 00 8d91 92e1 93 'Later' 00"],
  ['1.0', 'quarantine, told refused', "8c81 98 'T-1' 00 8d90 9287 93 'No' 00"],
  ['1.0', 'quarantine, told accepted', "8c81 98 'T-1' 00 8d90 9280 8b '{id}' 00"],
  ['1.2', 'quarantine, told accepted', "8c81 98 'T-1' 00 8d92 9280 8b '{id}' 00"],
] as const satisfies readonly (readonly [string, ActName, string])[];

/** A canonical PDU in another version. */
function inVersion(type: MessageType, version: string): Uint8Array {
  const { pdu } = decodePdu(fixture(type).bytes);
  return encodePdu({ ...pdu, headers: { ...pdu.headers, version } });
}

describe('an m-send-req', () => {
  it.each(VERSIONS)(
    'of MMS %s is answered in it when the policy says %s',
    async (version, name, expected) => {
      const rig = await startActing(name, 'outbound');
      expect(await answersTo(rig, [post(inVersion('m-send-req', version))])).toEqual([literal(expected)]);
    },
  );
});

const FROM = "89 18 80 '+15550100001/TYPE=PLMN' 00";
const NOTICE_HEAD = "c0 22 '<notice>' 00 8e 'notice.txt' 00";

/** What a GET gets in the place of an m-retrieve-conf of MMS 1.3, by act. */
const RETRIEVED = [
  ['refuse', `8c84 98 'T-1' 00 8d93 85046553f100 ${FROM} 84a3 01 1b02 038381ea ${NOTICE_HEAD} 'No'`],
  ['throttle', 'HTTP 503'],
  ['deny', 'HTTP 503'],
  [
    'throttle in MMS',
    `8c84 98 'T-1' 00 8d93 85046553f100 ${FROM} 99c0 9a 'Later' 00 84a3 01 1b05 038381ea ${NOTICE_HEAD} 'Later'`,
  ],
  [
    'quarantine, kept',
    `8c84 98 'T-1' 00 8d93 85046553f100 ${FROM} 84a3 01 1b04 038381ea ${NOTICE_HEAD} 'Held'`,
  ],
  ['quarantine, left', 'HTTP 503'],
] as const satisfies readonly (readonly [ActName, string])[];

/** The status of an m-retrieve-conf is of MMS 1.1. */
const RETRIEVED_VERSIONS = [
  ['1.0', 'refuse', `8c84 98 'T-1' 00 8d90 85046553f100 ${FROM} 84a3 01 1b02 038381ea ${NOTICE_HEAD} 'No'`],
  ['1.0', 'throttle in MMS', 'HTTP 503'],
  [
    '1.1',
    'throttle in MMS',
    `8c84 98 'T-1' 00 8d91 85046553f100 ${FROM} 99c0 9a 'Later' 00 84a3 01 1b05 038381ea ${NOTICE_HEAD} 'Later'`,
  ],
] as const satisfies readonly (readonly [string, ActName, string])[];

/** What a message that is posted gets when the answer of the MMSC to it must not pass. */
const ANSWER_WITHHELD = "8c81 98 'T-1' 00 8d93 92c3 93 'Later' 00";

describe('a PDU that the MMSC answers with', () => {
  it.each(RETRIEVED)('of any type is replaced when the policy says %s', async (name, expected) => {
    const rig = await startActing(name, 'inbound');
    const answers = await answersFor(rig, PDUS);
    const own = TYPES.map((type) => [type, type === 'm-retrieve-conf' ? literal(expected) : 'HTTP 502']);
    expect(TYPES.map((type, at) => [type, answers[at]])).toEqual(own);
  });

  it.each(RETRIEVED_VERSIONS)(
    'is replaced in its version when it is a message of MMS %s and the policy says %s',
    async (version, name, expected) => {
      const rig = await startActing(name, 'inbound');
      expect(await answersFor(rig, [inVersion('m-retrieve-conf', version)])).toEqual([literal(expected)]);
    },
  );

  it.each(RETRIEVED)(
    'to a message is replaced by a passing failure when the policy says %s',
    async (name) => {
      const rig = await startActing(name, 'inbound');
      const answers = await answersFor(rig, PDUS, post(fixture('m-send-req').bytes));
      expect(answers).toEqual(PDUS.map(() => literal(ANSWER_WITHHELD)));
    },
  );
});

const CONTENT = "84a3 02 0803 83 8e 'a.txt' 00 'One'";
const NOTICE_PART = "2208 0f 83 81ea 85 'notice.txt' 00 c0 22 '<b>' 00 8e 'notice.txt' 00 'Größer'";
const SEND_HEAD = "8c80 98 'T-1' 00 8d92 890181 97 '+15550100002/TYPE=PLMN' 00";
const RETRIEVE_HEAD = "8c84 98 'R-1' 00 8d92 85046553f100";

/** Messages with a text and a picture, before and after. */
const STRIPPED = {
  posted: [
    `${SEND_HEAD} ${CONTENT} 0e03 9e c0 22 '<b>' 00 8e 'b.jpg' 00 'Two'`,
    `${SEND_HEAD} ${CONTENT} ${NOTICE_PART}`,
  ],
  retrieved: [
    `${RETRIEVE_HEAD} ${CONTENT} 0e03 9e c0 22 '<b>' 00 8e 'b.jpg' 00 'Two'`,
    `${RETRIEVE_HEAD} ${CONTENT} ${NOTICE_PART}`,
  ],
} as const;

describe('a part that the policy takes out', () => {
  it('is a notice to the MMSC when it was posted', async () => {
    const [whole, stripped] = STRIPPED.posted;
    const rig = await startActing('strip', 'outbound');
    expect((await rig.ask(post(octets(whole)))).status).toBe(200);
    expect(rig.mmsc.requests.map(({ body }) => hex(body))).toEqual([literal(stripped)]);
  });

  it('is a notice to the handset when it was retrieved', async () => {
    const [whole, stripped] = STRIPPED.retrieved;
    const rig = await startActing('strip', 'inbound');
    expect(await answersFor(rig, [octets(whole)])).toEqual([literal(stripped)]);
  });
});

const REPLIES = [
  ...Object.values(POSTED).flat(),
  ...VERSIONS.map(([, , reply]) => reply),
  ...RETRIEVED.map(([, reply]) => reply),
  ...RETRIEVED_VERSIONS.map(([, , reply]) => reply),
  ANSWER_WITHHELD,
  ...Object.values(STRIPPED).flat(),
];
const MMS_REPLIES = [...new Set(REPLIES)].filter((reply) => !reply.startsWith('HTTP'));

/** Where tshark says something else, by the first octets: it names message types up to 0x93, and sees no empty list. */
const DISAGREEMENTS: Readonly<Record<string, readonly string[]>> = {
  '8c8e': ['+ body of 1'],
  '8c95': ['- header @0+2 0x95 m-delete-conf', '+ header @0+2 0x95 Unknown'],
};

/** Some answers, and what tshark calls what is in them. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  [POSTED['m-send-req'][0]]: ['0x81 m-send-conf', 'T-1', '1.3', '0xe5 permanent-content-not-accepted', 'No'],
  [POSTED['m-send-req'][1]]: ['0x81 m-send-conf', 'T-1', '1.3', '0xc0 transient-failure', 'Later'],
  [POSTED['m-send-req'][2]]: ['0x81 m-send-conf', 'T-1', '1.3', '0xe1 permanent-service-denied', 'Later'],
  [POSTED['m-send-req'][3]]: ['0x81 m-send-conf', 'T-1', '1.3', '0x80 ok', '{id}'],
  [VERSIONS[0][2]]: ['0x81 m-send-conf', 'T-1', '1.0', '0x87 content-not-accepted', 'No'],
  [VERSIONS[4][2]]: ['0x81 m-send-conf', 'T-1', '1.0', '0x81 unspecified', 'Later'],
  [VERSIONS[8][2]]: ['0x81 m-send-conf', 'T-1', '1.0', '0x82 service-denied', 'Later'],
  [ANSWER_WITHHELD]: ['0x81 m-send-conf', 'T-1', '1.3', '0xc3 transient-network-problem', 'Later'],
};

describe.skipIf(mustSkip(isInstalled('tshark')))('the answers as tshark reads them', () => {
  it('are what we say that they are, to the last header and part', () => {
    const dissected = dissectAll(MMS_REPLIES.map((reply) => octets(reply)));
    const accounts = MMS_REPLIES.map((reply, at) => {
      const bytes = octets(reply);
      const mmse = dissected[at];
      const theirs = mmse === undefined ? ['nothing'] : theirAccount(mmse);
      return [reply, disagreements(ourAccount(decodePdu(bytes), bytes), theirs)];
    });
    expect(accounts).toEqual(MMS_REPLIES.map((reply) => [reply, DISAGREEMENTS[reply.slice(0, 4)] ?? []]));
  });

  it('say to the sender what the policy wants them to say', () => {
    const dissected = dissectAll(Object.keys(SAID).map((reply) => octets(reply)));
    const lines = dissected.map((mmse) => (mmse === undefined ? [] : theirAccount(mmse)));
    expect(lines.map((account) => account.map((line) => line.replace(/^header @\d+\+\d+ /, '')))).toEqual(
      Object.values(SAID),
    );
  });
});
