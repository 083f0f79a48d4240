/** Options of the commands that ask a running mmsguard, and the client that they make. */
import { Option } from 'commander';
import { AdminClient, type AdminFailure } from './admin-client.ts';
import { readBoundedFile } from './bounded-file.ts';
import { EXIT, refuseInput, type CommandIo } from './command-io.ts';
import { ADMIN_VARIABLES } from './config-environment.ts';
import { terminalJson, terminalText } from './terminal-text.ts';

/** Where the admin side listens unless the configuration says otherwise. */
export const DEFAULT_ADMIN_URL = 'http://127.0.0.1:8090';

/** Bytes of a file with a token. */
const TOKEN_FILE_BYTES_MAX = 1024;

/** Characters that can stand in a header: a token that has others is none. */
const TOKEN = /^[\x21-\x7e]+$/;

/** Options of every command that asks a running mmsguard. */
export interface AdminOptions {
  readonly adminUrl?: string;
  readonly adminTokenFile?: string;
}

/** `--admin-url` and `--admin-token-file`. A token is no option itself: other users of a machine see those. */
export function adminOptions(): readonly Option[] {
  return [
    new Option(
      '--admin-url <url>',
      `admin listener to ask (default: $${ADMIN_VARIABLES.url}, or ${DEFAULT_ADMIN_URL})`,
    ),
    new Option(
      '--admin-token-file <file>',
      `file with the token (default: $${ADMIN_VARIABLES.token}, or none)`,
    ),
  ];
}

/** The client of a command; undefined when the options are wrong, which then has been told. Never rejects. */
export async function adminClientOf(options: AdminOptions, io: CommandIo): Promise<AdminClient | undefined> {
  const named = options.adminUrl ?? io.environment[ADMIN_VARIABLES.url] ?? DEFAULT_ADMIN_URL;
  const url = httpBase(named);
  const token = await tokenOf(options, io);
  if (url === undefined) refuseInput([`${named}: is no http or https URL`], io);
  if (url === undefined || token === undefined) return undefined;
  return new AdminClient({ url, token: token === '' ? undefined : token });
}

/** Prints why a request had no success, and sets the exit code. */
export function tellFailure({ code, message, details }: AdminFailure, io: CommandIo): void {
  const more = details === undefined ? '' : ` ${terminalJson(details)}`;
  io.stderr.write(`${terminalText(code)}: ${terminalText(message)}${more}\n`);
  io.exitCode = EXIT.failure;
}

function httpBase(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** '' for none; undefined for a wrong one, which then has been told. */
async function tokenOf({ adminTokenFile }: AdminOptions, io: CommandIo): Promise<string | undefined> {
  const reading = await readToken(adminTokenFile, io);
  if (!reading.ok) {
    refuseInput([`${adminTokenFile ?? ''}: ${reading.message}`], io);
    return undefined;
  }
  const token = reading.text.trim();
  if (token === '' || TOKEN.test(token)) return token;
  refuseInput(['the token has characters that no token has'], io);
  return undefined;
}

async function readToken(
  file: string | undefined,
  { environment }: Pick<CommandIo, 'environment'>,
): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string }> {
  if (file === undefined) return { ok: true, text: environment[ADMIN_VARIABLES.token] ?? '' };
  const reading = await readBoundedFile(file, TOKEN_FILE_BYTES_MAX);
  return reading.ok ? { ok: true, text: reading.bytes.toString() } : reading;
}
