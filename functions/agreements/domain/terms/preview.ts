import type { Agreement, TermsVersion } from '../../../../schemas/contracts/agreements.ts';
import type { Sensitivity, TableSchema } from '../../../../schemas/contracts/definition.ts';
import type { ExtractSpec } from '../../../../schemas/contracts/messages.ts';
import type { Mask, Terms } from '../../../../schemas/contracts/terms.ts';
import type { Preview } from '../../../../schemas/contracts/views.ts';
import { done, refuse, type Outcome } from '../../../kernel/outcome.ts';
import { isOver } from '../../../reading/agreement.ts';
import { type Officer, mayRead } from '../../../reading/oversight.ts';
import { canonicalSpec } from '../../../records/index.ts';
import { showsWithin } from '../../../reading/masks.ts';

/**
 * The provider sees what any terms would deliver. The consumer sees it of terms that the provider proposed or accepted:
 * otherwise terms would be questions, and each condition an answer. Authority and auditor see no data.
 */
export function mayPreview(
  agreement: Agreement,
  version: Pick<TermsVersion, 'version' | 'proposedBy'>,
  by: Officer,
): Outcome<undefined, 'not-found' | 'not-yours-to-preview'> {
  if (!mayRead(agreement, by)) return refuse('not-found');
  if (by.department === agreement.provider) return done(undefined);
  const permitted =
    by.department === agreement.consumer && isAlive(agreement, version) && isConsented(agreement, version);
  return permitted ? done(undefined) : refuse('not-yours-to-preview');
}

/** On the table or in force: what was replaced, suspended or ended is no way to data any more. */
const isAlive = ({ state, termsVersion, amendment }: Agreement, { version }: Pick<TermsVersion, 'version'>): boolean =>
  !isOver({ state }) && state !== 'suspended' && (version === termsVersion || version === amendment?.termsVersion);

/** What its standing offer accepted nobody at the provider has read: there its signature is its first word. */
const isConsented = (
  { provider, history }: Agreement,
  { version, proposedBy }: Pick<TermsVersion, 'version' | 'proposedBy'>,
): boolean =>
  proposedBy === provider ||
  history.some(
    ({ action, by, termsVersion, byOffer }) =>
      termsVersion === version && by === provider && (action === 'sign' || (action === 'accept' && !byOffer)),
  );

/** What a sample shows at most, whatever the terms deliver: it is there to judge the terms by, not to be used. */
const shownAtMost: Readonly<Record<Sensitivity, Mask | undefined>> = {
  public: undefined,
  internal: 'first1',
  personal: 'hide',
  sensitive: 'hide',
};

/** The extract that these terms ask for, with its values hidden further than they ask; no file is made of it. */
export function sampleSpec({ fields, filter, mask: masks }: Terms, schema: TableSchema): ExtractSpec {
  const spec = canonicalSpec({ fields, filter, mask: masks, format: 'csv' });
  const mask = spec.fields.flatMap((name) => {
    const agreed = Object.hasOwn(spec.mask, name) ? spec.mask[name] : undefined;
    const atMost = shownAtMost[sensitivityOf(name, schema)];
    const strictest = showsWithin(atMost, agreed) ? atMost : agreed;
    return strictest === undefined ? [] : [[name, strictest] as const];
  });
  return { ...spec, mask: Object.fromEntries(mask) };
}

/** How many records a sample shows: a comparison gives none but those that match, and so its preview counts only. */
export function sampleSize(terms: Terms): number {
  switch (terms.mode) {
    case 'delivery':
      return 5;
    case 'lookup':
      return 1;
    case 'comparison':
      return 0;
    default:
      return terms satisfies never;
  }
}

const sensitivityOf = (name: string, { fields }: TableSchema): Sensitivity =>
  fields.find((field) => field.name === name)?.sensitivity ?? 'internal';

/** The fields as the delivery will have them. */
export const previewedFields = (terms: Terms, schema: TableSchema): Preview['fields'] =>
  terms.fields.map((name) => {
    const title = schema.fields.find((field) => field.name === name)?.title;
    const mask = Object.hasOwn(terms.mask, name) ? terms.mask[name] : undefined;
    return {
      name,
      ...(title !== undefined && { title }),
      sensitivity: sensitivityOf(name, schema),
      ...(mask !== undefined && { mask }),
    };
  });
