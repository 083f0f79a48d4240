/** What the threads and the pool need to know: plain data, which crosses threads. */
import type { DecodeLimits } from '../codec/decode-limits.ts';
import type { DeviationCode } from '../codec/deviations.ts';
import type { AllowedMedia } from '../inspection/media-allow-list.ts';
import type { SizeLimits } from '../inspection/size-detector.ts';

/** What one scan is bounded and guided by. */
export interface ScanSettings {
  readonly decode: { readonly limits: DecodeLimits; readonly tolerate: ReadonlySet<DeviationCode> };
  /** Bytes of a body with its Content-Encoding undone. */
  readonly bodyBytesMax: number;
  readonly sizeLimits: SizeLimits;
  readonly allowedMedia: AllowedMedia;
  readonly urls: {
    /** Domains and URLs that no message may lead to. */
    readonly blocked: readonly string[];
    readonly shorteners: readonly string[];
    /** Word of a brand → its domains. */
    readonly brands: Readonly<Record<string, readonly string[]>>;
  };
  /** Hosts that handsets may be sent to by a Content-Location, lower case; undefined when any will do. */
  readonly mmscHosts: ReadonlySet<string> | undefined;
}

/** How many threads there are, and how long anything waits for them. */
export interface PoolSettings {
  readonly threads: number;
  /** From the start of a scan to its end by force. */
  readonly deadlineMs: number;
  /** From asking for a scan to its start. */
  readonly queueWaitMs: number;
  /** Messages that wait for a thread. */
  readonly queueMax: number;
  /** Bytes of the messages that wait for a thread. */
  readonly queueBytesMax: number;
  /** Verdicts kept; 0 keeps none. */
  readonly verdictsMax: number;
  /** Forced ends after which content is not tried again. */
  readonly poisonScansMax: number;
  /** Heap of one thread, beside its WebAssembly memory. A thread that needs more ends. */
  readonly threadHeapMib: number;
}
