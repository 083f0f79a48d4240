import { connect } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { sendRequest } from '../../src/lab/http-client.ts';
import { LabServer } from '../../src/lab/lab-server.ts';
import { EMPTY_REPLY, writeReply } from '../../src/lab/reply.ts';
import { startLabServer, urlOf } from '../support/lab-rig.ts';

const answering = async (_: unknown, response: Parameters<typeof writeReply>[0]): Promise<void> => {
  writeReply(response, EMPTY_REPLY);
  await Promise.resolve();
};

const ask = (server: LabServer) => sendRequest({ method: 'GET', url: urlOf(server) });

describe('a lab server', () => {
  it('listens on a free port of the loopback', async () => {
    const server = await startLabServer(answering);
    expect(await ask(server)).toMatchObject({ ok: true, status: 200 });
  });

  it('rejects when the port is taken', async () => {
    const { port } = await startLabServer(answering);
    await expect(LabServer.start({ port, handle: answering })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('refuses, and accepts again on the same port', async () => {
    const server = await startLabServer(answering);
    const { port } = server;
    await server.refuse();
    await server.refuse();
    expect(await ask(server)).toMatchObject({ ok: false, reason: 'no-connection' });
    await server.accept();
    await server.accept();
    expect(server.port).toBe(port);
    expect(await ask(server)).toMatchObject({ ok: true });
  });

  it('ends open connections when it closes, and waits for its handlers', async () => {
    let hasEnded = false;
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<undefined>();
    const server = await startLabServer(async (_, response) => {
      arrive(undefined);
      await once(response, 'close');
      await new Promise(setImmediate);
      hasEnded = true;
    });
    const answer = ask(server);
    await arrived;
    await server.close();
    expect(hasEnded).toBe(true);
    expect(await answer).toMatchObject({ ok: false, reason: 'broken-off' });
  });

  it.each([
    [true, 'HTTP/1.1 100 Continue'],
    [false, 'HTTP/1.1 200 OK'],
  ])('grants 100 Continue if it may (%s)', async (isGranted, expected) => {
    const server = await LabServer.start({ handle: answering, grantsContinue: () => isGranted });
    const socket = connect(server.port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n');
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(first.toString().split('\r\n')[0]).toBe(expected);
    socket.destroy();
    await server.close();
  });
});
