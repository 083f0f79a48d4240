/** nginx (Debian) as the MMSC of the benchmarks and as the reference proxy. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendConfirmation } from './messages.ts';

const START_TRIES = 300;

/** A running nginx. */
export interface Nginx {
  readonly port: number;
  close(): Promise<void>;
}

/** Answers that the MMSC gives to a POST in turn, as many as two hexadecimal digits can name: a real one never repeats one. */
const CONFIRMATIONS = 256;

/**
 * An MMSC that costs next to nothing: GET answers with a file of `folder/files`, POST to `/conf` with an m-send-conf
 * (nginx refuses a POST to a file with 405, which is turned into another file).
 */
export async function startMmsc(folder: string, port: number): Promise<Nginx> {
  const files = join(folder, 'files');
  await mkdir(files, { recursive: true });
  await writeFile(join(files, 'conf'), '');
  for (let index = 0; index < CONFIRMATIONS; index += 1) {
    const digits = index.toString(16).padStart(2, '0');
    await writeFile(join(files, `conf-${digits}`), sendConfirmation(`bench-${digits}`));
  }
  const server = `root ${files}; default_type application/vnd.wap.mms-message;
    location / { error_page 405 =200 /conf-$digits; }`;
  const choice = 'map $request_id $digits { "~^(?<two>..)" $two; }';
  return start({ folder: join(folder, 'mmsc'), port, workers: '1', server, beside: choice });
}

/** nginx as a proxy as one would set it up: kept-alive upstream connections, request buffered, as mmsguard does. */
export function startProxy(
  folder: string,
  port: number,
  options: { workers: string; mmsc: number },
): Promise<Nginx> {
  const server = `location / {
      proxy_pass http://mmsc; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Host $http_host; client_max_body_size 16m; client_body_buffer_size 1m;
      proxy_buffers 64 16k; proxy_busy_buffers_size 64k;
    }`;
  const upstream = `upstream mmsc { server 127.0.0.1:${options.mmsc}; keepalive 64; }`;
  return start({
    folder: join(folder, `proxy-${port}`),
    port,
    workers: options.workers,
    server,
    beside: upstream,
  });
}

async function start(options: {
  readonly folder: string;
  readonly port: number;
  readonly workers: string;
  readonly server: string;
  /** What stands beside the server. */
  readonly beside?: string;
}): Promise<Nginx> {
  const { folder, port, workers, server, beside = '' } = options;
  await mkdir(folder, { recursive: true });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(' ');
  // The folder is private to whoever runs this, so nginx must not change its user when that is root.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const configuration = `${user} worker_processes ${workers}; daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
    events { worker_connections 1024; }
    http { access_log off; ${temporary} keepalive_requests 1000000; ${beside}
      server { listen 127.0.0.1:${port} backlog=1024; ${server} } }`;
  await writeFile(join(folder, 'nginx.conf'), configuration);
  const child = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' });
  await waitForPort(port);
  return { port, close: () => stop(child) };
}

/** Waits until something listens on the port. Throws when nothing does. */
export async function waitForPort(port: number): Promise<void> {
  for (let attempt = 0; attempt < START_TRIES; attempt += 1) {
    const socket = connect(port, '127.0.0.1');
    const isUp = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isUp) return;
    await sleep(100);
  }
  throw new Error(`nothing listens on port ${port}`);
}

/** Ends a child process and waits for it. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
