/** What happens in the demo, in its order. Each step says what must have come of it. */
import type { ResponseStatus } from '../codec/mms-tokens.ts';
import type { Part } from '../codec/multipart.ts';
import { textOfPart } from '../codec/part-text.ts';
import type { MmsPdu } from '../codec/pdu-types.ts';
import { encodePdu } from '../codec/pdu.ts';
import { subscriberOf } from '../lab/address.ts';
import { composeMessage, textFile, type DraftFile } from '../lab/compose-message.ts';
import type { Handset, HandsetEvent } from '../lab/handset.ts';
import type { Mm1Answer } from '../lab/mm1-client.ts';
import { gradientPng } from '../lab/picture.ts';
import { statusOf } from './answer-text.ts';
import { ALICE, BOB, DEMO_MMSC_URL, type DemoPath } from './demo-path.ts';

/** What must be true after a step, and whether it is. */
export interface Check {
  readonly claim: string;
  readonly holds: boolean;
}

/** What later steps need of earlier ones. */
export interface DemoNotes {
  /** Content-Location of the picture that waits for Alice. */
  pictureUrl: string;
}

/** One step. */
export interface DemoStep {
  readonly title: string;
  /** Who posts messages, and who fetches and acknowledges them. */
  readonly sender: Subscriber;
  readonly fetcher: Subscriber;
  /** Exchanges through the proxy that it leads to. */
  readonly exchanges: number;
  readonly run: (path: DemoPath, notes: DemoNotes) => Promise<readonly Check[]>;
}

/** A person of the demo. */
export type Subscriber = 'Alice' | 'Bob';

/** Milliseconds that anything may take to arrive. Loopback needs a few; a busy machine needs more. */
export const ARRIVAL_MS = 20_000;

const TEXT = 'Grüße aus dem Labor! 你好';
const PICTURE = gradientPng(96);

/** In two halves, so that scanners leave this file alone. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** The proxy's default `limits.bodyBytesMax`: a part of it makes the message larger. */
const TOO_LARGE = new Uint8Array(10 * 1024 * 1024);

/** The steps. They build on each other. */
export const DEMO_STEPS: readonly DemoStep[] = [
  {
    title: 'Alice sends Bob a text and asks for a delivery report',
    sender: 'Alice',
    fetcher: 'Bob',
    exchanges: 3,
    run: sendText,
  },
  {
    title: 'Bob sends Alice a picture; her handset defers it',
    sender: 'Bob',
    fetcher: 'Alice',
    exchanges: 2,
    run: sendPicture,
  },
  {
    title: 'Alice forwards it to Bob without fetching it',
    sender: 'Alice',
    fetcher: 'Bob',
    exchanges: 3,
    run: forwardPicture,
  },
  {
    title: 'Alice fetches it, and tells Bob that she has read it',
    sender: 'Alice',
    fetcher: 'Alice',
    exchanges: 3,
    run: fetchPicture,
  },
  {
    title: 'Alice fetches a message that is not there',
    sender: 'Alice',
    fetcher: 'Alice',
    exchanges: 1,
    run: async ({ alice }) => [
      told(await alice.retrieve(`${DEMO_MMSC_URL}no-such-message`), 'error-permanent-message-not-found'),
    ],
  },
  {
    title: 'Alice sends a GIF that is a PDF, as the FORCEDENTRY exploit was',
    sender: 'Alice',
    fetcher: 'Bob',
    exchanges: 1,
    run: ({ alice }) => sendRefused(alice, { name: 'funny.gif', bytes: Buffer.from('%PDF-1.4\n%%EOF\n') }),
  },
  {
    title: 'Alice sends an MP4 whose sample table wraps, as Stagefright was',
    sender: 'Alice',
    fetcher: 'Bob',
    exchanges: 1,
    run: ({ alice }) => sendRefused(alice, { name: 'clip.mp4', bytes: wrappingMp4() }),
  },
  {
    title: 'Alice sends a shortened link; the policy of the demo keeps such messages for an analyst',
    sender: 'Alice',
    fetcher: 'Bob',
    exchanges: 1,
    run: sendHeld,
  },
  {
    title: 'The analyst looks into it and releases it; the MMSC gets it, and Bob',
    sender: 'Alice',
    fetcher: 'Bob',
    exchanges: 2,
    run: releaseHeld,
  },
  {
    title: 'Alice sends a web page beside a text; the policy of the demo takes the page out',
    sender: 'Alice',
    fetcher: 'Bob',
    exchanges: 3,
    run: sendStripped,
  },
  {
    title: 'Alice sends the EICAR test file',
    sender: 'Alice',
    fetcher: 'Bob',
    exchanges: 1,
    run: ({ alice }) => sendRefused(alice, { name: 'eicar.txt', bytes: Buffer.from(EICAR) }),
  },
  {
    title: 'Alice sends a video that is too large',
    sender: 'Alice',
    fetcher: 'Bob',
    exchanges: 1,
    run: async ({ alice }) => [
      told(
        await alice.send({ to: [BOB], files: [{ name: 'video.mp4', bytes: TOO_LARGE }] }),
        'error-permanent-content-not-accepted',
      ),
    ],
  },
  {
    title: 'Alice sends half a PDU, which nobody can inspect',
    sender: 'Alice',
    fetcher: 'Bob',
    exchanges: 1,
    run: async ({ alice }) => [
      told(await alice.sendBytes(halfMessage()), 'error-permanent-message-format-corrupt'),
    ],
  },
  {
    title: 'Alice sends a text while the MMSC resets its connections',
    sender: 'Alice',
    fetcher: 'Bob',
    exchanges: 1,
    run: sendToDeadMmsc,
  },
];

