import type { Field, ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { InheritedTerms } from '../../../schemas/contracts/derivations.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { Offer, OfferBody } from '../../../schemas/contracts/offers.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { ComparisonTerms, LookupTerms, Terms } from '../../../schemas/contracts/terms.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { daysBetween } from '../../kernel/time.ts';
import { inheritedOfferProblems } from '../../reading/derivation/inheritance/problems.ts';
import { seesAll, type Officer } from '../../reading/oversight.ts';
import { showsWithin } from '../../reading/masks.ts';
import { matchedBy } from '../../records/index.ts';
import type { Moment } from './moment.ts';
import { pointer } from './terms/pointer.ts';

type Definition = Pick<ResourceDefinition, 'shareType'>;

/**
 * Whether some terms stay within a standing offer in everything, so that they are accepted at once. What nobody at the
 * provider has read is never accepted: a duty of provision in the consumer's words, a reason for sensitive data, passing on.
 */
export const acceptedByOffer = (
  offer: Offer | undefined,
  terms: Terms,
  consumer: DepartmentId,
  { shareType }: Definition,
): boolean =>
  offer !== undefined &&
  shareType === 'unconditional' &&
  isFor(offer, consumer) &&
  fieldsWithin(offer, terms) &&
  modeWithin(offer, terms) &&
  daysOf(terms) <= offer.maxDays &&
  terms.duties.disposal.retainDays <= offer.maxRetainDays &&
  terms.duties.provision.trim() === '' &&
  terms.justification === undefined &&
  (terms.reshare ?? 'no') === 'no';

function modeWithin(offer: OfferBody, terms: Terms): boolean {
  if (!offer.modes.includes(terms.mode)) return false;
  switch (terms.mode) {
    case 'delivery':
      return (
        offer.contents.includes(terms.content) &&
        offer.formats.includes(terms.format) &&
        offer.frequencies.includes(terms.frequency)
      );
    case 'lookup':
      return offer.lookup !== undefined && lookupWithin(offer.lookup, terms);
    case 'comparison':
      return offer.comparison !== undefined && comparisonWithin(offer.comparison, terms);
    default:
      return terms satisfies never;
  }
}

const lookupWithin = (most: NonNullable<OfferBody['lookup']>, terms: LookupTerms): boolean =>
  terms.perDay <= most.perDay &&
  terms.perUserPerDay <= most.perUserPerDay &&
  terms.keys <= most.keys &&
  watchedWithin(most, terms);

/** What an offer does not speak of it lets nobody watch. */
const watchedWithin = (most: Pick<LookupTerms, 'watchKeys'>, terms: Pick<LookupTerms, 'watchKeys'>): boolean =>
  (terms.watchKeys ?? 0) <= (most.watchKeys ?? 0);

const comparisonWithin = (bounds: NonNullable<OfferBody['comparison']>, terms: ComparisonTerms): boolean =>
  terms.kinds.every((kind) => bounds.kinds.includes(kind)) &&
  (terms.threshold === undefined || terms.threshold >= (bounds.threshold ?? 0)) &&
  terms.minResult >= bounds.minResult &&
  terms.maxList <= bounds.maxList &&
  terms.runsPerDay <= bounds.runsPerDay &&
  watchedWithin(bounds, terms);

/** Whom it is not for does not know of it; nor does anybody need to know who else it is for. */
export const knowsOf = (offer: Offer, by: Officer): boolean =>
  offer.provider === by.department || isFor(offer, by.department) || seesAll(by);

/** An offer as a reader sees it: of an audience only itself, unless it is the provider, authority or auditor. */
export function shownOffer(offer: Offer, reader: Officer): Offer {
  const isWhole = offer.audience === undefined || offer.provider === reader.department || seesAll(reader);
  return isWhole ? offer : { ...offer, audience: [reader.department] };
}

const isFor = ({ audience }: Pick<Offer, 'audience'>, department: DepartmentId): boolean =>
  audience === undefined || audience.includes(department);

/** A condition on a field that is only given masked would tell its value, and so would a comparison. */
function fieldsWithin(offer: OfferBody, terms: Terms): boolean {
  const requiredOf = (name: string) => (Object.hasOwn(offer.mask, name) ? offer.mask[name] : undefined);
  const maskOf = (name: string) => (Object.hasOwn(terms.mask, name) ? terms.mask[name] : undefined);
  return (
    terms.fields.every((name) => offer.fields.includes(name) && showsWithin(maskOf(name), requiredOf(name))) &&
    [...terms.filter, ...matchedBy(terms)].every(
      ({ field }) => offer.fields.includes(field) && requiredOf(field) === undefined,
    )
  );
}

/** First and last day included; calendar days, so that no time zone has a say. */
const daysOf = ({ validFrom, validTo }: Terms): number => daysBetween(validFrom, validTo) + 1;

/** A provider states an offer for its own resource, as its newest version has it, within what that inherits of its sources. */
export function stateOffer(
  { resource, inherited }: { readonly resource: ResourceVersion; readonly inherited: readonly InheritedTerms[] },
  body: OfferBody,
  by: DepartmentId,
  { at, today }: Moment,
): Outcome<Offer, 'not-the-provider' | 'invalid-offer'> {
  if (resource.provider !== by) return refuse('not-the-provider');
  const violations = [...offerProblems(body, resource), ...inheritedOfferProblems(body, inherited, today)];
  if (violations.length > 0) return refuse('invalid-offer', { violations });
  const { resourceId, provider, version } = resource;
  return done({ ...body, resourceId, provider, resourceVersion: version, statedAt: at });
}

function offerProblems(body: OfferBody, { definition }: ResourceVersion): Violation[] {
  const fields = new Map(definition.schema.fields.map((field) => [field.name, field]));
  return [
    ...(definition.shareType === 'unconditional'
      ? []
      : [
          {
            path: '/fields',
            rule: 'not-unconditional',
            message: `the resource is shared ${definition.shareType}: only what is shared unconditionally can be offered to all`,
          },
        ]),
    ...body.fields.flatMap((name, i) => fieldProblems(`/fields/${i}`, name, fields.get(name), body)),
    ...Object.keys(body.mask)
      .filter((name) => !body.fields.includes(name))
      .map((name) => ({
        path: `/mask/${pointer(name)}`,
        rule: 'mask-not-offered',
        message: 'only an offered field can be masked: offer it, or leave the mask out',
      })),
    ...boundProblems(body, definition),
    ...sizeProblems(body),
  ];
}

function boundProblems(body: OfferBody, { modes }: ResourceDefinition): Violation[] {
  return [
    ...body.modes.flatMap((mode, i) =>
      modes.includes(mode)
        ? []
        : [
            {
              path: `/modes/${i}`,
              rule: 'mode-not-offered',
              message: `the resource is offered for ${modes.join(', ')}: choose of these`,
            },
          ],
    ),
    ...(['lookup', 'comparison'] as const)
      .filter((mode) => body.modes.includes(mode) && body[mode] === undefined)
      .map((mode) => ({ path: `/${mode}`, rule: 'required', message: `say what ${mode} may ask for at most` })),
  ];
}

/** UTF-8 bytes of JSON: an offer is one stored item (DynamoDB holds 400 KB an item). */
export const MAX_OFFER_BYTES = 300_000;

const sizeProblems = (body: OfferBody): Violation[] =>
  new TextEncoder().encode(JSON.stringify(body)).length > MAX_OFFER_BYTES
    ? [{ path: '', rule: 'size', message: `an offer takes at most ${MAX_OFFER_BYTES} bytes of JSON` }]
    : [];

function fieldProblems(path: string, name: string, field: Field | undefined, { mask }: OfferBody): Violation[] {
  if (!field) return [{ path, rule: 'unknown-field', message: `the resource has no field ${JSON.stringify(name)}` }];
  const bare = field.sensitivity === 'sensitive' && !Object.hasOwn(mask, name);
  return bare
    ? [{ path, rule: 'mask-required', message: `${JSON.stringify(name)} is sensitive: offer it masked, or not at all` }]
    : [];
}
