/** A real handset stack for end-to-end tests: Debian's mmsd-tng on private D-Bus buses, with a stand-in modem. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';

/** What the stack needs from Debian: mmsd-tng dbus python3-dbus python3-gi. */
const PROGRAMS = ['mmsdtng', 'dbus-daemon', '/usr/bin/python3'];

/** The programs that are missing here; empty when the stack can run. */
export function missingPrograms(): readonly string[] {
  return PROGRAMS.filter((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0);
}

/** A message as mmsd-tng reports it. */
export interface HandsetMessage {
  readonly path: string;
  readonly status: string;
  readonly subject: string;
  readonly sender: string;
  readonly attachments: readonly { readonly id: string; readonly type: string; readonly length: number }[];
}

/** A file to send: its content id, type and path. */
export interface HandsetAttachment {
  readonly id: string;
  readonly type: string;
  readonly path: string;
}

/** A running handset. `close` ends every process and removes its folder. */
export class HandsetStack {
  readonly folder: string;
  readonly #processes: ChildProcess[] = [];
  #answers!: AsyncIterator<string>;
  #lines!: Interface;
  #control!: ChildProcess;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Starts a handset whose MMS proxy is `proxy` (`host:port`) and whose MMSC URL is `http://mmsc/`. */
  static async start(proxy: string, ownNumber = '+12025550111'): Promise<HandsetStack> {
    const stack = new HandsetStack(await mkdtemp(join(tmpdir(), 'mmsguard-handset-')));
    try {
      await stack.#start(proxy, ownNumber);
    } catch (error) {
      await stack.close();
      throw error;
    }
    return stack;
  }

  /** Sends a message; the answer is mmsd-tng's name for it. */
  async send(to: string, subject: string, attachments: readonly HandsetAttachment[]): Promise<string> {
    const parts = attachments.map(({ id, type, path }) => [id, type, path]);
    return (await this.#ask(['send', to, subject, parts])) as string;
  }

  /** Delivers a WAP push SDU, as the SMS bearer would. */
  async push(sdu: Uint8Array): Promise<void> {
    const path = join(this.folder, 'push.bin');
    await writeFile(path, sdu);
    await this.#ask(['push', path]);
  }

  /** Every message that the handset holds. */
  async messages(): Promise<readonly HandsetMessage[]> {
    return (await this.#ask(['messages'])) as readonly HandsetMessage[];
  }

  /** Ends the stack. */
  async close(): Promise<void> {
    for (const child of this.#processes.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  async #start(proxy: string, ownNumber: string): Promise<void> {
    const settings = join(this.folder, '.mms', 'modemmanager');
    await mkdir(settings, { recursive: true });
    await writeFile(join(settings, 'mms'), settingsFile(proxy));
    const [system, session] = [`unix:path=${this.folder}/system`, `unix:path=${this.folder}/session`];
    await writeFile(join(this.folder, 'system.conf'), busConfiguration('system', system));
    await writeFile(join(this.folder, 'session.conf'), busConfiguration('session', session));
    const environment = {
      ...process.env,
      HOME: this.folder,
      XDG_RUNTIME_DIR: this.folder,
      DBUS_SYSTEM_BUS_ADDRESS: system,
      DBUS_SESSION_BUS_ADDRESS: session,
    };
    for (const bus of ['system', 'session']) {
      const config = `--config-file=${this.folder}/${bus}.conf`;
      await this.#launch(['dbus-daemon', config, '--nofork', '--print-address'], environment);
    }
    const python = (script: string): string[] => ['/usr/bin/python3', join(import.meta.dirname, script)];
    await this.#launch([...python('modem_manager.py'), ownNumber], environment);
    this.#spawn(['mmsdtng', '-d'], environment);
    this.#control = this.#spawn(python('control.py'), environment);
    this.#lines = readLines(this.#control);
    this.#answers = this.#lines[Symbol.asyncIterator]();
    await this.#answer();
  }

  /** Starts a program and waits for its first line. */
  async #launch(command: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
    const lines = readLines(this.#spawn(command, environment));
    const first = await lines[Symbol.asyncIterator]().next();
    if (first.done === true) throw new Error(`${command[0] ?? ''} ended at its start`);
  }

  #spawn([program = '', ...options]: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
    const child = spawn(program, options, { env, cwd: this.folder, stdio: ['pipe', 'pipe', 'ignore'] });
    this.#processes.push(child);
    if (program === 'mmsdtng') child.stdout.resume();
    return child;
  }

  async #ask(command: readonly unknown[]): Promise<unknown> {
    this.#control.stdin?.write(`${JSON.stringify(command)}\n`);
    return this.#answer();
  }

  async #answer(): Promise<unknown> {
    const line = await this.#answers.next();
    if (line.done === true) throw new Error('the control of the handset ended');
    return JSON.parse(line.value) as unknown;
  }
}

function readLines(child: ChildProcess): Interface {
  if (child.stdout === null) throw new Error('the process has no output');
  return createInterface({ input: child.stdout });
}

function busConfiguration(type: 'system' | 'session', address: string): string {
  const doctype = '-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN';
  const schema = 'http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd';
  return `<!DOCTYPE busconfig PUBLIC "${doctype}" "${schema}">
<busconfig>
  <type>${type}</type>
  <listen>${address}</listen>
  <policy context="default">
    <allow user="*"/><allow own="*"/>
    <allow send_destination="*" eavesdrop="true"/><allow receive_sender="*"/>
  </policy>
</busconfig>
`;
}

function settingsFile(proxy: string): string {
  return `[Modem Manager]
CarrierMMSC=http://mmsc/
MMS_APN=mms.test
CarrierMMSProxy=${proxy}
DefaultModemNumber=NULL
AutoProcessOnConnection=true
AutoProcessSMSWAP=true

[Settings]
UseDeliveryReports=false
AutoCreateSMIL=true
TotalMaxAttachmentSize=1100000
MaxAttachments=25
ForceCAres=false
`;
}
