import { readBoundedFile, type FileReading } from './bounded-file.ts';
import { readBoundedStream } from './bounded-stream.ts';
import type { CommandIo } from './command-io.ts';

/** The name under which commands read standard input. */
export const STANDARD_INPUT = '-';

/** Reads the file that a command is given, or standard input; of a larger or endless one no more. Never rejects. */
export function readBoundedInput(
  file: string,
  bytesMax: number,
  { stdin }: Pick<CommandIo, 'stdin'>,
): Promise<FileReading> {
  return file === STANDARD_INPUT ? readBoundedStream(stdin, bytesMax) : readBoundedFile(file, bytesMax);
}
