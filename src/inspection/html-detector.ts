/**
 * HTML, XHTML and WML that do something by themselves. Such parts are rare in MMS and not allowed by default, and where
 * an operator allows them ordinary pages hold script: nothing here is worse than medium (threats, 6.2).
 */
import type { FindingTable } from './finding.ts';
import { visitActiveSigns, type ActiveSign } from './markup-active.ts';
import { oncePerCode } from './markup-report.ts';
import { familyOfType } from './media-families.ts';
import type { PartDetector } from './part-view.ts';

/** Findings about HTML. */
export const HTML_FINDINGS = {
  'html-script': { severity: 'medium', description: 'A page holds script' },
  'html-event-handler': { severity: 'medium', description: 'An element of a page runs script on an event' },
  'html-script-link': {
    severity: 'medium',
    description: 'A link of a page runs script, or opens a document that stands in the link itself',
  },
  'html-app-link': { severity: 'medium', description: 'A link of a page starts or installs an application' },
  'html-service-code-link': {
    severity: 'medium',
    description: 'A link of a page dials a service code, which can change or reset a telephone',
  },
  'html-device-link': {
    severity: 'medium',
    description: 'A link of a page opens files or data of the device',
  },
  'html-dial-link': { severity: 'low', description: 'A link of a page dials a number or writes a message' },
  'html-embedded-document': {
    severity: 'medium',
    description: 'A page shows another document, or runs a program, inside itself',
  },
  'html-form': { severity: 'medium', description: 'A page has a form, which sends what is typed into it' },
  'html-refresh': { severity: 'medium', description: 'A page leads to another address by itself' },
  'html-declarations': {
    severity: 'medium',
    description: 'A page declares entities or attributes, which can hide what it holds',
  },
  'html-remote-content': {
    severity: 'info',
    description: 'A page loads something from a host when it is shown, which tells the host that it was read',
  },
} as const satisfies FindingTable;

type HtmlFindingCode = keyof typeof HTML_FINDINGS;

const CODES: Readonly<Record<ActiveSign, HtmlFindingCode | undefined>> = {
  script: 'html-script',
  'event-handler': 'html-event-handler',
  'script-link': 'html-script-link',
  'app-link': 'html-app-link',
  'dial-link': 'html-dial-link',
  'service-code-link': 'html-service-code-link',
  'device-link': 'html-device-link',
  'embedded-document': 'html-embedded-document',
  form: 'html-form',
  refresh: 'html-refresh',
  'foreign-object': undefined,
  'remote-content': 'html-remote-content',
  abbreviations: undefined,
  'external-doctype': undefined,
  declarations: 'html-declarations',
};

/** The pages of WAP 1, which old handsets still open. */
const WML_TYPE = 'text/vnd.wap.wml';

/** Looks at pages, by content or by what they are labelled. */
export const htmlDetector: PartDetector<HtmlFindingCode> = {
  name: 'html',
  findings: HTML_FINDINGS,
  detect({ family, declaredType, texts }, report) {
    const isLabelled = familyOfType(declaredType) === 'html' || declaredType === WML_TYPE;
    if (family !== 'html' && !isLabelled) return;
    const reportOnce = oncePerCode(report);
    for (const text of texts) {
      visitActiveSigns(text, (sign, character) => {
        const code = CODES[sign];
        if (code !== undefined) reportOnce(code, character);
      });
    }
  },
};
