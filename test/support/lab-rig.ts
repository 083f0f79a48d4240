/** The lab's programs for tests: closed when the test has ended. */
import { onTestFinished } from 'vitest';
import { Handset, type HandsetEvent, type HandsetOptions } from '../../src/lab/handset.ts';
import type { Inbox } from '../../src/lab/inbox.ts';
import { LabServer, type RequestHandler } from '../../src/lab/lab-server.ts';
import { Mmsc, type MmscOptions } from '../../src/lab/mmsc.ts';

/** The subscribers of the tests. */
export const ALICE = '+12025550111';
export const BOB = '+12025550122';

/** An MMSC whose Content-Locations can be reached. */
export async function startLabMmsc(options: MmscOptions = {}): Promise<Mmsc> {
  const mmsc = await Mmsc.start({ publicBase: (port) => `http://127.0.0.1:${port}/`, ...options });
  onTestFinished(() => mmsc.close());
  return mmsc;
}

/** The URL that PDUs are posted to. */
export function urlOf({ port }: { readonly port: number }): string {
  return `http://127.0.0.1:${port}/`;
}

/** A handset of a subscriber, straight at an MMSC unless the options name a proxy. */
export async function startHandset(
  mmsc: Mmsc,
  number: string,
  options: Partial<HandsetOptions> = {},
): Promise<Handset> {
  const handset = await Handset.start({
    mmscUrl: urlOf(mmsc),
    headers: { 'X-MSISDN': number },
    retrieval: 'immediate',
    ...options,
  });
  onTestFinished(() => handset.close());
  mmsc.subscribe(number, handset.pushUrl);
  return handset;
}

/** The next event of a handset; the test fails by its own time-out when there is none. */
export async function nextEvent(handset: Handset): Promise<HandsetEvent> {
  return await next(handset.inbox);
}

/** The next item of an inbox. */
export async function next<T>(inbox: Inbox<T>): Promise<T> {
  const item = await inbox.next(new AbortController().signal);
  if (item === undefined) throw new Error('nothing came');
  return item;
}

/** A server that answers every request in one way. */
export async function startLabServer(handle: RequestHandler): Promise<LabServer> {
  const server = await LabServer.start({ handle });
  onTestFinished(() => server.close());
  return server;
}
