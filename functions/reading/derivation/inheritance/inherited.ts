import type { ResourceDefinition, Sensitivity, ShareType } from '../../../../schemas/contracts/definition.ts';
import type { Derivation } from '../../../../schemas/contracts/derivation.ts';
import type {
  ConditionSource,
  FieldLineage,
  InheritedFilter,
  InheritedTerms,
  Lineage,
  TermSource,
  ValueSource,
} from '../../../../schemas/contracts/derivations.ts';
import type { AgreementId, DepartmentId, ResourceId } from '../../../../schemas/contracts/ids.ts';
import type { DeliveryTerms, Reshare } from '../../../../schemas/contracts/terms.ts';
import { Fault } from '../../../kernel/fault.ts';
import { stricterMask } from '../../masks.ts';

/** What an input is a part of, and by what right. */
export interface InputTerms {
  readonly resourceId: ResourceId;
  readonly definition: ResourceDefinition;
  /** Whose data the owner has: the agreement, and its terms in force. */
  readonly agreement?: { readonly agreementId: AgreementId; readonly terms: DeliveryTerms };
  /** Where it is derived itself, and the owner's own: what it has inherited. */
  readonly inherited?: readonly InheritedTerms[];
}

export type Inputs = Readonly<Record<string, InputTerms>>;

type Bounds = Omit<InheritedTerms, 'field' | 'providers' | 'consent'>;
type Bound<V> = { readonly value: V; readonly of: TermSource } | undefined;

/** The mildest first. */
const SHARE_TYPES: readonly ShareType[] = ['unconditional', 'conditional', 'refused'];
const SENSITIVITIES: readonly Sensitivity[] = ['public', 'internal', 'personal', 'sensitive'];
const RESHARES: readonly Reshare[] = ['yes', 'derived', 'consent', 'no'];

const further =
  <T>(order: readonly T[]) =>
  (one: T, other: T): T =>
    order.indexOf(one) >= order.indexOf(other) ? one : other;

/** Of two values of a term the one that allows less; of two masks neither of which shows less, `hide`. */
export const stricter = {
  shareType: further(SHARE_TYPES),
  sensitivity: further(SENSITIVITIES),
  mask: stricterMask,
  reshare: further(RESHARES),
  retainDays: (one: number, other: number): number => Math.min(one, other),
  validTo: (one: string, other: string): string => (one <= other ? one : other),
};

/** The stricter one, with whose it is; the one that was there before where they are equal. */
function either<V>(of: (one: V, other: V) => V, known: Bound<V>, added: Bound<V>): Bound<V> {
  if (!known || !added) return known ?? added;
  const value = of(known.value, added.value);
  return value === known.value ? known : { ...added, value };
}

function strictest(one: Bounds, other: Bounds): Bounds {
  const merged = {
    shareType: either(stricter.shareType, one.shareType, other.shareType),
    sensitivity: either(stricter.sensitivity, one.sensitivity, other.sensitivity),
    mask: either(stricter.mask, one.mask, other.mask),
    reshare: either(stricter.reshare, one.reshare, other.reshare),
    retainDays: either(stricter.retainDays, one.retainDays, other.retainDays),
    validTo: either(stricter.validTo, one.validTo, other.validTo),
  } satisfies { readonly [Term in keyof Bounds]-?: unknown };
  return Object.fromEntries(Object.entries(merged).filter(([, bound]) => bound !== undefined));
}

/**
 * What each field of a result inherits from all that it hangs on:
 *
 * - share type and sensitivity from the fields that its values are made of and from those that decide about them, but for
 *   keys by which one record is found (`key`): which record belongs to which is told by the record itself;
 * - masks from the fields whose values it has as they are;
 * - re-sharing, retention and expiry from every input that has a part in it;
 * - who has to consent from the inputs that ask for it, and from whoever provides its values where the owner chose that.
 */
export const inheritedTerms = (
  { fields, records }: Lineage,
  inputs: Inputs,
  { consent }: Pick<Derivation, 'consent'>,
): InheritedTerms[] => fields.map((field) => inheritedBy(field, records, inputs, consent === 'providers'));

/** Which records of its inputs a result is made of at most: inputs are cut so before any statement sees them. */
export const inheritedFilters = (inputs: Inputs): InheritedFilter[] =>
  Object.entries(inputs).flatMap(([name, input]) => {
    const filter = input.agreement?.terms.filter ?? [];
    return filter.length === 0 ? [] : [{ of: sourceOf(name, input), filter }];
  });

