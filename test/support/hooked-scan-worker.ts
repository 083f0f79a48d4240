/** A scan thread with the real engine and detectors, but for one detector that loops or fails when a message says so. */
import { parentPort, workerData } from 'node:worker_threads';
import { PART_DETECTORS } from '../../src/inspection/detectors.ts';
import type { PartDetector } from '../../src/inspection/part-view.ts';
import { createScanner } from '../../src/scanning/scan-message.ts';
import { serveScans } from '../../src/scanning/serve-scans.ts';
import type { ThreadStart } from '../../src/scanning/thread-messages.ts';
import { openRuleSet } from '../../src/scanning/yara-engine.ts';

if (parentPort === null) throw new Error('this file is the entry of a thread');

const hooked: PartDetector = {
  name: 'hooked',
  findings: {},
  detect({ texts }) {
    const [text = ''] = texts;
    if (text.startsWith('fail')) throw new Error('a bug in a detector');
    if (text.startsWith('loop')) for (;;);
  },
};
(PART_DETECTORS as PartDetector[]).push(hooked);

const { image, ruleSetDigest, settings } = workerData as ThreadStart;
serveScans(parentPort, createScanner(settings, openRuleSet(image), ruleSetDigest));
