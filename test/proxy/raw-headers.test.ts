import { describe, expect, it } from 'vitest';
import { headerValue, headerValues } from '../../src/proxy/raw-headers.ts';

const HEADERS = ['Host', 'a', 'X-B', '1', 'x-b', '2', 'X-Bc', '3'];

describe('headerValues', () => {
  it('gives every value in the order of arrival, whatever the case of the name', () => {
    expect(headerValues(HEADERS, 'x-b')).toEqual(['1', '2']);
  });

  it('gives nothing for a header that is not there', () => {
    expect(headerValues(HEADERS, 'x-d')).toEqual([]);
  });

  it('does not take a value for a name', () => {
    expect(headerValues(['X-A', 'host', 'X-C', 'evil'], 'host')).toEqual([]);
  });
});

describe('headerValue', () => {
  it('gives the first value, or undefined', () => {
    expect([headerValue(HEADERS, 'x-b'), headerValue(HEADERS, 'x-d')]).toEqual(['1', undefined]);
  });
});
