/** Tables of the track, alike in SQLite and PostgreSQL. */

/** One statement each, in order. */
export const MESSAGE_TRACK_TABLES: readonly string[] = [
  `CREATE TABLE message_track (
    id TEXT NOT NULL,
    direction TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    message_end TEXT NOT NULL,
    action TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    rest TEXT NOT NULL,
    PRIMARY KEY (id, direction)
  )`,
  // Every list is ordered by time, so each index ends with it.
  'CREATE INDEX message_track_time ON message_track (at_ms, id, direction)',
  'CREATE INDEX message_track_end ON message_track (message_end, at_ms, id, direction)',
  'CREATE INDEX message_track_action ON message_track (action, at_ms, id, direction)',
  'CREATE INDEX message_track_content ON message_track (content_hash, at_ms, id, direction)',
  // What a message has several of: pseudonyms and reasons.
  `CREATE TABLE message_track_terms (
    term TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    id TEXT NOT NULL,
    direction TEXT NOT NULL,
    message_end TEXT NOT NULL,
    action TEXT NOT NULL
  )`,
  // End and action are in it for searches that ask for them too: so those need not look at each message.
  `CREATE UNIQUE INDEX message_track_term
    ON message_track_terms (term, at_ms, id, direction, message_end, action)`,
  'CREATE INDEX message_track_terms_time ON message_track_terms (at_ms)',
];
