/** The queries that a filter of the track becomes. */
import type { TrackFilter } from './message-track.ts';
import { conditionsOf, whereOf, type SqlCondition } from './sql-conditions.ts';
import type { SqlStatement } from './sql-database.ts';
import type { SqlList } from './sql-page.ts';
import { ENTRY_COLUMNS, pseudonymTerm, reasonTerm, type PseudonymOf } from './track-rows.ts';

/** The list of what fits. */
export function trackQuery(filter: TrackFilter, pseudonymOf: PseudonymOf): Omit<SqlList<never>, 'itemOf'> {
  const terms = termsOf(filter, pseudonymOf);
  const names = [...terms.map(nameOfTerm), 't'];
  const [first = 't'] = names;
  return {
    select: `SELECT ${ENTRY_COLUMNS} FROM ${joined(names)}`,
    conditions: conditionsAt(first, terms, filter),
    order: [
      { column: `${first}.at_ms`, type: 'number' },
      { column: `${first}.id`, type: 'string' },
      { column: `${first}.direction`, type: 'string' },
    ],
  };
}

/** How many of what fits ended how: `message_end` and `messages`. */
export function countsQuery(filter: TrackFilter, pseudonymOf: PseudonymOf): SqlStatement {
  const terms = termsOf(filter, pseudonymOf);
  const needsMessage = terms.length === 0 || filter.contentHash !== undefined;
  const names = [...terms.map(nameOfTerm), ...(needsMessage ? ['t'] : [])];
  const [first = 't'] = names;
  const where = whereOf(conditionsAt(first, terms, filter));
  return {
    sql: `SELECT ${first}.message_end, COUNT(*) AS messages FROM ${joined(names)}${where.sql} GROUP BY ${first}.message_end`,
    values: where.values,
  };
}

function termsOf({ number, pseudonym, reason }: TrackFilter, pseudonymOf: PseudonymOf): readonly string[] {
  return [
    ...(number === undefined ? [] : [pseudonymTerm(pseudonymOf(number))]),
    ...(pseudonym === undefined ? [] : [pseudonymTerm(pseudonym)]),
    ...(reason === undefined ? [] : [reasonTerm(reason)]),
  ];
}

function nameOfTerm(_term: string, index: number): string {
  return `w${index}`;
}

/**
 * Terms come first, in the order of their index, which is that of the list: so a search stops at the end of its page,
 * however often the term occurs.
 */
function joined([first = 't', ...others]: readonly string[]): string {
  const joins = others.map((name) => {
    const sameTime = name === 't' ? '' : ` AND ${name}.at_ms = ${first}.at_ms`;
    return ` JOIN ${tableOf(name)} ON ${name}.id = ${first}.id AND ${name}.direction = ${first}.direction${sameTime}`;
  });
  return `${tableOf(first)}${joins.join('')}`;
}

function tableOf(name: string): string {
  return `${name === 't' ? 'message_track' : 'message_track_terms'} ${name}`;
}

/** What can be asked of the first table is asked there: the index of the terms has it all. */
function conditionsAt(first: string, terms: readonly string[], filter: TrackFilter): readonly SqlCondition[] {
  return [
    ...terms.map((term, index) => ({ sql: `${nameOfTerm(term, index)}.term = ?`, values: [term] })),
    ...conditionsOf(filter, {
      fromMs: `${first}.at_ms >= ?`,
      toMs: `${first}.at_ms < ?`,
      direction: `${first}.direction = ?`,
      end: `${first}.message_end = ?`,
      action: `${first}.action = ?`,
      contentHash: 't.content_hash = ?',
    }),
  ];
}
