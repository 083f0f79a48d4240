/** Load by wrk (Debian): a fixed number of connections for a fixed time. */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { TRANSACTION_ID } from './messages.ts';

/** Messages that are sent in turn: more than are in flight, so that none is scanned together with another. */
const VARIANTS = 64;

/** One run's figures. */
export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers other than 2xx, and broken connections: figures with any are worth nothing. */
  readonly errors: number;
}

/** What to send. */
export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** A file to POST, under another transaction each time; without it, GET. */
  readonly bodyFile?: string;
}

/** Runs wrk once. Throws when wrk fails or prints what is not expected. */
export async function runLoad(
  { url, connections, seconds, bodyFile }: Load,
  folder: string,
): Promise<LoadResult> {
  const script = join(folder, 'load.lua');
  await writeFile(script, bodyFile === undefined ? '' : postScript(bodyFile));
  const options = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', script, url];
  const child = spawn('wrk', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  const output = await text(child.stdout);
  const figure = (pattern: RegExp): string => pattern.exec(output)?.[1] ?? '';
  const requestsPerSecond = Number(figure(/Requests\/sec:\s+([\d.]+)/));
  if (!(requestsPerSecond > 0)) throw new Error(`wrk printed no rate:\n${output}`);
  return {
    requestsPerSecond,
    p50Ms: milliseconds(figure(/^\s+50%\s+(\S+)/m)),
    p99Ms: milliseconds(figure(/^\s+99%\s+(\S+)/m)),
    errors: Number(figure(/Non-2xx or 3xx responses: (\d+)/)) + socketErrors(output),
  };
}

function postScript(bodyFile: string): string {
  return `local file = io.open("${bodyFile}", "rb")
local body = file:read("*a")
file:close()
local from, to = body:find("${TRANSACTION_ID}", 1, true)
local requests, turn = {}, 0
function init()
  wrk.headers["Content-Type"] = "application/vnd.wap.mms-message"
  for index = 1, ${VARIANTS} do
    local varied = body:sub(1, from) .. string.format("%0${TRANSACTION_ID.length - 1}d", index) .. body:sub(to + 1)
    requests[index] = wrk.format("POST", nil, nil, varied)
  end
end
function request()
  turn = turn % ${VARIANTS} + 1
  return requests[turn]
end
`;
}

function milliseconds(text: string): number {
  const [, value = 'NaN', unit = ''] = /^([\d.]+)(us|ms|s)$/.exec(text) ?? [];
  const scale = { us: 0.001, ms: 1, s: 1000 }[unit] ?? Number.NaN;
  return Number(value) * scale;
}

function socketErrors(output: string): number {
  const counts = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(output) ?? [];
  return counts.slice(1).reduce((sum, count) => sum + Number(count), 0);
}
