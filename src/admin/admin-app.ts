/** The express application of the admin side. */
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { AdminParts } from './admin-parts.ts';
import { ADMIN_ROUTES } from './admin-routes.ts';
import { answerRequest, type AnswerParts } from './answer-request.ts';
import { apiError } from './api-error.ts';
import { ANSWER_HEADERS, sendAnswer } from './send-answer.ts';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'DELETE']);

/** Mounts every route. */
export function adminApp(works: AnswerParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(guardAll);
  for (const route of ADMIN_ROUTES) {
    app[route.method](route.path, async (request, response) => {
      sendAnswer(response, await answerRequest(route, request, response, works));
    });
  }
  app.use((_request, response) => {
    sendAnswer(response, apiError('not-found'));
  });
  app.use(answerForError(works.parts));
  return app;
}

/** Express answers other methods by itself, with the paths that there are. */
const guardAll: RequestHandler = (request, response, next) => {
  response.set(ANSWER_HEADERS);
  if (METHODS.has(request.method)) next();
  else sendAnswer(response, apiError('method-not-allowed'));
};

/** Express knows a handler of errors by its four parameters. */
function answerForError({ onError }: AdminParts): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (error instanceof URIError) {
      sendAnswer(response, apiError('bad-path'));
      return;
    }
    onError(error);
    if (response.headersSent) next(error);
    else sendAnswer(response, apiError('internal-error'));
  };
}
