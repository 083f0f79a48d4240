/** Reads bodies of requests: JSON, and not much of it. */
import express, { type Request, type RequestHandler, type Response } from 'express';
import { apiError, type ApiError, type ApiErrorCode } from './api-error.ts';

/** Octets of one body. */
export const BODY_BYTES_MAX = 64 * 1024;

const readJson: RequestHandler = express.json({
  limit: BODY_BYTES_MAX,
  inflate: false,
  type: 'application/json',
});

/** What body-parser calls what it refuses. Anything else that it says is about a request that broke off. */
const REFUSALS: Readonly<Record<string, ApiErrorCode>> = {
  'entity.too.large': 'body-too-large',
  'entity.parse.failed': 'bad-json',
  'encoding.unsupported': 'not-json',
  'charset.unsupported': 'not-json',
};

/** A body, or why it is not taken. A request without one has `{}`. */
export type BodyReading = { readonly kind: 'read'; readonly value: unknown } | ApiError;

/** Reads the body of a request. Never rejects. */
export async function jsonBody(request: Request, response: Response): Promise<BodyReading> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  readJson(request, response, resolve);
  const error = await promise;
  if (error !== undefined) return refusalOf(error);
  const value: unknown = request.body;
  if (value !== undefined) return { kind: 'read', value };
  return hasBody(request) ? apiError('not-json') : { kind: 'read', value: {} };
}

function refusalOf(error: unknown): ApiError {
  const type = error instanceof Error && 'type' in error ? String(error.type) : '';
  const code = REFUSALS[type];
  return code === undefined ? apiError('bad-request', { message: 'the body broke off' }) : apiError(code);
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? '0') > 0;
}
