/** The listener for the people who run the proxy. Never the proxy's own. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StoreFailure } from '../storage/quarantine-store.ts';
import { Access } from './access.ts';
import { adminApp } from './admin-app.ts';
import type { AdminParts } from './admin-parts.ts';
import { isLoopbackHost } from './loopback.ts';
import { EXPORT_LIMITS, RecordExporter } from './record-exporter.ts';

export type { AdminParts, AdminStorage, ReadinessCheck, ReloadAnswer, RulesInUse } from './admin-parts.ts';

/** Connections at the same time. */
export const CONNECTIONS_MAX = 256;

/** Milliseconds in which a request must be there whole. Answers take as long as they take: a release waits for the MMSC. */
export const REQUEST_MS_MAX = 30_000;

/** An admin side that listens. */
export interface RunningAdmin {
  readonly address: AddressInfo;
  /** Answers nothing more; what is being answered is cut. May be called again. */
  close(): Promise<void>;
}

/** A listener, or why there is none. */
export type AdminStart =
  | { readonly ok: true; readonly admin: RunningAdmin }
  /** It would be reached from elsewhere, and no token was ever made. */
  | { readonly ok: false; readonly code: 'tokens-needed' }
  /** It would be reached from elsewhere, and whether there is a token cannot be read. */
  | { readonly ok: false; readonly code: 'tokens-unreadable'; readonly detail: string };

/** Starts the admin listener. Rejects when it cannot listen. */
export async function startAdmin(
  parts: AdminParts,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<AdminStart> {
  const isOnLoopback = isLoopbackHost(host);
  const { storage, access: limits, now } = parts;
  const access = new Access({ tokens: storage?.tokens, isOnLoopback, limits, now });
  const hasTokens = await access.hasTokens();
  if (!isOnLoopback && hasTokens !== true) return refusalFor(hasTokens);
  const exporter = new RecordExporter(EXPORT_LIMITS);
  const options = { requestTimeout: REQUEST_MS_MAX, headersTimeout: REQUEST_MS_MAX };
  const server = createServer(options, adminApp({ parts, access, exporter }));
  server.maxConnections = CONNECTIONS_MAX;
  server.listen(port, host);
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    await exporter.close();
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { ok: true, admin: { address: server.address() as AddressInfo, close } };
}

function refusalFor(hasTokens: false | StoreFailure): AdminStart {
  if (hasTokens === false) return { ok: false, code: 'tokens-needed' };
  return { ok: false, code: 'tokens-unreadable', detail: hasTokens.detail };
}
