import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { AgreementId, DepartmentId, SchemeId } from '../../../schemas/contracts/ids.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { Scheme, SchemeBody, SchemePart } from '../../../schemas/contracts/schemes.ts';
import type { StoredScheme } from '../../../schemas/stored/agreements.ts';
import { refusalTexts, type RefusalCode } from '../../../schemas/words/refusals.ts';
import { derivedId } from '../../kernel/digest.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { isParty } from '../../reading/agreement.ts';
import { seesAll, type Officer, mayRead } from '../../reading/oversight.ts';

type Part = Omit<StoredScheme['parts'][number], 'refusal'>;

/**
 * The agreement that a proposal is to become; its consumer is named where that is another department than the proposer. With
 * those of the stored scheme a repetition of the call completes what was cut off.
 * @param fresh an id that nobody can work out: who knows scheme and resource cannot try whether another was asked, too
 */
export function partFor(
  scheme: SchemeId,
  { resourceId, consumer }: Pick<SchemeBody['proposals'][number], 'resourceId' | 'consumer'>,
  proposedBy: DepartmentId,
  fresh: () => AgreementId,
): Part {
  if (consumer !== undefined && consumer !== proposedBy) return { resourceId, consumer, agreementId: fresh() };
  // As earlier versions derive it, which may take up the same call.
  return { resourceId, agreementId: derivedId('scheme-part', scheme, resourceId) as AgreementId };
}

/** Of two proposals to the same about the same, nobody could say which is meant. */
export function schemeProblems({ proposals }: SchemeBody, proposedBy: DepartmentId): Violation[] {
  const seen = new Set<string>();
  return proposals.flatMap(({ resourceId, consumer = proposedBy }, i) => {
    const before = seen.size;
    if (seen.add(JSON.stringify([resourceId, consumer])).size > before) return [];
    const message = 'a scheme has each resource once for each consumer';
    return [{ path: `/proposals/${i}/resourceId`, rule: 'repeated', message }];
  });
}

/** Who proposed it: of those from before, whose wish it was. */
export const proposerOf = ({ proposedBy, consumer }: StoredScheme): DepartmentId => proposedBy ?? consumer;

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
export function partOf({ resourceId, agreementId, provider, consumer, state, ...agreement }: Agreement): SchemePart {
  const { termsVersion, termsDigest } = agreement.amendment ?? agreement;
  return { resourceId, agreementId, provider, consumer, state, termsVersion, termsDigest };
}

/**
 * A scheme as a department sees it: whoever proposed it all of it with what was refused, every other party its own part,
 * authority and auditor all agreements. Undefined for whoever has no part in it.
 * @param agreements those of its parts that there are
 */
export function schemeFor(stored: StoredScheme, agreements: readonly Agreement[], reader: Officer): Scheme | undefined {
  const { schemeId, name, startedAt, parts } = stored;
  const proposedBy = proposerOf(stored);
  const own = reader.department === proposedBy;
  const items = parts.flatMap(({ resourceId, consumer = proposedBy, agreementId, refusal }): SchemePart[] => {
    const agreement = agreements.find((each) => each.agreementId === agreementId);
    if (agreement) return mayRead(agreement, reader) ? [partOf(agreement)] : [];
    return own && refusal ? [{ resourceId, consumer, refusal }] : [];
  });
  const knows = own || seesAll(reader) || items.length > 0;
  return knows ? { schemeId, name, proposedBy, startedAt, items } : undefined;
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
