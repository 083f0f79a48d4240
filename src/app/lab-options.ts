/** Options that the lab's commands share, and how their values are read. */
import { InvalidArgumentError, Option } from 'commander';
import { parseHttpUrl } from '../lab/http-client.ts';

/** Where `lab mmsc` listens, and where `serve` forwards to, if nothing else is said. */
export const DEFAULT_LAB_MMSC = { host: '127.0.0.1', port: 8081 } as const;

/** How the simulated handset of a command reaches its MMSC. */
export interface HandsetCommandOptions {
  readonly mmsc: string;
  readonly proxy?: string;
  readonly msisdn?: string;
}

/** `--mmsc`, `--proxy` and `--msisdn`. */
export function handsetOptions(): readonly Option[] {
  const { host, port } = DEFAULT_LAB_MMSC;
  return [
    new Option('--mmsc <url>', 'where PDUs are posted to')
      .argParser(httpUrl)
      .default(`http://${host}:${port}/`),
    new Option(
      '--proxy <url>',
      'MMS proxy to go through, in absolute form; none: straight to the MMSC',
    ).argParser(httpUrl),
    new Option('--msisdn <number>', 'number that a gateway would add, sent as X-MSISDN').argParser(
      headerValue,
    ),
  ];
}

/** The headers that such a handset adds to its requests. */
export function identityHeaders({ msisdn }: HandsetCommandOptions): Readonly<Record<string, string>> {
  return msisdn === undefined ? {} : { 'X-MSISDN': msisdn };
}

/** Reads an http URL. */
export function httpUrl(value: string): string {
  if (parseHttpUrl(value) === undefined) throw new InvalidArgumentError('It is no http:// URL.');
  return value;
}

/** Reads a whole number of at most `highest`. */
export function wholeNumber(highest: number): (value: string) => number {
  return (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number <= highest) return number;
    throw new InvalidArgumentError(`It is no whole number of at most ${highest}.`);
  };
}

/** Gathers an option that may be repeated. */
export function repeated(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

/** Characters that cannot stand in a header would be an error of the HTTP client, far from the command line. */
function headerValue(value: string): string {
  if (!/^[\x21-\x7e]+$/.test(value)) throw new InvalidArgumentError('It is no number.');
  return value;
}
