import type { Field, ResourceDefinition } from '../../../../schemas/contracts/definition.ts';
import type { InheritedTerms, TermSource } from '../../../../schemas/contracts/derivations.ts';
import type { DepartmentId } from '../../../../schemas/contracts/ids.ts';
import type { OfferBody } from '../../../../schemas/contracts/offers.ts';
import { pointerOf, type Violation } from '../../../../schemas/contracts/problem.ts';
import type { Terms } from '../../../../schemas/contracts/terms.ts';
import { daysBetween } from '../../../kernel/time.ts';
import { showsWithin } from '../../masks.ts';
import { type Inputs, stricter } from './inherited.ts';

// Each violation names the source whose term it is, by resource and field. Agreements of the owner are nobody else's.

const named = ({ resourceId, field }: TermSource): string =>
  field === undefined ? resourceId : `${resourceId}.${field}`;
const quoted = (name: string): string => JSON.stringify(name);

/**
 * Inputs that the statement does not read, and those whose agreements do not let the owner share what is derived; paths
 * start at `/derivation/inputs`.
 */
export function inputProblems(inputs: Inputs, read: ReadonlySet<string>): Violation[] {
  return Object.entries(inputs).flatMap(([name, { resourceId, agreement }]) => {
    const path = pointerOf(['derivation', 'inputs', name]);
    if (!read.has(name))
      return [{ path, rule: 'unread-input', message: 'the statement does not read it: leave it out' }];
    return agreement && (agreement.terms.reshare ?? 'no') === 'no'
      ? [
          {
            path,
            rule: 'inherited-reshare',
            message: `the agreement on ${resourceId} does not let what is derived of it be shared (reshare: no): amend it, or leave the input out`,
          },
        ]
      : [];
  });
}

/**
 * What a definition would allow that its sources do not, and where its fields are not those of the statement; paths start
 * at `/schema`.
 */
export function definitionProblems(
  { schema: { fields }, shareType, provider }: ResourceDefinition,
  inherited: readonly InheritedTerms[],
): Violation[] {
  const byName = new Map(inherited.map((terms) => [terms.field, terms]));
  const names = new Set(fields.map(({ name }) => name));
  return [
    ...inherited
      .filter(({ field }) => !names.has(field))
      .map(({ field }) => ({
        path: '/derivation/sql',
        rule: 'unknown-field',
        message: `the schema has no field ${quoted(field)}: add it, or leave the column out`,
      })),
    ...fields.flatMap((field, i) => {
      const terms = byName.get(field.name);
      const path = `/schema/fields/${i}`;
      return terms
        ? [...fieldProblems(path, field, shareType, terms), ...providerProblems(path, field, provider, terms)]
        : [
            {
              path,
              rule: 'unknown-field',
              message: `the statement has no column ${quoted(field.name)}: add it, with AS`,
            },
          ];
    }),
  ];
}

function fieldProblems(
  path: string,
  field: Field,
  ofResource: ResourceDefinition['shareType'],
  { shareType, sensitivity }: InheritedTerms,
): Violation[] {
  const shared = field.shareType ?? ofResource;
  return [
    ...(shareType && stricter.shareType(shared, shareType.value) !== shared
      ? [
          {
            path: `${path}/shareType`,
            rule: 'inherited-share-type',
            message: `${named(shareType.of)} is shared ${shareType.value}, and so is what is made of it: state shareType ${shareType.value}`,
          },
        ]
      : []),
    ...(sensitivity && stricter.sensitivity(field.sensitivity, sensitivity.value) !== field.sensitivity
      ? [
          {
            path: `${path}/sensitivity`,
            rule: 'inherited-sensitivity',
            message: `${named(sensitivity.of)} is ${sensitivity.value}, and so is what is made of it: state sensitivity ${sensitivity.value}`,
          },
        ]
      : []),
  ];
}

/** Who reads the catalog sees whose field it is. */
function providerProblems(path: string, field: Field, owner: DepartmentId, { providers }: InheritedTerms): Violation[] {
  return [...providers, owner].includes(field.provider ?? owner)
    ? []
    : [
        {
          path: `${path}/provider`,
          rule: 'inherited-provider',
          message: `the field is made of what ${providers.join(', ') || owner} provides: name one of these, or leave provider out`,
        },
      ];
}

/** Fields that terms give, or tell something of. */
export function askedBy(terms: Terms): string[] {
  const more = terms.mode === 'delivery' ? [] : terms.mode === 'lookup' ? terms.key : [...terms.key, ...terms.compare];
  return [...new Set([...terms.fields, ...terms.filter.map(({ field }) => field), ...more])];
}

