import type { Agreement, TermsVersion } from '../../../schemas/contracts/agreements.ts';
import type { Sensitivity, TableSchema } from '../../../schemas/contracts/definition.ts';
import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import type { Mask, Terms } from '../../../schemas/contracts/terms.ts';
import type { Preview } from '../../../schemas/contracts/views.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { extractSpec } from '../../records/index.ts';
import { mayRead, type Officer } from './standing.ts';

/**
 * The provider sees what any terms would deliver. The consumer sees it of terms that the provider proposed or accepted:
 * otherwise terms would be questions, and each condition an answer. Authority and auditor see no data.
 */
export function mayPreview(
  agreement: Agreement,
  { version, proposedBy }: Pick<TermsVersion, 'version' | 'proposedBy'>,
  by: Officer,
): Outcome<undefined, 'not-found' | 'not-yours-to-preview'> {
  const { provider, consumer, history } = agreement;
  if (!mayRead(agreement, by)) return refuse('not-found');
  if (by.department === provider) return done(undefined);
  const consented =
    proposedBy === provider ||
    history.some((entry) => entry.action === 'accept' && entry.by === provider && entry.termsVersion === version);
  return by.department === consumer && consented ? done(undefined) : refuse('not-yours-to-preview');
}

/** What a sample shows at most, whatever the terms deliver: it is there to judge the terms by, not to be used. */
const shownAtMost: Readonly<Record<Sensitivity, Mask | undefined>> = {
  public: undefined,
  internal: 'first1',
  personal: 'hide',
  sensitive: 'hide',
};

/** The extract that these terms ask for, with its values hidden further than they ask. */
export function sampleSpec(terms: Terms, schema: TableSchema): ExtractSpec {
  const spec = extractSpec(terms);
  const mask = spec.fields.flatMap((name) => {
    const agreed = Object.hasOwn(spec.mask, name) ? spec.mask[name] : undefined;
    const atMost = shownAtMost[sensitivityOf(name, schema)];
    const strictest = atMost === 'hide' ? atMost : (agreed ?? atMost);
    return strictest === undefined ? [] : [[name, strictest] as const];
  });
  return { ...spec, mask: Object.fromEntries(mask) };
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
