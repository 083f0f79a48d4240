/**
 * Access tokens in a database. A token is 256 random bits, so that its SHA-256 cannot be turned back by guessing: a slow
 * hash, which passwords need, would only slow down every request.
 */
import { hash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { AccessTokens, NewToken, Role, TokenInfo } from './access-tokens.ts';
import type { StoreFailure, StoreResult } from './quarantine-store.ts';
import type { SqlDatabase, SqlRow } from './sql-database.ts';
import { storableText } from './storable-text.ts';
import { storeFailure } from './store-failure.ts';

const SECRET_BYTES = 32;

const TOKEN = /^mmsguard_[\w-]{43}$/;

/** Tokens that `list` tells at most, the newest: they are made by hand. */
export const TOKENS_LISTED_MAX = 10_000;

const COLUMNS = 'id, name, role, text_hash, created_at_ms, created_by, expires_at_ms, revoked_at_ms';

/** The tokens of a database. */
export class SqlAccessTokens implements AccessTokens {
  readonly #database: SqlDatabase;

  constructor(database: SqlDatabase) {
    this.#database = database;
  }

  /** A name that ends with a token's validity is free at that millisecond. */
  async create({
    name,
    role,
    by,
    atMs,
    expiresAtMs,
  }: Parameters<AccessTokens['create']>[0]): ReturnType<AccessTokens['create']> {
    const text = `mmsguard_${randomBytes(SECRET_BYTES).toString('base64url')}`;
    const token: NewToken = {
      id: randomUUID(),
      name: storableText(name),
      role,
      createdAtMs: atMs,
      createdBy: storableText(by),
      expiresAtMs,
      revokedAtMs: undefined,
      text,
    };
    const result = await this.#database.transaction([
      {
        sql: 'UPDATE access_tokens SET name_in_use = NULL WHERE name_in_use = ? AND expires_at_ms <= ?',
        values: [token.name, atMs],
      },
      {
        sql: `INSERT INTO access_tokens (${COLUMNS}, name_in_use) VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?)
              ON CONFLICT (name_in_use) DO NOTHING RETURNING id`,
        values: [
          token.id,
          token.name,
          role,
          hashOf(text),
          atMs,
          token.createdBy,
          expiresAtMs ?? null,
          token.name,
        ],
      },
    ]);
    if (!result.ok) return storeFailure(result);
    return result.rows[1]?.length === 1 ? { kind: 'created', token } : { kind: 'name-taken' };
  }

  async check(text: string, nowMs: number): Promise<StoreResult<TokenInfo>> {
    if (!TOKEN.test(text)) return { kind: 'unknown' };
    const textHash = hashOf(text);
    const result = await this.#database.transaction([
      { sql: `SELECT ${COLUMNS} FROM access_tokens WHERE text_hash = ?`, values: [textHash] },
    ]);
    if (!result.ok) return storeFailure(result);
    const row = result.rows[0]?.[0];
    if (row === undefined || !isSame(row['text_hash'] as string, textHash)) return { kind: 'unknown' };
    const token = tokenOf(row);
    return isValid(token, nowMs) ? { kind: 'found', value: token } : { kind: 'unknown' };
  }

  async list(): Promise<StoreResult<readonly TokenInfo[]>> {
    const result = await this.#database.transaction([
      {
        sql: `SELECT ${COLUMNS} FROM access_tokens ORDER BY created_at_ms DESC, id DESC LIMIT ?`,
        values: [TOKENS_LISTED_MAX],
      },
    ]);
    if (!result.ok) return storeFailure(result);
    return { kind: 'found', value: (result.rows[0] ?? []).map(tokenOf) };
  }

  /** Revoking again is `done`, and changes nothing. */
  async revoke(id: string, nowMs: number): Promise<{ kind: 'done' | 'unknown' } | StoreFailure> {
    const result = await this.#database.transaction([
      {
        sql: `UPDATE access_tokens SET revoked_at_ms = COALESCE(revoked_at_ms, ?), name_in_use = NULL
              WHERE id = ? RETURNING id`,
        values: [nowMs, storableText(id)],
      },
    ]);
    if (!result.ok) return storeFailure(result);
    return { kind: result.rows[0]?.length === 1 ? 'done' : 'unknown' };
  }
}

function hashOf(text: string): string {
  return hash('sha256', text, 'hex');
}

function isSame(stored: string, given: string): boolean {
  return stored.length === given.length && timingSafeEqual(Buffer.from(stored), Buffer.from(given));
}

function isValid({ expiresAtMs, revokedAtMs }: TokenInfo, nowMs: number): boolean {
  return revokedAtMs === undefined && (expiresAtMs === undefined || nowMs < expiresAtMs);
}

/** Only this file writes the table, so what it reads has the types that were written. */
function tokenOf(row: SqlRow): TokenInfo {
  return {
    id: row['id'] as string,
    name: row['name'] as string,
    role: row['role'] as Role,
    createdAtMs: row['created_at_ms'] as number,
    createdBy: row['created_by'] as string,
    expiresAtMs: (row['expires_at_ms'] as number | null) ?? undefined,
    revokedAtMs: (row['revoked_at_ms'] as number | null) ?? undefined,
  };
}
