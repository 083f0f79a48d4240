/** The table of the access tokens, alike in SQLite and PostgreSQL. */

/** One statement each, in order. */
export const ACCESS_TOKENS_TABLES: readonly string[] = [
  // name_in_use is the name as long as the token is valid, then NULL: so it is unique among those that are valid.
  `CREATE TABLE access_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_in_use TEXT UNIQUE,
    role TEXT NOT NULL,
    text_hash TEXT NOT NULL UNIQUE,
    created_at_ms BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    expires_at_ms BIGINT,
    revoked_at_ms BIGINT
  )`,
];