function inheritedBy(
  { field, from, decidedBy }: FieldLineage,
  records: readonly ConditionSource[],
  inputs: Inputs,
  allConsent: boolean,
): InheritedTerms {
  const conditions = [...decidedBy, ...records];
  const deciding = conditions.filter((condition) => condition.field !== undefined && condition.by !== 'key');
  const all = [...from, ...conditions];
  const bounds = [
    ...from.map((source) => ofValue(source, inputs)),
    ...deciding.map((source) => ofField(source, inputs)),
    ...[...new Set(all.map(({ input }) => input))].map((input) => ofInput(input, inputs)),
  ];
  const providers = providersOf(from, inputs);
  const consent = distinct([...consentOf(all, inputs), ...(allConsent ? providers : [])]);
  return { field, ...bounds.reduce(strictest, {}), providers, ...(consent.length > 0 && { consent }) };
}

/** Those that inputs ask for: their provider, and whose the fields are that are read of them. */
const consentOf = (sources: readonly Pick<ValueSource, 'input' | 'field'>[], inputs: Inputs): DepartmentId[] =>
  sources.flatMap(({ input, field }) => {
    const source = inputOf(input, inputs);
    if (source.agreement)
      return source.agreement.terms.reshare === 'consent'
        ? [source.definition.provider, providerOf(source, field)]
        : [];
    const { inherited = [] } = source;
    // As with its other terms: which records it has hangs on all that it was made of.
    return inherited.flatMap((own) =>
      own.field === field || own.reshare?.value === 'consent' ? (own.consent ?? []) : [],
    );
  });

function inputOf(name: string, inputs: Inputs): InputTerms {
  const input = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (!input) throw new Fault(`the derivation has no input ${name}`);
  return input;
}

function sourceOf(input: string, { resourceId, agreement }: InputTerms, field?: string): TermSource {
  return {
    input,
    ...(field === undefined ? {} : { field }),
    resourceId,
    ...(agreement ? { agreementId: agreement.agreementId } : {}),
  };
}

/** How many records there are is as freely shared as the resource. */
function ofValue({ input, field, how }: ValueSource, inputs: Inputs): Bounds {
  const source = inputOf(input, inputs);
  if (field === undefined) return { shareType: { value: source.definition.shareType, of: sourceOf(input, source) } };
  const mask = how === 'copied' ? ownOf(source.agreement?.terms.mask, field) : undefined;
  const bounds = ofField({ input, field }, inputs, how === 'copied');
  return mask === undefined ? bounds : strictest(bounds, { mask: { value: mask, of: sourceOf(input, source, field) } });
}

function ofField({ input, field }: Pick<ValueSource, 'input' | 'field'>, inputs: Inputs, copied = false): Bounds {
  const source = inputOf(input, inputs);
  const { shareType, schema } = source.definition;
  const stated = schema.fields.find(({ name }) => name === field);
  const of = sourceOf(input, source, field);
  const bounds: Bounds = {
    shareType: { value: stated?.shareType ?? shareType, of },
    ...(stated ? { sensitivity: { value: stated.sensitivity, of } } : {}),
  };
  const own = source.inherited?.find((inherited) => inherited.field === field);
  if (!own) return bounds;
  const { field: _field, providers: _providers, consent: _consent, mask, ...others } = own;
  return strictest(bounds, { ...others, ...(copied && mask ? { mask } : {}) });
}

function ofInput(input: string, inputs: Inputs): Bounds {
  const source = inputOf(input, inputs);
  if (!source.agreement) return ofOwnDerived(source);
  const { reshare = 'no', duties, validTo } = source.agreement.terms;
  const of = sourceOf(input, source);
  return {
    reshare: { value: reshare, of },
    retainDays: { value: duties.disposal.retainDays, of },
    validTo: { value: validTo, of },
  };
}

/** Which records a derived resource has hangs on all that it was made of. */
const ofOwnDerived = ({ inherited = [] }: InputTerms): Bounds =>
  inherited.reduce<Bounds>(
    (before, { reshare, retainDays, validTo }) =>
      strictest(before, {
        ...(reshare ? { reshare } : {}),
        ...(retainDays ? { retainDays } : {}),
        ...(validTo ? { validTo } : {}),
      }),
    {},
  );

function providersOf(from: readonly ValueSource[], inputs: Inputs): DepartmentId[] {
  return distinct(from.map(({ input, field }) => providerOf(inputOf(input, inputs), field)));
}

const providerOf = ({ definition }: InputTerms, field: string | undefined): DepartmentId =>
  definition.schema.fields.find(({ name }) => name === field)?.provider ?? definition.provider;

const distinct = (departments: readonly DepartmentId[]): DepartmentId[] => [...new Set(departments)].toSorted();

const ownOf = <T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  record && Object.hasOwn(record, name) ? record[name] : undefined;
