/** Writes answers to the network. */
import type { Response } from 'express';
import type { Answer } from './admin-route.ts';
import { API_ERRORS, type ApiError } from './api-error.ts';

/**
 * On every answer: nothing keeps it, nothing guesses what it is, and a browser that shows it runs nothing in it
 * (RFC 9111 5.2.2.5, Fetch 3.6, CSP 3 6.2).
 */
export const ANSWER_HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
} as const;

/** Sends an answer. */
export function sendAnswer(response: Response, answer: Answer): void {
  switch (answer.kind) {
    case 'json':
      response.status(answer.status).json(answer.value);
      return;
    case 'text':
      response.set('Content-Type', answer.contentType).send(answer.text);
      return;
    case 'file':
      response.attachment(answer.fileName).set('Content-Type', answer.contentType);
      response.send(Buffer.from(answer.bytes.buffer, answer.bytes.byteOffset, answer.bytes.length));
      return;
    case 'error':
      sendError(response, answer);
  }
}

function sendError(response: Response, { code, message, details, retryAfterS }: ApiError): void {
  const { status } = API_ERRORS[code];
  if (status === 401) response.set('WWW-Authenticate', 'Bearer realm="mmsguard"');
  if (retryAfterS !== undefined) response.set('Retry-After', String(retryAfterS));
  response.status(status).json({ error: { code, message, ...(details !== undefined && { details }) } });
}