async function sendText({ alice, bob }: DemoPath): Promise<readonly Check[]> {
  const files = [textFile(TEXT)];
  const answer = await alice.send({ to: [BOB], subject: 'A text', deliveryReport: true, files });
  const message = await arrival(bob, 'message');
  const report = await arrival(alice, 'report');
  return [
    told(answer, 'ok'),
    { claim: 'Bob reads what Alice wrote', holds: textIn(message) === TEXT },
    { claim: 'it comes from the number that the gateway vouches for', holds: senderOf(message) === ALICE },
    { claim: 'Alice is told that it was retrieved', holds: report?.headers.status === 'retrieved' },
  ];
}

async function sendPicture({ alice, bob }: DemoPath, notes: DemoNotes): Promise<readonly Check[]> {
  const files = [textFile('Look!'), { name: 'gradient.png', bytes: PICTURE }];
  const answer = await bob.send({ to: [ALICE], subject: 'A picture', files });
  const notification = await arrival(alice, 'notification');
  notes.pictureUrl = notification?.headers.contentLocation ?? '';
  return [told(answer, 'ok'), { claim: 'Alice is told where it waits', holds: notes.pictureUrl !== '' }];
}

async function forwardPicture({ alice, bob }: DemoPath, notes: DemoNotes): Promise<readonly Check[]> {
  const answer = await alice.forward(notes.pictureUrl, [BOB]);
  const message = await arrival(bob, 'message');
  return [
    told(answer, 'ok'),
    {
      claim: 'Bob has his picture back, from Alice',
      holds: hasPicture(message) && senderOf(message) === ALICE,
    },
  ];
}

async function fetchPicture({ alice, bob }: DemoPath, notes: DemoNotes): Promise<readonly Check[]> {
  const answer = await alice.retrieve(notes.pictureUrl);
  const message = answer.kind === 'pdu' ? answer.pdu : undefined;
  if (message !== undefined) await alice.reportRead(message);
  const report = await arrival(bob, 'report');
  return [
    { claim: 'Alice has the picture, octet for octet', holds: hasPicture(message) },
    { claim: 'Bob is told that it was read', holds: report?.headers.readStatus === 'read' },
  ];
}

async function sendRefused(alice: Handset, file: DraftFile): Promise<readonly Check[]> {
  return [told(await alice.send({ to: [BOB], files: [file] }), 'error-permanent-content-not-accepted')];
}

const HELD_TEXT = 'Have a look: https://bit.ly/3xmpl';

async function sendHeld({ alice, storage }: DemoPath): Promise<readonly Check[]> {
  const answer = await alice.send({ to: [BOB], files: [textFile(HELD_TEXT)] });
  const held = await storage.stores.quarantine.list({ state: 'held', number: ALICE }, { limit: 2 });
  const items = held.kind === 'found' ? held.value.items : [];
  return [
    told(answer, 'error-permanent-content-not-accepted'),
    { claim: 'it is kept, and found by the number of Alice', holds: items.length === 1 },
  ];
}

