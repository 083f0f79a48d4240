import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BodyScanner } from '../scanning/scan-pool.ts';
import type { MessageTrack } from '../storage/message-track.ts';
import type { QuarantineStore } from '../storage/quarantine-store.ts';
import type { ByteBudget, ByteHold } from './byte-budget.ts';
import type { ExchangeTrace } from './exchange-trace.ts';
import type { Forwarder } from './forwarder.ts';
import type { HeaderRules } from './header-rules.ts';
import type { ExchangeObserver } from './observer.ts';
import type { ReleasedMessages } from './released-messages.ts';
import type { ProxySettings } from './settings.ts';
import type { Peer } from './trusted-gateway.ts';

/** Where stopped messages are kept, and where released ones come from. */
export interface ProxyStorage {
  readonly quarantine: QuarantineStore;
  readonly track: MessageTrack;
  readonly released: ReleasedMessages;
}

/** What all exchanges of one proxy share. */
export interface ExchangeContext {
  readonly settings: ProxySettings;
  readonly rules: HeaderRules;
  readonly isTrusted: (peer: Peer) => boolean;
  readonly scanner: BodyScanner;
  readonly forwarder: Forwarder;
  readonly budget: ByteBudget;
  /** Undefined when nothing is stored. */
  readonly storage: ProxyStorage | undefined;
  /** Must not throw. */
  readonly observer: ExchangeObserver;
  /** Wall clock, Unix milliseconds. */
  readonly nowMs: () => number;
  readonly isDraining: () => boolean;
}

/** One request of a handset, and what its Expect header wants. */
export interface HandsetRequest {
  readonly id: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly expectation: 'none' | 'continue' | 'unknown';
}

/** One exchange that runs. */
export interface Exchange extends HandsetRequest {
  readonly context: ExchangeContext;
  readonly trace: ExchangeTrace;
  readonly hold: ByteHold;
  /** Aborted when the handset goes away before it has its answer. */
  readonly signal: AbortSignal;
}

/** True when nobody would hear the answer; a connection that was refused for what came after is not writable any more. */
export function isGone({ request, signal }: Exchange): boolean {
  return signal.aborted || !request.socket.writable;
}
