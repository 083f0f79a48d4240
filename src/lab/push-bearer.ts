/** How notifications and reports reach handsets: on a real network by SMS, here into a folder or by HTTP POST. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodePdu } from '../codec/pdu.ts';
import { encodeMmsPush } from '../codec/wap-push.ts';
import { sendRequest } from './http-client.ts';
import type { Push } from './mmsc-service.ts';

/** Milliseconds that a handset has to take a push. */
const PUSH_TIMEOUT_MS = 10_000;

/** Pushes on their way at one time; one more is lost, as on a real bearer. */
const PUSHES_MAX = 1000;

/** What became of one push. */
export type PushResult =
  | { readonly ok: true; readonly push: Push; readonly file: string | undefined }
  | { readonly ok: false; readonly push: Push; readonly reason: string };

/** Where pushes go. */
export interface PushBearerOptions {
  /** Every push is written here as one file, the WAP push SDU; none: no files. */
  readonly directory?: string | undefined;
  /** Told of every push, after the try. */
  readonly onPush?: ((result: PushResult) => void) | undefined;
}

/** Carries pushes. It owns those on their way: `settle` waits for them, `close` gives them up. */
export class PushBearer {
  readonly #options: PushBearerOptions;
  readonly #urls = new Map<string, string>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #serial = 0;

  constructor(options: PushBearerOptions) {
    this.#options = options;
  }

  /** Pushes for this subscriber are POSTed to this URL from now on. */
  subscribe(number: string, url: string): void {
    this.#urls.set(number, url);
  }

  /** Sends a push on its way. */
  send(push: Push): void {
    if (this.#underWay.size >= PUSHES_MAX) {
      this.#options.onPush?.({ ok: false, push, reason: 'too many pushes under way' });
      return;
    }
    const underWay = this.#carry(push).then((result) => {
      this.#underWay.delete(underWay);
      this.#options.onPush?.(result);
    });
    this.#underWay.add(underWay);
  }

  /** Resolves when nothing is on its way. */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  /** Gives up what is on its way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.settle();
  }

  async #carry(push: Push): Promise<PushResult> {
    this.#serial += 1;
    const sdu = encodeMmsPush(encodePdu(push.pdu), this.#serial & 0xff);
    const { directory } = this.#options;
    const url = this.#urls.get(push.to);
    if (directory === undefined && url === undefined)
      return { ok: false, push, reason: 'no such subscriber' };
    try {
      const file = directory === undefined ? undefined : await writeWhole(directory, this.#fileName(), sdu);
      const failure = url === undefined ? undefined : await this.#post(url, sdu);
      return failure === undefined ? { ok: true, push, file } : { ok: false, push, reason: failure };
    } catch (error) {
      return { ok: false, push, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  async #post(url: string, sdu: Uint8Array): Promise<string | undefined> {
    const answer = await sendRequest(
      {
        method: 'POST',
        url,
        headers: { 'Content-Type': 'application/vnd.wap.wsp-push' },
        body: sdu,
        signal: this.#closing.signal,
      },
      { timeoutMs: PUSH_TIMEOUT_MS, bodyBytesMax: 4096 },
    );
    if (!answer.ok) return answer.detail;
    return answer.status === 200 ? undefined : `HTTP ${answer.status}`;
  }

  /** Names sort in the order of the pushes, over restarts too. */
  #fileName(): string {
    return `push-${Date.now()}-${String(this.#serial).padStart(6, '0')}.bin`;
  }
}

/** Whoever watches the folder must never see half a push. */
async function writeWhole(directory: string, name: string, bytes: Uint8Array): Promise<string> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, name);
  await writeFile(`${file}.part`, bytes);
  await rename(`${file}.part`, file);
  return file;
}
