import { beforeAll, describe, expect, it } from 'vitest';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePush, looksLikePush } from '../../src/codec/wap-push.ts';
import { MEDIA_FAMILIES } from '../../src/inspection/media-families.ts';
import type { ScanOutcome } from '../../src/inspection/scan-outcome.ts';
import { isRefusedSeverity, outcomeCodes } from '../detection/outcome-codes.ts';
import { loadProduct, type Product } from '../detection/product-scanner.ts';
import type { Subject } from '../detection/threat.ts';
import { CORPUS, type CorpusMessage } from '../support/corpus.ts';
import { messageWith } from '../support/messages-with.ts';
import { mustSkip } from '../support/needs.ts';
import { readCollection, readOrdinary, type OrdinaryFile } from './collection.ts';
import { familyTable, type Seen } from './family-table.ts';

/** Fewer are no evidence. */
const FILES_LEAST = 1000;
const FILES_OF_A_FAMILY_LEAST = 10;

const COLLECTION = readCollection();

let product: Product;
beforeAll(async () => {
  product = await loadProduct();
});

/** Everything in an outcome that keeps a message from passing. */
function objectionsOf(outcome: ScanOutcome): string[] {
  const gaps =
    outcome.kind === 'not-inspected' ? outcome.gaps.map(({ code }) => `not inspected: ${code}`) : [];
  return [...outcomeCodes(outcome, isRefusedSeverity), ...gaps];
}

function asMessage(file: OrdinaryFile): Subject {
  const { name, declaredType, charset } = file;
  const parameters = charset === undefined ? [] : [{ name: 'charset', value: charset }];
  const headers = { contentLocation: name };
  return { body: messageWith([{ type: declaredType, bytes: readOrdinary(file), parameters, headers }]) };
}

describe.skipIf(mustSkip(COLLECTION.length > 0))(
  'ordinary files (npm run test:legitimate collects them)',
  () => {
    const allowed = Object.entries(MEDIA_FAMILIES).filter(([, family]) => family.default === 'allowed');

    it('are a thousand at least', () => {
      expect(COLLECTION.length).toBeGreaterThanOrEqual(FILES_LEAST);
    });

    it.each(allowed)('are of the family %s, too', (name) => {
      const count = COLLECTION.filter(({ family }) => family === name).length;
      expect(count).toBeGreaterThanOrEqual(FILES_OF_A_FAMILY_LEAST);
    });

    it('are all inspected, and nothing refuses one', async () => {
      const seen: Seen[] = [];
      for (const file of COLLECTION) seen.push({ file, outcome: await product.scan(asMessage(file)) });
      process.stdout.write(`${familyTable(seen)}\n`);
      const stopped = seen.map(({ file, outcome }) => [file.path, objectionsOf(outcome)] as const);
      expect(stopped.filter(([, reasons]) => reasons.length > 0)).toEqual([]);
    }, 300_000);
  },
);

/** Types of what handsets post; the others are answers, or came by push. */
const FROM_HANDSETS = /^m-(.*-req|notifyresp-ind|acknowledge-ind|read-rec-ind)$/;

/** The PDU of a message of the corpus. Some came by push, around the PDU; a handset undoes that, not the proxy. */
function pduOf({ bytes, type }: CorpusMessage): Subject {
  const body = looksLikePush(bytes) ? decodePush(bytes, { tolerate: REAL_WORLD }).bytes : bytes;
  return { body, context: { direction: FROM_HANDSETS.test(type) ? 'outbound' : 'inbound' } };
}

describe.skipIf(mustSkip(CORPUS.length > 0))('the real PDUs of the corpus', () => {
  it.each(CORPUS.filter(({ type }) => /^m-|\(m-/.test(type)))(
    '$file is inspected, and nothing refuses it',
    async (message) => {
      expect(objectionsOf(await product.scan(pduOf(message)))).toEqual([]);
    },
  );
});
