import { InvalidArgumentError, Option, type Command } from 'commander';
import { RESERVED_NAMES } from '../admin/access.ts';
import { ROLES, TOKEN_NAME, type Role, type TokenInfo } from '../storage/access-tokens.ts';
import type { AuditAct } from '../storage/audit-log.ts';
import type { StoreFailure } from '../storage/quarantine-store.ts';
import { configOption, type ConfigOptions } from './command-config.ts';
import { refuseInput, type CommandIo } from './command-io.ts';
import { tellStoreFailure, withStorage } from './command-storage.ts';
import type { OpenStorage } from './open-storage.ts';
import { terminalJson } from './terminal-text.ts';
import { textTable } from './text-table.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Ten years. */
const EXPIRES_DAYS_MAX = 3650;

/** Whoever may open the storage is an admin; the audit log has no token's name for it. */
const BY = { by: 'mmsguard', role: 'admin' } as const;

const HELP = `
The storage of the configuration is opened directly. Each token that is made or revoked is written to the audit log.`;

/** Adds `token create`, `token list` and `token revoke`. */
export function registerToken(program: Command, io: CommandIo): void {
  const token = program
    .command('token')
    .description('make, list and revoke the tokens that the admin API is opened with')
    .addHelpText('after', HELP);
  token
    .command('create')
    .description('make a token and print it: it is not shown again')
    .addOption(configOption())
    .addOption(
      new Option('--name <name>', 'of the person or program: the audit log names it')
        .argParser(tokenName)
        .makeOptionMandatory(),
    )
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
    .addOption(
      new Option('--expires-days <days>', 'days until it runs out; else never').argParser(expiryDays),
    )
    .action(async (options: CreateOptions) => {
      await withStorage(options, io, (storage) => create(storage, options, io));
    });
  token
    .command('list')
    .description('list all tokens, the newest first')
    .addOption(configOption())
    .option('--json', 'print one JSON object a token')
    .action(async (options: ListOptions) => {
      await withStorage(options, io, (storage) => list(storage, options, io));
    });
  token
    .command('revoke')
    .description('end a token for good')
    .argument('<id>', 'id of the token, as listed')
    .addOption(configOption())
    .action(async (id: string, options: ConfigOptions) => {
      await withStorage(options, io, (storage) => revoke(storage, id, io));
    });
}

interface CreateOptions extends ConfigOptions {
  readonly name: string;
  readonly role: Role;
  readonly expiresDays?: number;
}

async function create(
  { tokens, audit }: OpenStorage,
  { name, role, expiresDays }: CreateOptions,
  io: CommandIo,
): Promise<void> {
  const atMs = Date.now();
  const expires = expiresDays === undefined ? {} : { expiresAtMs: atMs + expiresDays * DAY_MS };
  const act = { act: 'token.create', target: '', detail: { name, role } };
  const created = await audited(
    audit,
    act,
    () => tokens.create({ name, role, by: BY.by, atMs, ...expires }),
    io,
  );
  switch (created.kind) {
    case 'failed':
      tellStoreFailure(created, io);
      return;
    case 'name-taken':
      refuseInput([`--name: a valid token is called ${name} already`], io);
      return;
    case 'created': {
      const { id, expiresAtMs, text } = created.token;
      const until = expiresAtMs === undefined ? '' : ` until ${new Date(expiresAtMs).toISOString()}`;
      io.stderr.write(`token ${id} of ${name}, ${role}${until}; it is not shown again:\n`);
      io.stdout.write(`${text}\n`);
    }
  }
}

interface ListOptions extends ConfigOptions {
  readonly json?: true;
}

async function list({ tokens }: OpenStorage, options: ListOptions, io: CommandIo): Promise<void> {
  const found = await tokens.list();
  if (found.kind === 'failed') tellStoreFailure(found, io);
  if (found.kind !== 'found') return;
  const lines = options.json === true ? found.value.map(terminalJson) : tableOf(found.value, Date.now());
  for (const line of lines) io.stdout.write(`${line}\n`);
}

const TITLES = ['id', 'name', 'role', 'state', 'made', 'by', 'runs out'];

function tableOf(tokens: readonly TokenInfo[], nowMs: number): readonly string[] {
  return textTable(
    TITLES,
    tokens.map(({ id, name, role, createdAtMs, createdBy, expiresAtMs, revokedAtMs }) => [
      id,
      name,
      role,
      revokedAtMs !== undefined
        ? 'revoked'
        : expiresAtMs !== undefined && expiresAtMs <= nowMs
          ? 'run out'
          : 'valid',
      new Date(createdAtMs).toISOString(),
      createdBy,
      expiresAtMs === undefined ? 'never' : new Date(expiresAtMs).toISOString(),
    ]),
  );
}

async function revoke({ tokens, audit }: OpenStorage, id: string, io: CommandIo): Promise<void> {
  const act = { act: 'token.revoke', target: id, detail: {} };
  const revoked = await audited(audit, act, () => tokens.revoke(id, Date.now()), io);
  switch (revoked.kind) {
    case 'failed':
      tellStoreFailure(revoked, io);
      return;
    case 'unknown':
      refuseInput([`${id}: there is no token with this id`], io);
      return;
    case 'done':
      io.stdout.write(`revoked ${id}\n`);
  }
}

/**
 * Writes down what is about to be done, does it, and writes down what came of it. Nothing is done that is not written
 * down before; a result that could not be is told.
 */
async function audited<Result extends { readonly kind: string }>(
  audit: OpenStorage['audit'],
  { act, target, detail }: Pick<AuditAct, 'act' | 'target' | 'detail'>,
  carryOut: () => Promise<Result>,
  io: CommandIo,
): Promise<Result | StoreFailure> {
  const note = (noted: AuditAct['detail']) => {
    return audit.append({ ...BY, act, target, atMs: Date.now(), detail: { ...noted, from: 'command line' } });
  };
  const begun = await note(detail);
  if (begun.kind === 'failed') return begun;
  const result = await carryOut();
  const ended = await note({ of: begun.number, result: result.kind });
  if (ended.kind === 'failed') {
    io.stderr.write('the audit log has the act, but not its result: ');
    tellStoreFailure(ended, io);
  }
  return result;
}

function tokenName(value: string): string {
  if (!TOKEN_NAME.test(value)) {
    throw new InvalidArgumentError('It must be up to 64 letters, digits, spaces and . _ @ -.');
  }
  if (RESERVED_NAMES.some((name) => name === value.toLowerCase()))
    throw new InvalidArgumentError('It is reserved.');
  return value;
}

function expiryDays(value: string): number {
  const days = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (days >= 1 && days <= EXPIRES_DAYS_MAX) return days;
  throw new InvalidArgumentError(`It is no number of days from 1 to ${EXPIRES_DAYS_MAX}.`);
}
