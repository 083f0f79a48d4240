/** The listener for the people who run the proxy. Never the proxy's own. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, {
  type ErrorRequestHandler,
  type Express,
  type NextFunction,
  type Request,
  type Response,
} from 'express';
import type { RuleInfo, RuleProblem } from '../scanning/rule-set.ts';

/** One thing that must be so for messages to be inspected and passed on. */
export interface ReadinessCheck {
  readonly name: string;
  readonly isReady: boolean;
  readonly detail: string;
}

/** What the rule set in use is. */
export interface RulesInUse {
  readonly digest: string;
  readonly rules: readonly RuleInfo[];
  readonly skipped: readonly RuleProblem[];
}

/** How a reload ended, as it is told. */
export type ReloadAnswer =
  | { readonly kind: 'loaded' | 'unchanged'; readonly digest: string; readonly rules: number }
  | { readonly kind: 'refused'; readonly problems: readonly RuleProblem[] };

/** What the admin side shows and does. */
export interface AdminParts {
  readonly readiness: () => readonly ReadinessCheck[];
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  readonly rules: () => RulesInUse;
  readonly reloadRules: () => Promise<ReloadAnswer>;
  /** A bug in a handler. */
  readonly onError: (error: unknown) => void;
}

/** An admin side that listens. */
export interface RunningAdmin {
  readonly address: AddressInfo;
  /** Answers nothing more; what is being answered is cut. May be called again. */
  close(): Promise<void>;
}

/** Starts the admin listener. Rejects when it cannot listen. */
export async function startAdmin(
  parts: AdminParts,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<RunningAdmin> {
  const server = createServer(adminApp(parts));
  server.listen(port, host);
  await once(server, 'listening');
  return {
    address: server.address() as AddressInfo,
    close: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function adminApp(parts: AdminParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  app.get('/readyz', (_request, response) => {
    const checks = parts.readiness();
    const isReady = checks.every((check) => check.isReady);
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not-ready', checks });
  });
  app.get('/metrics', async (_request, response) => {
    const { contentType, text } = await parts.metrics();
    response.set('Content-Type', contentType).send(text);
  });
  app.get('/api/v1/rules', (_request, response) => {
    response.json(parts.rules());
  });
  app.post('/api/v1/rules/reload', refuseForeignPages, async (_request, response) => {
    const answer = await parts.reloadRules();
    response.status(answer.kind === 'refused' ? 422 : 200).json(answer);
  });
  app.use((_request, response) => {
    response.status(404).json({ error: { code: 'not-found', message: 'there is nothing at this path' } });
  });
  app.use(answerForBug(parts));
  return app;
}

/** Express knows a handler of errors by its four parameters. */
function answerForBug({ onError }: AdminParts): ErrorRequestHandler {
  return (error, _request, response, next) => {
    onError(error);
    if (response.headersSent) next(error);
    else response.status(500).json({ error: { code: 'internal-error', message: 'a bug; the log has it' } });
  };
}

/** A web page of any origin can post to loopback, but its browser says so. Tools do not send these headers. */
function refuseForeignPages(request: Request, response: Response, next: NextFunction): void {
  const isPage = request.get('origin') !== undefined || request.get('sec-fetch-site') !== undefined;
  if (!isPage) next();
  else response.status(403).json({ error: { code: 'foreign-page', message: 'not from a web page' } });
}
