/** A request as node:http hands it over, sent octet by octet. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { connectRaw, type RawConnection } from './raw-http.ts';

/** Both ends of one request. */
export interface ReceivedRequest {
  readonly connection: RawConnection;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Sends these octets to a plain server of its own, closed when the test has ended, and gives what it received. */
export async function receiveRequest(octets: string): Promise<ReceivedRequest> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connection = await connectRaw((server.address() as AddressInfo).port);
  onTestFinished(async () => {
    connection.destroy();
    server.close();
    await once(server, 'close');
  });
  connection.send(octets);
  const [request, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  return { connection, request, response };
}
