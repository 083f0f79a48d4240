/** Pages of lists, newest first. */
import { readCursor, writeCursor } from './list-cursor.ts';
import type { Page, StoreResult } from './quarantine-store.ts';
import { whereOf, type SqlCondition } from './sql-conditions.ts';
import type { SqlDatabase, SqlRow } from './sql-database.ts';
import { storeFailure } from './store-failure.ts';

/** A column that a list is ordered by, from the highest value down. */
export interface OrderColumn {
  /** As it is named in the query: `t.at_ms`. */
  readonly column: string;
  readonly type: 'string' | 'number';
}

/** A list. Its columns of order are unique together, and among those that it reads. */
export interface SqlList<T> {
  /** `SELECT … FROM …`, without conditions. */
  readonly select: string;
  readonly conditions: readonly SqlCondition[];
  readonly order: readonly OrderColumn[];
  readonly itemOf: (row: SqlRow) => T;
}

/** Reads one page. `unknown`: the cursor is none of this list. */
export async function readPage<T>(
  database: SqlDatabase,
  { select, conditions, order, itemOf }: SqlList<T>,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string },
): Promise<StoreResult<Page<T>>> {
  const behind = cursor === undefined ? [] : placeBehind(cursor, order);
  if (behind === undefined) return { kind: 'unknown' };
  const where = whereOf([...conditions, ...behind]);
  const orderBy = order.map(({ column }) => `${column} DESC`).join(', ');
  const result = await database.transaction([
    // One more than asked for tells whether there is another page.
    { sql: `${select}${where.sql} ORDER BY ${orderBy} LIMIT ?`, values: [...where.values, limit + 1] },
  ]);
  if (!result.ok) return storeFailure(result);
  const rows = result.rows[0] ?? [];
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const next = last && writeCursor(order.map(({ column }) => placeValue(last, column)));
  return { kind: 'found', value: { items: shown.map(itemOf), next } };
}

function placeBehind(cursor: string, order: readonly OrderColumn[]): readonly SqlCondition[] | undefined {
  const place = readCursor(
    cursor,
    order.map(({ type }) => type),
  );
  if (place === undefined) return undefined;
  const columns = order.map(({ column }) => column).join(', ');
  return [{ sql: `(${columns}) < (${order.map(() => '?').join(', ')})`, values: place }];
}

function placeValue(row: SqlRow, column: string): string | number {
  const value = row[column.slice(column.indexOf('.') + 1)];
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new TypeError(`the list does not read ${column}`);
}
