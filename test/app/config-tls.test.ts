import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/app/config-load.ts';
import type { Config } from '../../src/app/config-schema.ts';
import { PEM_FILE_BYTES_MAX, readTlsFiles } from '../../src/app/config-tls.ts';
import { CA, CLIENT, SERVER } from '../support/certificates.ts';
import { scratchFile } from '../support/scratch-folder.ts';

function configured(value: object): Config {
  const result = readConfig(JSON.stringify(value), {});
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.config;
}

const pem = (content: string): string => scratchFile('file.pem', content);

describe('PEM files', () => {
  it('are none by default', async () => {
    expect(await readTlsFiles(configured({}))).toEqual({
      ok: true,
      tls: { listen: {}, furtherListeners: [], mmsc: {}, allowedMmscs: [] },
    });
  });

  it('are read for every end', async () => {
    const server = { certFile: pem(SERVER.cert), keyFile: pem(SERVER.key) };
    const config = configured({
      listen: { tls: { ...server, clientCaFile: pem(CA), clientCertificate: 'required' } },
      furtherListeners: [{ name: 'inner', host: '::1', port: 0, tls: server }],
      mmsc: { url: 'https://mmsc/', tls: { caFile: pem(`# two\n${CA}\n${SERVER.cert}\n`) } },
      allowedMmscs: [
        { url: 'http://a/' },
        { url: 'https://b/', tls: { certFile: pem(CLIENT.cert), keyFile: pem(CLIENT.key) } },
      ],
    });
    expect(await readTlsFiles(config)).toEqual({
      ok: true,
      tls: {
        listen: { cert: SERVER.cert, key: SERVER.key, ca: CA },
        furtherListeners: [{ cert: SERVER.cert, key: SERVER.key }],
        mmsc: { ca: `# two\n${CA}\n${SERVER.cert}\n` },
        allowedMmscs: [{}, { cert: CLIENT.cert, key: CLIENT.key }],
      },
    });
  });

  it('that cannot be used are all told, each with its key', async () => {
    const config = configured({
      listen: { tls: { certFile: '/nonexistent.pem', keyFile: pem('no key') } },
      mmsc: { url: 'https://mmsc/', tls: { caFile: pem('no certificate') } },
      allowedMmscs: [
        { url: 'https://b/', tls: { caFile: pem(`${CA}\n-----BEGIN CERTIFICATE-----\nAAAA\n`) } },
      ],
    });
    const result = await readTlsFiles(config);
    expect(result.ok ? [] : result.errors.map(({ code, path }) => [code, path])).toEqual([
      ['pem-unreadable', 'listen.tls.certFile'],
      ['pem-invalid', 'listen.tls.keyFile'],
      ['pem-invalid', 'mmsc.tls.caFile'],
      ['pem-invalid', 'allowedMmscs[0].tls.caFile'],
    ]);
  });

  it('name the file and what is wrong, never its content', async () => {
    const file = pem(`${CA}\n-----BEGIN CERTIFICATE-----\nsecret\n`);
    const result = await readTlsFiles(configured({ mmsc: { url: 'https://mmsc/', tls: { caFile: file } } }));
    expect(result).toMatchObject({ errors: [{ message: `${file}: certificate 2 cannot be read` }] });
  });

  it('with the key of another certificate are refused', async () => {
    const tls = { certFile: pem(SERVER.cert), keyFile: pem(CLIENT.key) };
    expect(await readTlsFiles(configured({ listen: { tls } }))).toMatchObject({
      errors: [{ code: 'pem-key-mismatch', path: 'listen.tls.keyFile' }],
    });
  });

  it.each([
    [PEM_FILE_BYTES_MAX, true],
    [PEM_FILE_BYTES_MAX + 1, false],
  ])('of %d bytes: %s', async (size, ok) => {
    const caFile = pem(`${CA}\n`.padEnd(size, '#'));
    expect(await readTlsFiles(configured({ mmsc: { url: 'https://mmsc/', tls: { caFile } } }))).toMatchObject(
      { ok },
    );
  });
});
