/** nginx (Debian) as the MMSC of the benchmarks and as the reference proxy. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sendConfirmation } from './messages.ts';
import { startServer, type RunningServer } from './servers.ts';

/** Answers that the MMSC gives to a POST by chance, as many as two hexadecimal digits name: a real one repeats none. */
const CONFIRMATIONS = 256;

/**
 * An MMSC that costs next to nothing: GET answers with a file of `folder/files`, POST to `/conf` with an m-send-conf
 * (nginx refuses a POST to a file with 405, which is turned into another file).
 */
export async function startMmsc(folder: string, port: number): Promise<RunningServer> {
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
): Promise<RunningServer> {
  const server = `location / {
      proxy_pass http://mmsc; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Host $http_host; client_max_body_size 16m; client_body_buffer_size 1m;
      proxy_buffers 64 16k; proxy_busy_buffers_size 64k;
    }`;
  const upstream = `upstream mmsc { server 127.0.0.1:${options.mmsc}; keepalive 64; }`;
  const folderOfProxy = join(folder, `proxy-${port}`);
  return start({ folder: folderOfProxy, port, workers: options.workers, server, beside: upstream });
}

async function start(options: {
  readonly folder: string;
  readonly port: number;
  readonly workers: string;
  readonly server: string;
  /** What stands beside the server. */
  readonly beside: string;
}): Promise<RunningServer> {
  const { folder, port, workers, server, beside } = options;
  await mkdir(folder, { recursive: true });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(' ');
  // What is in the folder belongs to whoever runs this, so nginx must not change its user when that is root.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const configuration = `${user} worker_processes ${workers}; daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
    events { worker_connections 1024; }
    http { access_log off; ${temporary} keepalive_requests 1000000; ${beside}
      server { listen 127.0.0.1:${port} backlog=1024; ${server} } }`;
  await writeFile(join(folder, 'nginx.conf'), configuration);
  return startServer(port, ['nginx', '-c', join(folder, 'nginx.conf'), '-p', folder]);
}
