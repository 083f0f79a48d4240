/** Who is at the other end of a request, as far as a gateway vouches for it. */
import { TLSSocket } from 'node:tls';
import { authenticatedSender } from './authenticated-sender.ts';
import type { Exchange } from './exchange-context.ts';
import type { Peer } from './trusted-gateway.ts';

/** The number of the subscriber whom a trusted gateway has vouched for: the sender of a POST, the recipient of a GET. */
export function senderOf(exchange: Pick<Exchange, 'request' | 'context'>): string | undefined {
  const { request, context } = exchange;
  if (!context.isTrusted(peerOf(exchange))) return undefined;
  return authenticatedSender(request.rawHeaders, context.settings.headers);
}

/** The peer of the connection: a gateway, or the handset itself. */
export function peerOf({ request, context }: Pick<Exchange, 'request' | 'context'>): Peer {
  const { socket } = request;
  const isRequired = context.settings.listen.tls?.clientCertificate === 'required';
  const hasTrustedCertificate = isRequired && socket instanceof TLSSocket && socket.authorized;
  return { address: socket.remoteAddress, hasTrustedCertificate };
}
