/** What the commands share that do something with held messages: with one by its id, or with all that fit. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { adminOptions, tellFailure, type AdminOptions } from './admin-access.ts';
import type { AdminClient } from './admin-client.ts';
import { EXIT, refuseInput, type CommandIo } from './command-io.ts';
import { ACT_RESULT } from './quarantine-answers.ts';
import { filterOf, filterOptions, type ApiFilter, type FilterOptions } from './quarantine-filter.ts';
import { recordPath } from './quarantine-path.ts';
import { type TaskOptions } from './task-wait.ts';
import { terminalJson, terminalText } from './terminal-text.ts';

/** Options of such a command. */
export interface ActOptions extends AdminOptions, FilterOptions, TaskOptions {
  readonly all?: true;
}

/** Adds the ids, and the options that choose messages instead of them. */
export function addActOptions(command: Command): Command {
  command
    .argument('[id...]', 'ids of messages; none: all that are held and fit the options')
    .option('--all', 'all that are held, when no option narrows them down')
    .option('--no-wait', 'do not wait for the end of a task on many messages')
    .option('--json', 'print JSON');
  for (const option of [...filterOptions('held'), ...adminOptions()]) command.addOption(option);
  return command;
}

/** `--why`, which the audit log keeps. */
export function whyOption(): Option {
  return new Option('--why <text>', 'why, for the audit log')
    .argParser((text) => {
      if (text.trim() === '') throw new InvalidArgumentError('It says nothing.');
      return text;
    })
    .makeOptionMandatory();
}

/** The messages that a command is about: given ids, or a filter. */
export type Chosen =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'filter'; readonly filter: ApiFilter };

/** What the ids and options choose; undefined when they do not fit together, which then has been told. */
export function chosen(ids: readonly string[], options: ActOptions, io: CommandIo): Chosen | undefined {
  const filter = filterOf(options);
  const isNarrowed = Object.keys(filter).length > 0;
  if (ids.length > 0) {
    if (!isNarrowed && options.all === undefined) return { kind: 'ids', ids };
    refuseInput(['give ids, or options that choose messages, not both'], io);
  } else {
    if (isNarrowed || options.all === true) return { kind: 'filter', filter };
    refuseInput(['give ids, options that choose messages, or --all'], io);
  }
  return undefined;
}

/** An act on single messages. */
export interface SingleAct {
  readonly act: 'release' | 'delete';
  readonly body: Readonly<Record<string, unknown>>;
  /** What the result is called when everything was done. */
  readonly done: string;
}

/** Asks for the act on one message after the other, and prints a line of each. */
export async function actOnEach(
  client: AdminClient,
  ids: readonly string[],
  { act, body, done }: SingleAct,
  { io, json }: { readonly io: CommandIo; readonly json: boolean },
): Promise<void> {
  for (const id of ids) {
    const answer = await client.json({ method: 'POST', path: recordPath(id, act), body }, ACT_RESULT);
    if (!answer.ok) {
      tellFailure({ ...answer, message: `${id}: ${answer.message}` }, io);
      continue;
    }
    const { kind, ...rest } = answer.value;
    const facts = Object.keys(rest).length === 0 ? '' : ` ${terminalJson(rest)}`;
    io.stdout.write(
      json ? `${terminalJson({ id, ...answer.value })}\n` : `${terminalText(`${id}: ${kind}`)}${facts}\n`,
    );
    if (kind !== done) io.exitCode = EXIT.failure;
  }
}
