import type { Socket } from 'node:net';

/** Requests that may wait on one connection; no known handset pipelines, and more would let one peer queue memory. */
export const PIPELINED_MAX = 8;

/** One request's work. It must not reject. False: the connection is closing, and nothing more of it is to be handled. */
export type Turn = () => Promise<boolean>;

interface Connection {
  last: Promise<void>;
  /** The running turn, and those that wait for it. */
  open: number;
  isOver: boolean;
}

/**
 * Lets the requests of one connection be handled one after the other, so that a connection is one unit of work at most,
 * and none after a request that was the last: what came behind a refused request may be the inside of that request.
 */
export class ConnectionTurns {
  readonly #connections = new WeakMap<Socket, Connection>();

  /** Runs `turn` when every earlier turn of the connection has ended. False, and nothing is run, when too many wait. */
  take(socket: Socket, turn: Turn): boolean {
    const known = this.#connections.get(socket);
    if (known !== undefined && known.open > PIPELINED_MAX) return false;
    if (known !== undefined && known.open > 0) {
      known.open += 1;
      known.last = known.last.then(() => this.#run(known, turn));
      return true;
    }
    const connection = known ?? { last: Promise.resolve(), open: 0, isOver: false };
    this.#connections.set(socket, connection);
    connection.open = 1;
    connection.last = this.#run(connection, turn);
    return true;
  }

  async #run(connection: Connection, turn: Turn): Promise<void> {
    if (!connection.isOver) connection.isOver = !(await turn());
    connection.open -= 1;
  }
}
