import type { EncodedString } from '../codec/encoded-string.ts';
import type { PreviouslySent } from '../codec/mms-values.ts';
import type { MmsHeaders } from '../codec/mms-fields.ts';
import { BoundedMap, type MapLimits } from './bounded-map.ts';

/** A message as it was submitted. */
export interface StoredMessage {
  readonly messageId: string;
  readonly from: EncodedString;
  /** Unix seconds. */
  readonly date: number;
  /** The headers of the m-send-req. */
  readonly headers: MmsHeaders;
  /** What followed Content-Type, octet for octet. */
  readonly content: Uint8Array;
  /** Who forwarded it, oldest first. */
  readonly forwarders: readonly PreviouslySent<{ readonly by: EncodedString; readonly date: number }>[];
}

/** How far one copy of a message has come. */
export type DeliveryState = 'notified' | 'deferred' | 'retrieved' | 'rejected';

const ENDS: ReadonlySet<DeliveryState> = new Set(['retrieved', 'rejected']);

/** One copy of a message, for one recipient. */
export interface Delivery {
  /** Path of its Content-Location. */
  readonly path: string;
  readonly transactionId: string;
  readonly recipient: EncodedString;
  readonly message: StoredMessage;
  readonly state: DeliveryState;
}

/** The copies that an MMSC holds, the newest within its limits. Recipients of one message share its content. */
export class MmscStore {
  readonly #deliveries: BoundedMap<string, Delivery>;

  constructor(limits: MapLimits) {
    this.#deliveries = new BoundedMap(limits);
  }

  /** Keeps a copy. Its content counts in full, though recipients share it: the bound holds whoever is left. */
  add(delivery: Delivery): void {
    this.#deliveries.set(delivery.path, delivery, delivery.message.content.length);
  }

  /** The copy whose Content-Location has this path. */
  byPath(path: string): Delivery | undefined {
    return this.#deliveries.get(path);
  }

  /** The copy whose notification had this transaction id. */
  byTransaction(transactionId: string | undefined): Delivery | undefined {
    return this.#deliveries.values().find((delivery) => delivery.transactionId === transactionId);
  }

  /** Records how far a copy has come; true when that is news. What was retrieved or rejected stays so. */
  mark(delivery: Delivery, state: DeliveryState): boolean {
    const held = this.#deliveries.get(delivery.path);
    if (held === undefined || held.state === state || ENDS.has(held.state)) return false;
    this.add({ ...held, state });
    return true;
  }

  /** Deletes the copy at a path; true when it was there. */
  delete(path: string): boolean {
    return this.#deliveries.delete(path);
  }

  /** Every copy, oldest first. */
  deliveries(): readonly Delivery[] {
    return this.#deliveries.values();
  }
}
