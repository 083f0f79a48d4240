import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../src/app/config-environment.ts';

describe('an environment variable', () => {
  it.each([
    ['MMSGUARD_LISTEN_PORT', '9090', ['listen', 'port'], 9090],
    ['MMSGUARD_LIMITS_BODY_BYTES_MAX', '0x1000', ['limits', 'bodyBytesMax'], 4096],
    ['MMSGUARD_HEADERS_STRIP', '[profile, x-a]', ['headers', 'strip'], ['profile', 'x-a']],
    ['MMSGUARD_ALLOWED_MMSCS', '[{url: http://a/}]', ['allowedMmscs'], [{ url: 'http://a/' }]],
    ['MMSGUARD_CODEC_TOLERATE', 'strict', ['codec', 'tolerate'], 'strict'],
    ['MMSGUARD_CODEC_TOLERATE', '[uri-space]', ['codec', 'tolerate'], ['uri-space']],
    ['MMSGUARD_LISTEN_PORT', '', ['listen', 'port'], null],
    ['MMSGUARD_LISTEN_HOST', '::1', ['listen', 'host'], '::1'],
    ['MMSGUARD_LISTEN_HOST', '123', ['listen', 'host'], '123'],
    [
      'MMSGUARD_TEXTS_REFUSED',
      'Sorry: [not] delivered # today',
      ['texts', 'refused'],
      'Sorry: [not] delivered # today',
    ],
    ['MMSGUARD_TEXTS_REFUSED', '', ['texts', 'refused'], ''],
    ['MMSGUARD_MMSC_CONNECT_TO', '10.0.0.5:80', ['mmsc', 'connectTo'], '10.0.0.5:80'],
    ['MMSGUARD_MMSC_CONNECT_TO', '', ['mmsc', 'connectTo'], null],
    ['MMSGUARD_LOG_LEVEL', 'debug', ['log', 'level'], 'debug'],
  ])('%s=%s sets its key', (variable, text, path, value) => {
    expect(readEnvironment({ [variable]: text })).toEqual({
      overrides: [{ path, variable, value }],
      errors: [],
    });
  });

  it.each([
    ['MMSGUARD_LISTN_PORT', 'unknown variable; did you mean MMSGUARD_LISTEN_PORT?'],
    ['MMSGUARD_CONFIGS', 'unknown variable; did you mean MMSGUARD_CONFIG?'],
    ['MMSGUARD_', 'unknown variable'],
  ])('%s is refused, with what may be meant', (variable, message) => {
    const error = { path: '', message, source: 'environment', variable };
    expect(readEnvironment({ [variable]: '1' })).toEqual({ overrides: [], errors: [error] });
  });

  it('that is no YAML is an error of its key', () => {
    const { errors } = readEnvironment({ MMSGUARD_HEADERS_STRIP: '[a' });
    expect(errors).toMatchObject([
      { path: 'headers.strip', source: 'environment', variable: 'MMSGUARD_HEADERS_STRIP' },
    ]);
  });

  it.each([
    'PATH',
    'MMSGUARD_CONFIG',
    'MMSGUARD_ADMIN_URL',
    'MMSGUARD_ADMIN_TOKEN',
    'mmsguard_listen_port',
    'XMMSGUARD_LISTEN_PORT',
  ])('%s is no override', (name) => {
    expect(readEnvironment({ [name]: '1' })).toEqual({ overrides: [], errors: [] });
  });

  it('that is not set is no override', () => {
    expect(readEnvironment({ MMSGUARD_LISTEN_PORT: undefined })).toEqual({ overrides: [], errors: [] });
  });
});
