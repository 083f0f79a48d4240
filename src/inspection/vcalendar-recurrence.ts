/** How often an entry of a calendar recurs, as far as its rule says so (RFC 5545 3.3.10; vCalendar 1.0, recurrence). */

/** `COUNT=10`, or `#10` at the end of a rule of vCalendar 1.0. */
const COUNT = /(?:^|;)COUNT=(\d{1,15})|#(\d{1,15})/i;

/** Nobody meets every minute, so that a rule of this kind which gives no number is there to keep a handset busy. */
const FREQUENT = /(?:^|;)FREQ=(?:SECONDLY|MINUTELY)/i;

/** Times that a rule makes its entry recur: infinity for every minute without a number, 0 where nothing is said. */
export function recurrencesOf(rule: string): number {
  const [, count, oldCount] = COUNT.exec(rule) ?? [];
  const times = count ?? oldCount;
  if (times !== undefined) return Number(times);
  return FREQUENT.test(rule) ? Infinity : 0;
}