/** What terms of an agreement on a derived resource ask for beyond what its sources allow; paths start at `/terms`. */
export function inheritedProblems(terms: Terms, inherited: readonly InheritedTerms[]): Violation[] {
  const asked = askedBy(terms);
  const concerned = inherited.filter(({ field }) => asked.includes(field));
  return [
    ...once(concerned, ({ reshare }) =>
      reshare && stricter.reshare(terms.reshare ?? 'no', reshare.value) !== (terms.reshare ?? 'no')
        ? {
            path: '/terms/reshare',
            rule: 'inherited-reshare',
            message: `${named(reshare.of)} may be passed on as ${reshare.value} at most, and so may what is made of it: ask for ${reshare.value}`,
          }
        : undefined,
    ),
    ...once(concerned, ({ retainDays }) =>
      retainDays && terms.duties.disposal.retainDays > retainDays.value
        ? {
            path: '/terms/duties/disposal/retainDays',
            rule: 'inherited-retention',
            message: `${named(retainDays.of)} is kept for ${retainDays.value} days at most, and so is what is made of it: ask for no more`,
          }
        : undefined,
    ),
    ...once(concerned, ({ validTo }) =>
      validTo && terms.validTo > validTo.value
        ? {
            path: '/terms/validTo',
            rule: 'inherited-validity',
            message: `what ${named(validTo.of)} gives ends on ${validTo.value}, and so does what is made of it: ask for no later day`,
          }
        : undefined,
    ),
    ...concerned
      .filter(({ field }) => terms.fields.includes(field))
      .flatMap(({ field, mask }) =>
        mask && !showsWithin(own(terms.mask, field), mask.value)
          ? [maskProblem(`/terms/mask/${pointerOf([field]).slice(1)}`, field, mask)]
          : [],
      ),
  ];
}

/**
 * Whether terms in force ask for more than is inherited by now. When a source ends is no matter: as long as it gives
 * anything it is in force.
 */
export const goesBeyond = (terms: Terms, inherited: readonly InheritedTerms[]): boolean =>
  inheritedProblems(terms, inherited).some(({ rule }) => rule !== 'inherited-validity');

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

const maskProblem = (path: string, field: string, { value, of }: NonNullable<InheritedTerms['mask']>): Violation => ({
  path,
  rule: 'inherited-mask',
  message: `${named(of)} came masked (${value}), and so is ${quoted(field)}: mask it with ${value}`,
});

/** What standing terms would give beyond what the sources allow on that day; paths start at `/`. */
export function inheritedOfferProblems(
  body: OfferBody,
  inherited: readonly InheritedTerms[],
  today: string,
): Violation[] {
  const concerned = inherited.filter(({ field }) => body.fields.includes(field));
  return [
    ...concerned.flatMap(({ field, shareType }) =>
      shareType && shareType.value !== 'unconditional'
        ? [
            {
              path: `/fields/${body.fields.indexOf(field)}`,
              rule: 'inherited-share-type',
              message: `${named(shareType.of)} is shared ${shareType.value}, and so is ${quoted(field)}: only what is shared unconditionally can be offered to all`,
            },
          ]
        : [],
    ),
    ...concerned.flatMap(({ field, mask }) =>
      mask && !showsWithin(own(body.mask, field), mask.value)
        ? [maskProblem(`/mask/${pointerOf([field]).slice(1)}`, field, mask)]
        : [],
    ),
    ...once(concerned, ({ retainDays }) =>
      retainDays && body.maxRetainDays > retainDays.value
        ? {
            path: '/maxRetainDays',
            rule: 'inherited-retention',
            message: `${named(retainDays.of)} is kept for ${retainDays.value} days at most, and so is what is made of it: offer no more`,
          }
        : undefined,
    ),
    ...once(concerned, ({ validTo }) =>
      validTo && body.maxDays > daysBetween(today, validTo.value) + 1
        ? {
            path: '/maxDays',
            rule: 'inherited-validity',
            message: `what ${named(validTo.of)} gives ends on ${validTo.value}, and so does what is made of it: offer no more days`,
          }
        : undefined,
    ),
  ];
}

/** Each violation once, however many fields it is for. */
function once(
  concerned: readonly InheritedTerms[],
  problemOf: (terms: InheritedTerms) => Violation | undefined,
): Violation[] {
  const found = concerned.flatMap((terms) => problemOf(terms) ?? []);
  return [...new Map(found.map((violation) => [violation.message, violation])).values()];
}