async function releaseHeld({ bob, storage }: DemoPath): Promise<readonly Check[]> {
  const held = await storage.stores.quarantine.list({ state: 'held' }, { limit: 1 });
  const [record] = held.kind === 'found' ? held.value.items : [];
  const act = { atMs: Date.now(), by: 'analyst', why: 'the link is harmless' };
  const id = record?.id ?? '';
  const cautious = await storage.acts.release(id, { ...act, force: false });
  const forced = await storage.acts.release(id, { ...act, force: true });
  const message = await arrival(bob, 'message');
  return [
    {
      claim: 'without force it is held: the policy would stop it again',
      holds: cautious.kind === 'still-bad',
    },
    { claim: 'with force the MMSC takes it', holds: forced.kind === 'released' },
    {
      claim: 'Bob reads it, from Alice',
      holds: textIn(message) === HELD_TEXT && senderOf(message) === ALICE,
    },
  ];
}

const PAGE = '<html><body><script>document.title</script></body></html>';

async function sendStripped({ alice, bob }: DemoPath): Promise<readonly Check[]> {
  const files = [textFile('The page is attached'), { name: 'page.html', bytes: Buffer.from(PAGE) }];
  const answer = await alice.send({ to: [BOB], files });
  const message = await arrival(bob, 'message');
  const texts = partsOf(message).map((part) => textOfPart(part, 1000).text);
  return [
    told(answer, 'ok'),
    { claim: 'Bob reads the text', holds: texts.includes('The page is attached') },
    { claim: 'in place of the page he has a notice', holds: !texts.includes(PAGE) && texts.length > 1 },
  ];
}

/** A sample table (stsc) that claims more entries than its box holds: their size wraps 32 bits (CVE-2015-1538). */
function wrappingMp4(): Uint8Array {
  const table = box('stsc', Buffer.from('0000000015555556', 'hex'));
  const tracks = ['stbl', 'minf', 'mdia', 'trak', 'moov'].reduce((inner, type) => box(type, inner), table);
  return Buffer.concat([box('ftyp', Buffer.from('3gp5\0\0\0\x003gp5', 'latin1')), tracks]);
}

function box(type: string, body: Uint8Array): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(8 + body.length);
  return Buffer.concat([size, Buffer.from(type, 'latin1'), body]);
}

async function sendToDeadMmsc({ alice, mmsc }: DemoPath): Promise<readonly Check[]> {
  await mmsc.useFaults(['reset']);
  const answer = await alice.send({ to: [BOB], files: [textFile(TEXT)] });
  await mmsc.useFaults([]);
  return [told(answer, 'error-transient-network-problem')];
}

function told(answer: Mm1Answer, status: ResponseStatus): Check {
  const holds = answer.kind === 'pdu' && statusOf(answer.pdu) === status;
  return { claim: `the handset is told ${status}`, holds };
}

/** The PDU of what happens next on a handset, if it is of this kind. */
async function arrival(
  handset: Handset,
  kind: Exclude<HandsetEvent['kind'], 'failed'>,
): Promise<MmsPdu | undefined> {
  const event = await handset.inbox.next(AbortSignal.timeout(ARRIVAL_MS));
  return event !== undefined && event.kind !== 'failed' && event.kind === kind ? event.pdu : undefined;
}

/** Cut inside its headers. */
function halfMessage(): Uint8Array {
  const pdu = composeMessage({ transactionId: 'half', to: [BOB], files: [textFile(TEXT)] });
  return encodePdu(pdu).subarray(0, 40);
}

function partsOf(message: MmsPdu | undefined): readonly Part[] {
  return message?.body?.kind === 'multipart' ? message.body.parts : [];
}

function textIn(message: MmsPdu | undefined): string | undefined {
  const part = partsOf(message).find(({ contentType }) => contentType.mediaType === 'text/plain');
  return part === undefined ? undefined : textOfPart(part, 1000).text;
}

function hasPicture(message: MmsPdu | undefined): boolean {
  return partsOf(message).some(({ bytes }) => Buffer.compare(bytes, PICTURE) === 0);
}

function senderOf(message: MmsPdu | undefined): string | undefined {
  const from = message?.headers.from;
  return from?.kind === 'address' ? subscriberOf(from.address.text) : undefined;
}
