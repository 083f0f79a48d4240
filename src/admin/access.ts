/** Who asks, and what they may. */
import { ROLES, type AccessTokens, type Role } from '../storage/access-tokens.ts';
import type { StoreFailure } from '../storage/quarantine-store.ts';
import { AccessFailures, type AccessLimits } from './access-failures.ts';
import { apiError, storeError, type ApiError } from './api-error.ts';
import { hostOf, isLoopbackHost } from './loopback.ts';

/** Whoever asks. */
export interface Caller {
  readonly kind: 'caller';
  /** Of the token; the audit log names it. */
  readonly name: string;
  readonly role: Role;
}

/** What access goes by. */
export interface Credentials {
  /** The Authorization header. */
  readonly authorization: string | undefined;
  /** The Host header. */
  readonly host: string | undefined;
  /** IP address of the client. */
  readonly address: string;
}

/** Names that are no token's: the audit log has them for these callers, and for what the program does by itself. */
export const RESERVED_NAMES = ['loopback', 'mmsguard'] as const;

const LOOPBACK_CALLER: Caller = { kind: 'caller', name: 'loopback', role: 'admin' };

/** RFC 6750 2.1. */
const BEARER = /^bearer +(mmsguard_[\w-]{43})$/i;

/** What access works with. */
export interface AccessParts {
  /** Undefined: there is nowhere that tokens could be. */
  readonly tokens: Pick<AccessTokens, 'check' | 'list'> | undefined;
  /** Whether the listener is on loopback. */
  readonly isOnLoopback: boolean;
  readonly limits: AccessLimits;
  /** Wall clock, Unix milliseconds. */
  readonly now: () => number;
}

/**
 * Decides who asks. As long as no token was ever made, whoever reaches a listener on loopback is an admin. A token that
 * was revoked, or has run out, does not open the door again.
 */
export class Access {
  readonly #parts: AccessParts;
  readonly #failures: AccessFailures;
  #wasTokenSeen = false;

  constructor(parts: AccessParts) {
    this.#parts = parts;
    this.#failures = new AccessFailures(parts.limits);
  }

  /** Whether no token is needed, as far as was last seen. */
  get isOpen(): boolean {
    return this.#parts.isOnLoopback && !this.#wasTokenSeen;
  }

  /** Looks whether a token was ever made. */
  async hasTokens(): Promise<boolean | StoreFailure> {
    if (this.#wasTokenSeen || this.#parts.tokens === undefined) return this.#wasTokenSeen;
    const found = await this.#parts.tokens.list();
    if (found.kind === 'failed') return found;
    this.#wasTokenSeen = found.kind === 'found' && found.value.length > 0;
    return this.#wasTokenSeen;
  }

  /** The caller, or why there is none. */
  async identify(credentials: Credentials): Promise<Caller | ApiError> {
    const { authorization, host } = credentials;
    if (authorization !== undefined) return this.#byToken(authorization, credentials.address);
    const hasTokens = await this.hasTokens();
    if (typeof hasTokens !== 'boolean') return storeError(hasTokens);
    if (!this.isOpen) return apiError('token-missing');
    // A page whose name was made to point here (DNS rebinding) counts as its own origin, but keeps its name.
    return isLoopbackHost(hostOf(host ?? '')) ? LOOPBACK_CALLER : apiError('foreign-host');
  }

  async #byToken(authorization: string, address: string): Promise<Caller | ApiError> {
    const nowMs = this.#parts.now();
    const blockedMs = this.#failures.blockedMs(address, nowMs);
    if (blockedMs > 0) {
      return { ...apiError('too-many-failures'), retryAfterS: Math.ceil(blockedMs / 1000) };
    }
    const text = BEARER.exec(authorization)?.[1];
    const found = text === undefined ? undefined : await this.#parts.tokens?.check(text, nowMs);
    if (found?.kind === 'failed') return storeError(found);
    if (found?.kind === 'found') return { kind: 'caller', name: found.value.name, role: found.value.role };
    this.#failures.add(address, nowMs);
    return apiError('token-invalid');
  }
}

/** Whether a role may what `needed` may. */
export function mayAs(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
