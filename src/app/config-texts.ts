/** The groups of the configuration that say what subscribers are told, and how. */
import { z } from 'zod';
import { subscriberText, textTemplate } from './config-values.ts';

/** One tag for one language: in lower case, as `de` or `pt-br` (RFC 5646). */
const LANGUAGE_TAG = /^[a-z]{2,8}(-[a-z0-9]{1,8}){0,3}$/;
const TAG_HELP = 'must be a language tag in lower case, such as de or pt-br';
const languageTag = z.string().regex(LANGUAGE_TAG, TAG_HELP);

const NUMBER_PREFIX = /^\+[1-9]\d{0,14}$/;
const PREFIX_HELP = 'must be what a number begins with, such as +49';

/** Values by keys of a form. A wrong key is told as what it should be. */
function byKey<Value extends z.ZodType>(keys: RegExp, keyError: string, value: Value) {
  const error = ({ code }: { readonly code?: string }) => (code === 'invalid_key' ? keyError : undefined);
  return z.record(z.string().regex(keys), value, { error }).default({});
}

const templates = z.strictObject({
  refused: textTemplate,
  tryLater: textTemplate,
  stripped: textTemplate,
  held: textTemplate,
});

interface Texts {
  readonly language: string;
  readonly languages: Readonly<Record<string, unknown>>;
  readonly byPrefix: Readonly<Record<string, string>>;
}

/** There are texts in each language that a number leads to, and one set of them in each. */
function checkLanguages({ language: own, languages, byPrefix }: Texts, context: z.RefinementCtx): void {
  if (Object.hasOwn(languages, own)) {
    const message = 'is the language of the texts beside it';
    context.addIssue({ code: 'custom', path: ['languages', own], message });
  }
  for (const [prefix, chosen] of Object.entries(byPrefix)) {
    if (chosen === own || Object.hasOwn(languages, chosen)) continue;
    const message = `names ${chosen}, which has no texts`;
    context.addIssue({ code: 'custom', path: ['byPrefix', prefix], message });
  }
}

/** What subscribers read. */
export const texts = z
  .strictObject({
    language: languageTag
      .default('en')
      .describe('Language of the texts below; they are taken where no other language is known to be right'),
    refused: subscriberText(
      'This message was not delivered for security reasons.',
      'Shown when a message is refused for good; {time} and {reference} are filled in, as in every text',
    ),
    tryLater: subscriberText(
      'The message service is busy. Please try again later.',
      'Shown when trying again may help',
    ),
    stripped: subscriberText(
      'A part of this message was removed for security reasons.',
      'Stands in a message for what was taken out of it',
    ),
    held: subscriberText(
      'A message for you is held until it has been checked. Reference: {reference}',
      'Shown to the recipient of a message that is kept',
    ),
    languages: byKey(LANGUAGE_TAG, TAG_HELP, templates).describe(
      'The four texts in further languages, by language tag. The handset chooses by Accept-Language',
    ),
    byPrefix: byKey(NUMBER_PREFIX, PREFIX_HELP, languageTag).describe(
      'Language of those whose handset does not choose, by what their number begins with: "+49": de',
    ),
  })
  .superRefine(checkLanguages)
  .prefault({})
  .describe('What a subscriber reads when the proxy itself answers.');

/** How the proxy's own answers differ between operators. */
export const replies = z
  .strictObject({
    throttledStatus: z
      .enum(['error-transient-failure', 'error-permanent-service-denied'])
      .default('error-transient-failure')
      .describe('Status of a message that is not taken now; the second keeps handsets from trying again'),
    transientRetrieve: z
      .enum(['http-error', 'retrieve-conf'])
      .default('http-error')
      .describe(
        'Answer to a retrieval that failed for now: an HTTP error, because some handsets acknowledge whatever ' +
          'm-retrieve-conf they get, and the MMSC then drops the message; or an m-retrieve-conf that says so',
      ),
  })
  .prefault({})
  .describe('How the proxy answers in the place of the MMSC.');
