import { pino, stdTimeFunctions, type Logger } from 'pino';
import type { CommandIo } from './command-io.ts';
import type { Config } from './config-schema.ts';

/** A log of JSON lines: level as a word, time in ISO 8601, message in `msg`. */
export function createLog(settings: Config['log'], io: Pick<CommandIo, 'stdout' | 'stderr'>): Logger {
  const output = settings.destination === 'stdout' ? io.stdout : io.stderr;
  return pino(
    {
      level: settings.level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => void output.write(line) },
  );
}
