import type { FieldType } from '../../../../schemas/contracts/definition.ts';

/** Logical types of ODCS 3.1 and the hub's; those without a row (object, array, map) have no rules in a cell of CSV. */
const TYPES: Readonly<Record<string, FieldType>> = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'datetime',
  time: 'time',
};

/** What a column of a database is called, by its beginning: used only where no logical type is stated. */
const PHYSICAL: readonly (readonly [RegExp, FieldType])[] = [
  [/^(tiny|small|medium|big)?int(eger)?\d*\b|^(big)?serial|^long\b/i, 'integer'],
  [/^(decimal|numeric|number|double|float|real|money)/i, 'number'],
  [/^bool/i, 'boolean'],
  [/^(timestamp|datetime)/i, 'datetime'],
  [/^date\b/i, 'date'],
  [/^time\b/i, 'time'],
  [/^(n?var)?char|^n?text|^string|^clob|^character|^uuid/i, 'string'],
];

export const typeOfLogical = (logical: string): FieldType | undefined =>
  Object.hasOwn(TYPES, logical) ? TYPES[logical] : undefined;

export const typeOfPhysical = (physical: string): FieldType | undefined =>
  PHYSICAL.find(([shape]) => shape.test(physical))?.[1];

/** `VARCHAR(18)` says how long a value may be. */
export function lengthOfPhysical(physical: string): number | undefined {
  const length = /^(?:n?var)?char(?:acter)?(?: varying)?\s*\((\d{1,6})\)/i.exec(physical)?.[1];
  return length === undefined ? undefined : Number(length);
}

/** What an export states: a type of the hub that ODCS lacks is a string there, or a number that says less. */
export const logicalOf: Readonly<Record<FieldType, string | undefined>> = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamp',
  time: 'time',
  year: 'integer',
  yearmonth: 'string',
  geopoint: 'string',
  geojson: 'string',
  any: undefined,
};

/** Classifications that mean one of the hub's levels of sensitivity. */
export const SENSITIVITY_OF: Readonly<Record<string, string>> = {
  public: 'public',
  internal: 'internal',
  personal: 'personal',
  pii: 'personal',
  private: 'personal',
  sensitive: 'sensitive',
  confidential: 'sensitive',
  restricted: 'sensitive',
  secret: 'sensitive',
};
