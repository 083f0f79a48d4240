import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP } from 'node:net';
import type { Forwarder, UpstreamRequest, UpstreamResult } from './forwarder.ts';
import type { MmscSettings, ProxySettings } from './settings.ts';
import { UpstreamAttempt, type AttemptLimits, type AttemptOutcome } from './upstream-attempt.ts';

/**
 * How long a connection to an MMSC is kept idle: shorter than any server is known to keep one (node and Apache 5 s), so
 * that the MMSC is not the one who closes. A shorter `Keep-Alive: timeout` of the MMSC is honoured by node's agent, less
 * one second for the way.
 */
export const MMSC_IDLE_MS = 2000;

/** How long an MMSC that closed a kept-alive connection under a POST gets every POST on a connection of its own. */
export const MISTRUST_MS = 60_000;

interface Upstream {
  readonly kept: HttpAgent;
  readonly fresh: HttpAgent;
  /** Clock time until which POSTs go over `fresh`. */
  mistrustedUntilMs: number;
}

/**
 * A forwarder on node:http with kept-alive connections, buffered: one write for head and body, one value for the answer.
 *
 * A POST is never sent twice. A POST on a kept-alive connection can break when the MMSC closes it at that very moment,
 * and nobody can tell then whether the MMSC read it; so it ends as `reset`, and the handset gets a transient status.
 * That this stays rare has two reasons: we close idle connections first (`MMSC_IDLE_MS`), and an MMSC that did it once
 * gets each POST on a new connection for `MISTRUST_MS`. A GET or HEAD is repeated once, on a new connection.
 */
export class NodeForwarder implements Forwarder {
  readonly #upstreams: ReadonlyMap<MmscSettings, Upstream>;
  readonly #limits: AttemptLimits;
  readonly #now: () => number;
  #isClosed = false;

  /** `now` is a monotonic clock in milliseconds. */
  constructor(settings: ProxySettings, now: () => number = () => performance.now()) {
    const { limits, timeouts } = settings;
    this.#now = now;
    this.#limits = {
      bodyBytesMax: limits.bodyBytesMax,
      headerBytesMax: limits.headerBytesMax,
      connectMs: timeouts.mmscConnectMs,
      responseMs: timeouts.mmscResponseMs,
    };
    this.#upstreams = new Map(
      [settings.mmsc, ...settings.allowedMmscs].map((mmsc) => [
        mmsc,
        upstream(mmsc, limits.mmscConnectionsMax),
      ]),
    );
  }

  async send(request: UpstreamRequest, signal?: AbortSignal): Promise<UpstreamResult> {
    const upstream = this.#upstreams.get(request.mmsc);
    if (upstream === undefined) throw new RangeError(`not a configured MMSC: ${request.mmsc.host}`);
    if (this.#isClosed) return ABORTED.result;
    const isPost = request.method === 'POST';
    const isMistrusted = isPost && this.#now() < upstream.mistrustedUntilMs;
    const first = await this.#attempt(request, isMistrusted ? upstream.fresh : upstream.kept, signal);
    if (!first.isStale) return first.result;
    if (!isPost) return (await this.#attempt(request, upstream.fresh, signal)).result;
    upstream.mistrustedUntilMs = this.#now() + MISTRUST_MS;
    return first.result;
  }

  close(): void {
    this.#isClosed = true;
    for (const { kept, fresh } of this.#upstreams.values()) {
      endAll(kept);
      endAll(fresh);
    }
  }

  async #attempt(request: UpstreamRequest, agent: HttpAgent, signal?: AbortSignal): Promise<AttemptOutcome> {
    const attempt = new UpstreamAttempt(request, agent, this.#limits);
    const onAbort = (): void => {
      attempt.fail('aborted');
    };
    if (signal?.aborted === true) onAbort();
    signal?.addEventListener('abort', onAbort);
    const outcome = await attempt.outcome;
    signal?.removeEventListener('abort', onAbort);
    // Destroying the agents breaks every connection, which is not the MMSC's doing.
    return this.#isClosed && outcome.result.kind === 'failure' ? ABORTED : outcome;
  }
}

const ABORTED: AttemptOutcome = { result: { kind: 'failure', code: 'aborted' }, isStale: false };

/**
 * Ends the requests that wait for a connection, and those that have one. The agent knows them all; a Set of our own,
 * changed with every request, made V8 promote the exchanges in it (its old tables point to the newer ones) and cost a
 * major collection every thousand requests, where there is now one every ten thousand.
 */
function endAll(agent: HttpAgent): void {
  for (const waiting of Object.values(agent.requests)) {
    for (const request of waiting ?? []) request.destroy();
  }
  agent.destroy();
}

function upstream(mmsc: MmscSettings, connectionsMax: number): Upstream {
  return {
    kept: agent(mmsc, {
      keepAlive: true,
      maxSockets: connectionsMax,
      maxFreeSockets: connectionsMax,
      scheduling: 'lifo',
      timeout: MMSC_IDLE_MS,
    }),
    fresh: agent(mmsc, { keepAlive: false, maxSockets: connectionsMax }),
    mistrustedUntilMs: 0,
  };
}

function agent({ connect, tls }: MmscSettings, options: AgentOptions): HttpAgent {
  const { host, port, protocol } = connect;
  if (protocol === 'http:') return new HttpAgent({ ...options, host, port });
  const { cert, key, ca, serverName = isIP(host) === 0 ? host : '' } = tls ?? {};
  // The name is checked against the certificate; an IP address cannot be sent as a server name (RFC 6066, 3).
  return new HttpsAgent({
    ...options,
    host,
    port,
    servername: serverName,
    ...(cert && { cert }),
    ...(key && { key }),
    ...(ca && { ca }),
  });
}
