/** The least that a buffering proxy on node:http can do, unsafe and unbounded: what Node itself costs. */
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';

const [port = '', mmscPort = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, scheduling: 'lifo' });

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const { method, url, headers } = request;
  const upstream = httpRequest({ port: mmscPort, host: '127.0.0.1', agent, method, path: url, headers });
  upstream.end(body);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    upstream.once('response', resolve).once('error', reject);
  });
  const answered = await buffer(answer);
  response.writeHead(answer.statusCode ?? 502, answer.headers).end(answered);
}

const server = createServer((request, response) => {
  void handle(request, response);
});
server.listen(Number(port), '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  agent.destroy();
});
