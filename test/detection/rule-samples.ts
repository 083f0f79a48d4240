/** What every default rule is tried on, by the name of the rule. */
import { samples as apple } from '../rules/apple.samples.ts';
import { samples as audio } from '../rules/audio.samples.ts';
import { samples as eicar } from '../rules/eicar.samples.ts';
import { samples as fileName } from '../rules/file-name.samples.ts';
import { samples as id3 } from '../rules/id3.samples.ts';
import { samples as imageLabels } from '../rules/image-labels.samples.ts';
import { samples as isobmff } from '../rules/isobmff.samples.ts';
import { samples as java } from '../rules/java.samples.ts';
import { samples as pdf } from '../rules/pdf.samples.ts';
import { samples as pixelFlood } from '../rules/pixel-flood.samples.ts';
import { samples as polyglot } from '../rules/polyglot.samples.ts';
import { samples as programs } from '../rules/programs.samples.ts';
import { samples as provisioning } from '../rules/provisioning.samples.ts';
import type { FamilySamples, RuleSamples, Sample } from '../rules/sample.ts';
import { samples as smil } from '../rules/smil.samples.ts';
import { samples as svgHtml } from '../rules/svg-html.samples.ts';
import { samples as symbian } from '../rules/symbian.samples.ts';
import { samples as textUrl } from '../rules/text-url.samples.ts';
import { samples as tiffDng } from '../rules/tiff-dng.samples.ts';
import { samples as vcard } from '../rules/vcard.samples.ts';
import { harmless, part, type LookAlike, type Subject, type Threat } from './threat.ts';

const BY_RULE: FamilySamples = {
  ...apple,
  ...audio,
  ...eicar,
  ...fileName,
  ...id3,
  ...imageLabels,
  ...isobmff,
  ...java,
  ...pdf,
  ...pixelFlood,
  ...polyglot,
  ...programs,
  ...provisioning,
  ...smil,
  ...svgHtml,
  ...symbian,
  ...textUrl,
  ...tiffDng,
  ...vcard,
};

/** The samples of a rule. */
export function samplesOf(rule: string): RuleSamples {
  const samples = BY_RULE[rule];
  if (samples === undefined) throw new Error(`no samples of ${rule}`);
  return samples;
}

/** The positive samples of a rule, each in a message; `type` is the label where the sample has none. */
export function positivesOf(
  rule: string,
  type: string,
  threat: (name: string, subject: Subject, ...caughtBy: readonly string[]) => Threat,
  ...alsoCaughtBy: readonly string[]
): Threat[] {
  return samplesOf(rule).positives.map((sample) =>
    threat(sample.name, inMessage(sample, type), rule, ...alsoCaughtBy),
  );
}

/** The look-alikes of a rule, each in a message, without those whose name begins so: what else they are is not let pass. */
export function lookAlikesOf(rule: string, type: string, ...without: readonly string[]): LookAlike[] {
  return samplesOf(rule)
    .lookAlikes.filter(({ name }) => !without.some((beginning) => name.startsWith(beginning)))
    .map((sample) => harmless(sample.name, inMessage(sample, type)));
}

function inMessage({ bytes, externals }: Sample, type: string): Subject {
  const fileName = externals?.filename;
  const label = { type: externals?.declared_type ?? type };
  return part(bytes, fileName === undefined ? label : { ...label, fileName });
}

/** The threats, those whose name begins so with the other verdict. */
export function otherwise(threats: readonly Threat[], ...beginnings: readonly string[]): Threat[] {
  return threats.map((threat) =>
    beginnings.some((beginning) => threat.name.startsWith(beginning))
      ? { ...threat, isRefused: !threat.isRefused }
      : threat,
  );
}
