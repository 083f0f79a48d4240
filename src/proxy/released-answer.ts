/** Answers fetches of messages that were kept and then released: their MMSC may not have them any more. */
import { authorityOf } from './target.ts';
import type { Exchange } from './exchange-context.ts';
import { handsetGone, refusedByHttp, type Ending } from './own-endings.ts';
import type { ReleasedLookup } from './released-messages.ts';
import { RELEASED_PATH } from './released-token.ts';
import type { MmscSettings } from './settings.ts';

const MMS_MESSAGE = 'application/vnd.wap.mms-message';

/** The answer to a fetch of what the MMSC was asked for before; undefined when the MMSC is to be asked. */
export async function releasedAnswer(
  exchange: Exchange,
  mmsc: MmscSettings,
  path: string,
): Promise<Ending | undefined> {
  const { request, context } = exchange;
  if (request.method !== 'GET' || context.storage === undefined) return undefined;
  const found = await context.storage.released.find(authorityOf(mmsc), path);
  return found.kind === 'found' ? served(found) : undefined;
}

/**
 * The answer to a fetch of what was announced; undefined for any other request. Its URL is that of the proxy, so no MMSC
 * is ever asked for it.
 */
export async function announcedAnswer(exchange: Exchange): Promise<Ending | undefined> {
  const { request, context } = exchange;
  const path = pathOf(request.url ?? '');
  if (request.method !== 'GET' || !path.startsWith(RELEASED_PATH)) return undefined;
  const found = await context.storage?.released.find('', path);
  if (exchange.signal.aborted) return handsetGone();
  switch (found?.kind) {
    case 'found':
      return served(found);
    case 'failed':
      return refusedByHttp(503, 'not-released');
    case 'none':
    case undefined:
      return refusedByHttp(404, 'not-released');
  }
}

function served({
  body,
  contentType = MMS_MESSAGE,
  contentEncodings,
}: Extract<ReleasedLookup, { readonly kind: 'found' }>): Ending {
  const encodings = contentEncodings.flatMap((encoding) => ['Content-Encoding', encoding]);
  const headers = ['Content-Type', contentType, ...encodings, 'Content-Length', `${body.length}`];
  const own = { isOwn: true, endsConnection: false };
  return {
    outcome: { kind: 'forwarded' },
    answer: { status: 200, statusMessage: undefined, headers, body, ...own },
  };
}

/** In origin form, or as gateways write it. */
function pathOf(target: string): string {
  return target.startsWith('/') ? target : (URL.parse(target)?.pathname ?? '');
}
