import { Temporal } from 'temporal-polyfill';
import type { Field, ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { DemandField, TermsChanges } from '../../../schemas/contracts/demands.ts';
import { Terms, type DeliveryTerms, type Mask } from '../../../schemas/contracts/terms.ts';
import type { StoredDemand } from '../../../schemas/stored/demands.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { termsProblems } from '../../records/index.ts';
import { foundFields, wantedOf } from './found-fields.ts';
import { fieldsProfile, shared } from './profile.ts';

export interface Draft {
  readonly demand: StoredDemand;
  readonly definition: ResourceDefinition;
  /** Terms in force of other departments on the resource, of each one. */
  readonly precedents: readonly Terms[];
  readonly changes: TermsChanges;
  /** A day in the hub's time zone. */
  readonly today: string;
}

const RETAIN_DAYS = 365;
/** Fewer departments would tell the demander what one of them has agreed on. */
const LEAST_PRECEDENTS = 3;
const SECURITY = '仅在政务内网使用，专人保管，不得向第三方提供。';

/**
 * Complete terms out of what a demand says, what the resource's entry says, and what is usual for it: one year from today,
 * no filter, `sensitive` fields masked. `changes` stand in place of what is drafted.
 */
export function draftTerms({ demand, definition, precedents, changes, today }: Draft): Outcome<Terms, 'invalid-terms'> {
  if (demand.mode !== 'delivery' && changes.mode === undefined)
    return refuse('invalid-terms', { violations: notServed });
  const fields = changes.fields ?? draftedFields(demand.fields, definition);
  const asked = new Set([...fields, ...(changes.filter ?? []).map(({ field }) => field)]);
  const delivered = definition.schema.fields.filter(({ name }) => fields.includes(name));
  const drafted: DeliveryTerms = {
    fields,
    filter: [],
    mask: maskOf(delivered),
    mode: 'delivery',
    content: 'snapshot',
    format: 'csv',
    frequency: demand.frequency,
    at: '02:00',
    purpose: demand.purpose,
    legalBasis: demand.legalBasis,
    validFrom: today,
    validTo: Temporal.PlainDate.from(today).add({ years: 1 }).subtract({ days: 1 }).toString(),
    duties: {
      provision: definition.updateCycle === 'irregular' ? '' : `按目录更新周期（${definition.updateCycle}）提供。`,
      use: definition.shareCondition ?? `仅用于：${demand.purpose}`.slice(0, 2000),
      disposal: { retainDays: usualRetention(precedents) },
      security: definition.schema.fields.some((field) => asked.has(field.name) && isPersonal(field)) ? SECURITY : '',
    },
  };
  const terms = Terms.parse({ ...drafted, ...changes });
  const violations = termsProblems(terms, definition);
  return violations.length > 0 ? refuse('invalid-terms', { violations }) : done(terms);
}

const notServed = [
  {
    path: '/terms/mode',
    rule: 'mode-not-drafted',
    message: 'agreements are drafted for delivery: give "mode": "delivery" among the terms, or propose one by hand',
  },
];

/** Those asked for that the resource has; where none was named, what is about nobody. */
function draftedFields(wanted: readonly DemandField[], { schema }: ResourceDefinition): string[] {
  const found = foundFields(wanted.map(wantedOf), fieldsProfile(schema.fields)).map(({ field }) => field);
  if (found.length > 0) return found;
  const fields = shared(schema.fields);
  const aboutNobody = fields.filter((field) => !isPersonal(field));
  return (aboutNobody.length > 0 ? aboutNobody : fields).map(({ name }) => name);
}

const isPersonal = ({ sensitivity }: Field): boolean => sensitivity === 'personal' || sensitivity === 'sensitive';

const maskOf = (delivered: readonly Field[]): Record<string, Mask> =>
  Object.fromEntries(
    delivered
      .filter(({ sensitivity }) => sensitivity === 'sensitive')
      .map(({ name }): [string, Mask] => [name, 'last4']),
  );

/** The middle of what others agreed on, so that no single agreement shows through. */
function usualRetention(precedents: readonly Terms[]): number {
  if (precedents.length < LEAST_PRECEDENTS) return RETAIN_DAYS;
  const days = precedents.map(({ duties }) => duties.disposal.retainDays).toSorted((one, other) => one - other);
  return days[Math.floor(days.length / 2)] ?? RETAIN_DAYS;
}
