import { isObject, type Json, note, type Note, quoted, textOf } from '../draft.ts';
import { customOf, TABLE_SCHEMA } from './custom.ts';
import { isIso, strptimeOf } from './date-format.ts';
import { fieldQuality } from './quality.ts';
import { lengthOfPhysical, SENSITIVITY_OF, typeOfLogical, typeOfPhysical } from './types.ts';

/** Members of a property that are read here, or that say nothing about a cell. */
const READ = new Set(
  [
    'id name businessName description logicalType physicalType physicalName logicalTypeOptions required unique',
    'primaryKey primaryKeyPosition classification quality examples enum customProperties tags partitioned',
    'partitionKeyPosition criticalDataElement',
  ].flatMap((names) => names.split(' ')),
);

/** A property of a contract in the words of Table Schema, not yet judged; what has no place there is noted. */
export function propertyToField(property: Json, path: string, notes: Note[]): Json {
  const options = isObject(property['logicalTypeOptions']) ? property['logicalTypeOptions'] : {};
  const type = typeOf(property, path, notes);
  const quality = fieldQuality(property['quality'], path, notes);
  const constraints = {
    ...(type === 'string' && lengthOption(property, options)),
    ...optionConstraints(options, path, notes),
    ...quality.constraints,
    ...(property['required'] === true && { required: true }),
    ...(property['unique'] === true && { unique: true }),
  };
  const rest = Object.keys(property).filter((name) => !READ.has(name));
  if (rest.length > 0) notes.push(note(path, `left out, as the hub has no such property: ${rest.join(', ')}`));
  const own = customOf(property, TABLE_SCHEMA);
  const kept = isObject(own) ? own : {};
  const field = {
    name: property['name'],
    title: textOf(property['businessName']),
    description: textOf(property['description']),
    example: Array.isArray(property['examples']) ? (property['examples'][0] as unknown) : undefined,
    type,
    format: kept['format'] === undefined ? formatOf(property, options, path, notes) : undefined,
    missingValues: quality.missingValues,
    sensitivity: sensitivityOf(property, path, notes),
    ...allowed(property['enum']),
    ...kept,
  };
  const all = {
    ...constraints,
    ...enumConstraint(property['enum']),
    ...(isObject(kept['constraints']) && kept['constraints']),
  };
  return { ...defined(field), ...(Object.keys(all).length > 0 && { constraints: all }) };
}

const defined = (members: object): Json =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null));

function typeOf(property: Json, path: string, notes: Note[]): string | undefined {
  const { logicalType: logical, physicalType: physical } = property;
  if (typeof logical === 'string') {
    const type = typeOfLogical(logical);
    if (type === undefined)
      notes.push(note(`${path}/type`, `${quoted(logical)} became any: values are taken as they stand`));
    return type ?? 'any';
  }
  const type = typeof physical === 'string' ? typeOfPhysical(physical) : undefined;
  if (type !== undefined)
    notes.push(note(`${path}/type`, `no logical type is stated; ${quoted(physical)} was read as ${type}`));
  return type;
}

function lengthOption({ physicalType }: Json, { maxLength }: Json): object {
  const length = typeof physicalType === 'string' ? lengthOfPhysical(physicalType) : undefined;
  return length === undefined || maxLength !== undefined ? {} : { maxLength: length };
}

const TAKEN = ['minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'];

function optionConstraints(options: Json, path: string, notes: Note[]): object {
  const left = Object.keys(options).filter((name) => ![...TAKEN, 'pattern', 'format', 'timezone'].includes(name));
  for (const name of left)
    notes.push(note(`${path}/constraints/${name}`, 'left out: the hub does not know this constraint'));
  const { pattern } = options;
  return {
    ...Object.fromEntries(TAKEN.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]]))),
    ...(typeof pattern === 'string' && { pattern: wholePattern(pattern, path, notes) }),
  };
}

/** ODCS has patterns of ECMA-262, which find a part; the hub's match the whole value. */
function wholePattern(pattern: string, path: string, notes: Note[]): string {
  const exported = /^\^\(\?:([\s\S]*)\)\$$/.exec(pattern)?.[1];
  if (exported !== undefined) return exported;
  if (!/^\^[\s\S]*\$$/.test(pattern))
    notes.push(
      note(`${path}/constraints/pattern`, 'the hub matches a pattern against the whole value: is that meant?'),
    );
  return pattern;
}

const STRING_FORMATS: Readonly<Record<string, string>> = {
  email: 'email',
  uri: 'uri',
  uuid: 'uuid',
  binary: 'binary',
  byte: 'binary',
};

function formatOf(property: Json, { format }: Json, path: string, notes: Note[]): string | undefined {
  if (typeof format !== 'string') return undefined;
  const logical = String(property['logicalType']);
  const isDate = ['date', 'timestamp', 'time'].includes(logical);
  if (isDate && isIso(logical, format)) return undefined;
  const found = isDate
    ? strptimeOf(format)
    : Object.hasOwn(STRING_FORMATS, format)
      ? STRING_FORMATS[format]
      : undefined;
  if (found === undefined)
    notes.push(note(`${path}/format`, `left out: the hub does not know the format ${quoted(format)} of ${logical}`));
  return found;
}

function sensitivityOf({ classification }: Json, path: string, notes: Note[]): string | undefined {
  const stated = textOf(classification);
  if (stated === undefined) return undefined;
  const key = stated.trim().toLowerCase();
  const found = Object.hasOwn(SENSITIVITY_OF, key) ? SENSITIVITY_OF[key] : undefined;
  if (found !== key)
    notes.push(note(`${path}/sensitivity`, `the classification ${quoted(stated)} was read as ${found ?? 'internal'}`));
  return found;
}

/** 3.2 lists the values of a property, each with a label or without. */
const entriesOf = (stated: unknown): Json[] =>
  (Array.isArray(stated) ? stated.filter(isObject) : []).filter(({ value }) => value !== undefined);

function allowed(stated: unknown): object {
  const entries = entriesOf(stated);
  return entries.some(({ label }) => typeof label === 'string')
    ? { categories: entries.map(({ value, label }) => ({ value, ...(typeof label === 'string' && { label }) })) }
    : {};
}

function enumConstraint(stated: unknown): object {
  const entries = entriesOf(stated);
  return entries.length === 0 || 'categories' in allowed(stated) ? {} : { enum: entries.map(({ value }) => value) };
}
