import { describe, expect, it, onTestFinished } from 'vitest';
import { LabServer } from '../../src/lab/lab-server.ts';

async function start(): Promise<LabServer> {
  const server = await LabServer.start({
    handle: (_, response) => {
      response.end('here');
      return Promise.resolve();
    },
  });
  onTestFinished(() => server.close());
  return server;
}

const ask = async ({ port }: LabServer): Promise<string> => (await fetch(`http://127.0.0.1:${port}/`)).text();

describe('a lab server', () => {
  it('answers', async () => {
    expect(await ask(await start())).toBe('here');
  });

  it('refuses connections, and accepts them again on the same port', async () => {
    const server = await start();
    const { port } = server;
    await server.refuse();
    await expect(ask(server)).rejects.toThrow();
    await server.accept();
    expect([await ask(server), server.port]).toEqual(['here', port]);
  });

  it('cannot be started on a port that is taken', async () => {
    const { port } = await start();
    const second = LabServer.start({ port, handle: () => Promise.resolve() });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
