import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { AgreementId, ResourceId, SchemeId } from '../../../schemas/contracts/ids.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { Scheme, SchemeBody, SchemePart } from '../../../schemas/contracts/schemes.ts';
import type { StoredScheme } from '../../../schemas/stored/agreements.ts';
import { refusalTexts, type RefusalCode } from '../../../schemas/words/refusals.ts';
import { derivedId } from '../../kernel/digest.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { isParty } from '../../reading/agreement.ts';
import { seesAll, type Officer, mayRead } from '../../reading/oversight.ts';

/** The same for every try at the same scheme, so that a call which was cut off is completed by its repetition. */
export const partId = (scheme: SchemeId, resource: ResourceId): AgreementId =>
  derivedId('scheme-part', scheme, resource) as AgreementId;

/** An agreement has its id from scheme and resource: a resource can be asked for once. */
export const schemeProblems = ({ proposals }: SchemeBody): Violation[] =>
  proposals.flatMap(({ resourceId }, i) =>
    proposals.findIndex((each) => each.resourceId === resourceId) < i
      ? [{ path: `/proposals/${i}/resourceId`, rule: 'repeated', message: 'a scheme asks for each resource once' }]
      : [],
  );

/** A scheme of fifty parts is one stored item (DynamoDB holds 400 KB an item); each part's violations have their share of it. */
const MAX_VIOLATION_BYTES = 5000;

/** Why nothing came of a part, as a problem of the single call says it; of a great many violations the first. */
export const refusedPart = ({
  code,
  detail,
  violations,
}: Refusal<RefusalCode>): NonNullable<SchemePart['refusal']> => ({
  code,
  detail: detail ?? refusalTexts[code].detail,
  ...(violations && { violations: firstOf(violations) }),
});

function firstOf(violations: readonly Violation[]): Violation[] {
  let bytes = 0;
  return violations.filter(
    (violation) => (bytes += new TextEncoder().encode(JSON.stringify(violation)).length) <= MAX_VIOLATION_BYTES,
  );
}

/** An agreement as part of a scheme, with the terms that are on the table. */
export function partOf({ resourceId, agreementId, provider, state, ...agreement }: Agreement): SchemePart {
  const { termsVersion, termsDigest } = agreement.amendment ?? agreement;
  return { resourceId, agreementId, provider, state, termsVersion, termsDigest };
}

/**
 * A scheme as a department sees it: the consumer all of it with what was refused, a provider its own part, authority and
 * auditor all agreements. Undefined for whoever has no part in it.
 * @param agreements those of its parts that there are
 */
export function schemeFor(
  { schemeId, name, consumer, startedAt, parts }: StoredScheme,
  agreements: readonly Agreement[],
  reader: Officer,
): Scheme | undefined {
  const own = reader.department === consumer;
  const items = parts.flatMap(({ resourceId, agreementId, refusal }): SchemePart[] => {
    const agreement = agreements.find((each) => each.agreementId === agreementId);
    if (agreement) return mayRead(agreement, reader) ? [partOf(agreement)] : [];
    return own && refusal ? [{ resourceId, refusal }] : [];
  });
  const knows = own || seesAll(reader) || items.length > 0;
  return knows ? { schemeId, name, consumer, startedAt, items } : undefined;
}

/** Whether a party has taken this step on these terms before: a repeated call finds it done. */
export const hasTaken = (
  agreement: Agreement,
  action: 'accept' | 'sign',
  { department }: Officer,
  named: { readonly termsVersion: number; readonly termsDigest?: string },
): boolean =>
  isParty(agreement, department) &&
  agreement.history.some(
    (entry) => entry.action === action && entry.by === department && entry.termsVersion === named.termsVersion,
  ) &&
  (named.termsDigest === undefined ||
    agreement.terms.some(({ version, digest }) => version === named.termsVersion && digest === named.termsDigest));
