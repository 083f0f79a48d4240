/** Paths of the admin API about one held message. */

/** The path of a record, and of what is asked of it; whatever was typed as an id stays one segment. */
export function recordPath(id: string, act?: 'release' | 'delete' | 'rescan' | 'export'): string {
  return `/quarantine/${encodeURIComponent(id)}${act === undefined ? '' : `/${act}`}`;
}
