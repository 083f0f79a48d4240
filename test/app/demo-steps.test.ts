import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemoPath, type DemoPath } from '../../src/app/demo-path.ts';
import { DEMO_STEPS, type DemoNotes } from '../../src/app/demo-steps.ts';

describe('the steps of the demo', () => {
  const notes: DemoNotes = { pictureUrl: '' };
  let path: DemoPath;

  beforeAll(async () => {
    path = await startDemoPath();
  });

  afterAll(() => path.close());

  it.each(DEMO_STEPS.map((step) => [step.title, step] as const))('%s: all of it holds', async (_, step) => {
    const checks = await step.run(path, notes);
    expect(checks.filter(({ holds }) => !holds)).toEqual([]);
    expect(checks.length).toBeGreaterThan(0);
  });

  it('show a message each way, a retrieval, refusals and a failure', () => {
    const outcomes = DEMO_STEPS.map(({ sender }) => sender);
    expect(new Set(outcomes)).toEqual(new Set(['Alice', 'Bob']));
    expect(path.bugs).toEqual([]);
  });
});
