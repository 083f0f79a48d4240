import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/app/config-load.ts';

const errorsOf = (yaml: string): string[] => {
  const result = readConfig(yaml, {});
  return result.ok ? [] : result.errors.map(({ path, message }) => `${path}: ${message}`);
};

describe('the groups about scanning', () => {
  it.each([
    'scanning: { threads: 1, verdictsMax: 0 }',
    'scanning: { threads: null }',
    'rules: { builtIn: false, directories: [{ path: /etc/rules, namespace: ours }] }',
    'media: { allow: [tiff, image/x-icon], forbid: [webp] }',
    'urls: { blocked: [evil.test, "https://other.test/page"], brands: { bank: [bank.test] } }',
    'admin: { port: null }',
  ])('take %s', (yaml) => {
    expect(errorsOf(yaml)).toEqual([]);
  });

  it.each([
    ['scanning: { threads: 0 }', /^scanning\.threads: /],
    ['rules: { directories: [{ path: a, namespace: 1st }] }', /namespace: must be a YARA identifier/],
    ['media: { allow: [program] }', /is never allowed/],
    ['media: { allow: [picture] }', /must be a media family/],
    ['media: { forbid: [image/webp] }', /must be a media family, such as webp/],
    ['urls: { blocked: ["no domain"] }', /must be a domain or a URL/],
    ["admin: { host: 'not a host' }", /^admin\.host: /],
  ])('refuse %s', (yaml, error) => {
    expect(errorsOf(yaml).join('\n')).toMatch(error);
  });
});
