/** A PostgreSQL server of a test file's own, on a socket in a scratch folder. */
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** PostgreSQL refuses to run as root; this is Debian's nobody. */
const UNPRIVILEGED = 65_534;

/** Where Debian puts the programs, which are on no PATH; the newest is the last. */
const FOLDERS = globSync('/usr/lib/postgresql/*/bin').toSorted();

/** Whether the programs are there. */
export function hasPostgres(): boolean {
  return programPath('initdb') !== undefined && programPath('pg_ctl') !== undefined;
}

/** A server that runs. */
export interface PostgresServer {
  /** Makes an empty database and gives its URL. */
  createDatabase(): Promise<string>;
  /** Ends the server: connections break. `start` brings it back with its data. */
  stop(): void;
  start(): void;
  /** Ends it and removes its folder. */
  remove(): void;
}

/** Starts a server whose data survive nothing but a restart. */
export function startPostgres(): PostgresServer {
  const folder = mkdtempSync(join(tmpdir(), 'mmsguard-postgres-'));
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (isRoot()) for (const path of [folder, data]) chownSync(path, UNPRIVILEGED, UNPRIVILEGED);
  run('initdb', ['-D', data, '-U', 'mmsguard', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
  const options = `-k ${folder} -c listen_addresses= -c fsync=off -c max_connections=60`;
  const start = (): void => {
    run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start']);
  };
  const stop = (): void => {
    run('pg_ctl', ['-D', data, '-w', '-m', 'immediate', 'stop']);
  };
  start();
  let count = 0;
  return {
    start,
    stop,
    createDatabase: async () => {
      count += 1;
      const client = new pg.Client({ host: folder, user: 'mmsguard', database: 'postgres' });
      await client.connect();
      await client.query(`CREATE DATABASE test${count}`);
      await client.end();
      return `postgres://mmsguard@/test${count}?host=${encodeURIComponent(folder)}`;
    },
    remove: () => {
      if (existsSync(join(data, 'postmaster.pid'))) stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function run(program: string, options: readonly string[]): void {
  const path = programPath(program) ?? program;
  const [command, ...rest] = isRoot()
    ? ['setpriv', `--reuid=${UNPRIVILEGED}`, `--regid=${UNPRIVILEGED}`, '--clear-groups', path, ...options]
    : [path, ...options];
  const { status, stdout, stderr } = spawnSync(command, rest, { encoding: 'utf8', cwd: tmpdir() });
  if (status !== 0) throw new Error(`${program}: ${stdout}${stderr}`);
}

function programPath(program: string): string | undefined {
  return FOLDERS.map((folder) => join(folder, program)).findLast((path) => existsSync(path));
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
