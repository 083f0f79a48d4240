import { describe, expect, it } from 'vitest';
import { adminClientOf, adminOptions, tellFailure } from '../../src/app/admin-access.ts';
import { TestIo } from '../support/command-run.ts';
import { scratchFile, scratchFolder } from '../support/scratch-folder.ts';
import { startAdmin } from '../support/scripted-admin.ts';

async function authorizationFor(environment: Readonly<Record<string, string>>, file?: string) {
  const admin = await startAdmin([200, {}]);
  const io = new TestIo({ ...admin.environment, ...environment });
  const client = await adminClientOf(file === undefined ? {} : { adminTokenFile: file }, io);
  await client?.bytes({ method: 'GET', path: '/' });
  return {
    exitCode: io.exitCode,
    errText: io.errText,
    authorization: admin.asked.map((one) => one.authorization),
  };
}

describe('where the admin side is', () => {
  it('is said by an option before the environment', async () => {
    const admin = await startAdmin([200, {}]);
    const io = new TestIo({ MMSGUARD_ADMIN_URL: 'http://127.0.0.1:1' });
    const client = await adminClientOf({ adminUrl: `${admin.url}///` }, io);
    expect(await client?.bytes({ method: 'GET', path: '/x' })).toMatchObject({ ok: true });
    expect(admin.asked).toMatchObject([{ what: 'GET /x' }]);
  });

  it('is a loopback address when nobody says', () => {
    expect(adminOptions()[0]?.description).toContain('http://127.0.0.1:8090');
  });

  it.each(['mmsguard', 'ftp://x/', 'http://'])('is not %j', async (adminUrl) => {
    const io = new TestIo();
    expect(await adminClientOf({ adminUrl }, io)).toBeUndefined();
    expect([io.exitCode, io.errText]).toEqual([2, `${adminUrl}: is no http or https URL\n`]);
  });
});

describe('the token', () => {
  it('comes from the environment, or from a file before it', async () => {
    const environment = { MMSGUARD_ADMIN_TOKEN: 'of-environment' };
    const file = scratchFile('token', 'of-file\n');
    expect(await authorizationFor({})).toMatchObject({ exitCode: 0, authorization: [undefined] });
    expect(await authorizationFor({ MMSGUARD_ADMIN_TOKEN: '' })).toMatchObject({
      authorization: [undefined],
    });
    expect(await authorizationFor(environment)).toMatchObject({ authorization: ['Bearer of-environment'] });
    expect(await authorizationFor(environment, file)).toMatchObject({ authorization: ['Bearer of-file'] });
  });

  it('is refused when it cannot be one, or its file cannot be read', async () => {
    expect(await authorizationFor({ MMSGUARD_ADMIN_TOKEN: 'a b\nc' })).toEqual({
      exitCode: 2,
      errText: 'the token has characters that no token has\n',
      authorization: [],
    });
    const file = `${scratchFolder()}/none`;
    expect(await authorizationFor({}, file)).toMatchObject({
      exitCode: 2,
      errText: `${file}: there is no such file\n`,
    });
    expect(await authorizationFor({}, scratchFile('token', 'x'.repeat(1025)))).toMatchObject({ exitCode: 2 });
    expect(await authorizationFor({}, scratchFile('token', 'x'.repeat(1024)))).toMatchObject({ exitCode: 0 });
  });
});

describe('a failure', () => {
  it('is told with its code and details, safe to print', () => {
    const io = new TestIo();
    tellFailure(
      { ok: false, code: 'still-bad', message: 'no\u001b[0m', details: { reasons: ['\u202e'] } },
      io,
    );
    expect([io.exitCode, io.errText]).toEqual([1, 'still-bad: no\\u{1b}[0m {"reasons":["\\u202e"]}\n']);
  });
});
