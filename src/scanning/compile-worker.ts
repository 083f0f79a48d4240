/** The entry of a thread that compiles one rule set. */
import { parentPort, workerData } from 'node:worker_threads';
import { compileRuleSet, type CompileWork } from './rule-set.ts';

const { sources, options } = workerData as CompileWork;
parentPort?.postMessage(compileRuleSet(sources, options));
