/** The contract of the tokens that the admin side is opened with. */
import type { StoreFailure, StoreResult } from './quarantine-store.ts';

/** What a token may do; each may what those before it may. */
export const ROLES = ['viewer', 'analyst', 'admin'] as const;

/** One of `ROLES`. */
export type Role = (typeof ROLES)[number];

/** What a token may be called: letters, digits, spaces and . _ @ -, at most 64. */
export const TOKEN_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,63}$/u;

/** A token without its secret. */
export interface TokenInfo {
  readonly id: string;
  /** Of the person or program: audit names it. Unique among those that are valid. */
  readonly name: string;
  readonly role: Role;
  readonly createdAtMs: number;
  readonly createdBy: string;
  /** Undefined: it does not run out. */
  readonly expiresAtMs: number | undefined;
  readonly revokedAtMs: number | undefined;
}

/** A token that was just made: the only time that its text is seen. */
export interface NewToken extends TokenInfo {
  /** `mmsguard_` and 43 letters, digits, - and _: 256 random bits. */
  readonly text: string;
}

/** The tokens. Only hashes are stored. */
export interface AccessTokens {
  create(token: {
    readonly name: string;
    readonly role: Role;
    readonly by: string;
    readonly atMs: number;
    readonly expiresAtMs?: number;
  }): Promise<
    { readonly kind: 'created'; readonly token: NewToken } | { readonly kind: 'name-taken' } | StoreFailure
  >;
  /** The valid token with this text; comparison takes the same time whatever differs. */
  check(text: string, nowMs: number): Promise<StoreResult<TokenInfo>>;
  list(): Promise<StoreResult<readonly TokenInfo[]>>;
  revoke(id: string, nowMs: number): Promise<{ readonly kind: 'done' | 'unknown' } | StoreFailure>;
}
