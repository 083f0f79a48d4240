import { describe, expect, it } from 'vitest';
import { FULL_RECORD, RECORD_PAGE, RECORD_SUMMARY, TASK } from '../../src/app/quarantine-answers.ts';
import { newRecord } from '../support/held-records.ts';
import { MemoryQuarantine } from '../support/memory-quarantine.ts';
import { shownTask } from '../support/scripted-admin.ts';

/** What becomes of a value that goes through JSON. */
function sent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

describe('the answers of the API', () => {
  it('are read as the stores give them', async () => {
    const store = await MemoryQuarantine.with(newRecord(), newRecord());
    const page = await store.list({}, { limit: 1 });
    const value = page.kind === 'found' ? page.value : undefined;
    expect(RECORD_PAGE.parse(sent(value))).toMatchObject({ items: [{ state: 'held' }], next: value?.next });
    const full = await store.get(value?.items[0]?.id ?? '');
    expect(FULL_RECORD.parse(sent(full.kind === 'found' ? full.value : undefined))).toMatchObject({
      envelope: { recipients: ['+12025550122/TYPE=PLMN'] },
      http: { method: 'POST' },
    });
  });

  it('keep what the commands do not know, for --json', () => {
    expect(TASK.parse(shownTask({ news: 1 }))).toMatchObject({ news: 1, result: { problems: [] } });
  });

  it('are refused when something is missing', () => {
    expect(RECORD_SUMMARY.safeParse({ id: 'a' }).success).toBe(false);
  });
});
