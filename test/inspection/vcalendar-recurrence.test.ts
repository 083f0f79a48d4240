import { describe, expect, it } from 'vitest';
import { recurrencesOf } from '../../src/inspection/vcalendar-recurrence.ts';

describe('recurrencesOf', () => {
  it.each([
    ['FREQ=DAILY;COUNT=10', 10],
    ['count=7;freq=weekly', 7],
    ['FREQ=YEARLY', 0],
    ['FREQ=DAILY;UNTIL=20271224T000000Z', 0],
    ['FREQ=SECONDLY', Infinity],
    ['INTERVAL=2;FREQ=MINUTELY', Infinity],
    ['FREQ=MINUTELY;COUNT=30', 30],
    ['FREQ=DAILY;COUNT=99999999999', 99_999_999_999],
    ['D1 #500', 500],
    ['D2 20271224T000000Z', 0],
    ['FREQ=DAILY;XCOUNT=5000', 0],
    ['', 0],
  ])('%s recurs %d times', (rule, times) => {
    expect(recurrencesOf(rule)).toBe(times);
  });
});
