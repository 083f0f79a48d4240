/** Waits for a task of the admin side, and tells how far it is. */
import { setTimeout as sleep } from 'node:timers/promises';
import { tellFailure } from './admin-access.ts';
import type { AdminClient } from './admin-client.ts';
import { EXIT, type CommandIo } from './command-io.ts';
import { TASK, type ShownTask } from './quarantine-answers.ts';
import { terminalJson, terminalText } from './terminal-text.ts';

/** Milliseconds between two looks at a task. */
const POLL_MS = 1000;

/** How a task is waited for, and told. */
export interface TaskOptions {
  /** `--no-wait`: told as it begins. */
  readonly wait: boolean;
  readonly json?: true;
}

/** Starts a task by a POST, waits for its end unless told otherwise, and prints it. */
export async function runTask(
  client: AdminClient,
  { path, body }: { readonly path: string; readonly body: Readonly<Record<string, unknown>> },
  options: TaskOptions,
  io: CommandIo,
): Promise<void> {
  let answer = await client.json({ method: 'POST', path, body }, TASK);
  let told = '';
  while (answer.ok && options.wait && answer.value.state === 'running') {
    const progress = progressOf(answer.value);
    if (progress !== told) io.stderr.write(`${progress}\n`);
    told = progress;
    await sleep(POLL_MS);
    answer = await client.json({ method: 'GET', path: `/tasks/${answer.value.id}` }, TASK);
  }
  if (!answer.ok) {
    tellFailure(answer, io);
    return;
  }
  const { value: task } = answer;
  io.stdout.write(options.json === true ? `${terminalJson(task)}\n` : `${taskLines(task).join('\n')}\n`);
  if (task.state !== 'done' && options.wait) io.exitCode = EXIT.failure;
}

function progressOf({ id, done, total }: ShownTask): string {
  return `task ${terminalText(id)}: ${done} of ${total ?? '?'}`;
}

/** The task, then what came of it, a line each. */
function taskLines(task: ShownTask): readonly string[] {
  const { counts, records, recordsLeftOut, problems } = task.result;
  return [
    `${terminalText(task.kind)} ${terminalText(task.id)}: ${terminalText(task.state)}, ${task.done} of ${task.total ?? '?'}`,
    ...Object.entries(counts).map(([result, count]) => `  ${terminalText(result)}: ${count}`),
    ...problems.map((problem) => `  ${terminalText(problem)}`),
    ...records.map((record) => `  ${terminalJson(record)}`),
    ...(recordsLeftOut > 0 ? [`  and ${recordsLeftOut} more`] : []),
  ];
}
