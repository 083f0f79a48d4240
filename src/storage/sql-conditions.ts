/** What rows must be to be in a list. */
import type { SqlValue } from './sql-database.ts';
import { storableText } from './storable-text.ts';

/** A condition, or a list of them, with `?` for each value. */
export interface SqlCondition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** The conditions of the keys that a filter has; `columns` has each key as SQL with one `?`. */
export function conditionsOf<Columns extends Readonly<Record<string, string>>>(
  filter: Readonly<Partial<Record<keyof Columns, string | number>>>,
  columns: Columns,
): readonly SqlCondition[] {
  return Object.entries(columns).flatMap(([key, sql]) => {
    const value: string | number | undefined = filter[key];
    if (value === undefined) return [];
    return [{ sql, values: [typeof value === 'string' ? storableText(value) : value] }];
  });
}

/** ` WHERE …` of all of them together; nothing when there is none. */
export function whereOf(conditions: readonly SqlCondition[]): SqlCondition {
  if (conditions.length === 0) return { sql: '', values: [] };
  return {
    sql: ` WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
    values: conditions.flatMap(({ values }) => values),
  };
}
