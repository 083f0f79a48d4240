/** The entry of a thread that packs one held message. */
import { parentPort, workerData } from 'node:worker_threads';
import { exportArchive, type RecordWithContent } from './export-archive.ts';

parentPort?.postMessage(await exportArchive(workerData as RecordWithContent));
