/** The entry of a scan thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { createScanner } from './scan-message.ts';
import { serveScans } from './serve-scans.ts';
import type { ThreadStart } from './thread-messages.ts';
import { openRuleSet } from './yara-engine.ts';

if (parentPort === null) throw new Error('this file is the entry of a thread');
const { image, ruleSetDigest, settings } = workerData as ThreadStart;
serveScans(parentPort, createScanner(settings, openRuleSet(image), ruleSetDigest));
