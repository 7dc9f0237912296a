import type { Constraints, Field, TableSchema } from '../../../../schemas/contracts/definition.ts';
import { stableJson } from '../../types/stable-json.ts';
import { formatOf } from '../../types/temporal.ts';
import { fieldFrom } from '../field-shape.ts';
import { TABLE_SCHEMA } from './custom.ts';
import { jdkOf } from './date-format.ts';
import { propertyToField } from './property.ts';
import { logicalOf } from './types.ts';

/**
 * A field as a property of a contract. What reading the property would not give back is kept beside it, in the words of
 * Table Schema, so that an import finds the field as it was.
 */
export function propertyOf(field: Field, schema: TableSchema): object {
  const native = nativeOf(field, schema);
  const kept = differenceOf(field, fieldFrom(propertyToField(native, '', []), 0, []));
  return {
    ...native,
    ...(Object.keys(kept).length > 0 && { customProperties: [{ property: TABLE_SCHEMA, value: kept }] }),
  };
}

function nativeOf(field: Field, { primaryKey = [] }: TableSchema): Record<string, unknown> {
  const logicalType = logicalOf[field.type];
  const options = { ...optionsOf(field), ...formatOption(field) };
  const place = primaryKey.indexOf(field.name);
  const { required, unique, enum: values } = field.constraints ?? {};
  return {
    name: field.name,
    ...(field.title !== undefined && { businessName: field.title }),
    ...(field.description !== undefined && { description: field.description }),
    ...(logicalType !== undefined && { logicalType }),
    ...(Object.keys(options).length > 0 && { logicalTypeOptions: options }),
    ...(required === true && { required }),
    ...(unique === true && { unique }),
    ...(place >= 0 && { primaryKey: true, primaryKeyPosition: place + 1 }),
    classification: field.sensitivity,
    ...(field.example !== undefined && field.example !== null && { examples: [field.example] }),
    ...(values && { quality: [{ metric: 'invalidValues', mustBe: 0, arguments: { validValues: values } }] }),
  };
}

const BOUNDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;

/** A schema for ODCS allows each logical type its own options, and bounds of numbers as numbers only. */
function optionsOf({ type, format, constraints = {} }: Field): object {
  const stated = (names: readonly (keyof Constraints)[]) =>
    names.flatMap((name) => (constraints[name] === undefined ? [] : [[name, constraints[name]] as const]));
  switch (logicalOf[type]) {
    case 'string': {
      const { pattern } = constraints;
      if (type !== 'string') return {};
      return {
        ...Object.fromEntries(stated(['minLength', 'maxLength'])),
        ...(pattern !== undefined && { pattern: `^(?:${pattern})$` }),
      };
    }
    case 'integer':
    case 'number':
      return Object.fromEntries(stated(BOUNDS).filter(([, bound]) => typeof bound === 'number'));
    case 'date':
    case 'time':
    case 'timestamp':
      // ODCS has bounds in ISO form, the hub's are in the field's own.
      return formatOf(format) === 'default' ? Object.fromEntries(stated(BOUNDS)) : {};
    default:
      return {};
  }
}

const STRING_FORMATS = new Set(['email', 'uri', 'uuid', 'binary']);

function formatOption({ type, format }: Field): object {
  if (format === undefined) return {};
  if (type === 'string') return STRING_FORMATS.has(format) ? { format } : {};
  const pattern = formatOf(format);
  if (!['date', 'time', 'datetime'].includes(type) || !pattern.includes('%')) return {};
  const jdk = jdkOf(pattern);
  return jdk === undefined ? {} : { format: jdk };
}

/** Members of a field that differ from what was read, constraints one by one. */
function differenceOf(field: Field, read: Field | undefined): Record<string, unknown> {
  const differs = (a: object, b: object | undefined, names: readonly string[]) =>
    Object.fromEntries(
      Object.entries(a).filter(
        ([name, value]) =>
          !names.includes(name) && value !== undefined && stableJson(value) !== stableJson(own(b, name)),
      ),
    );
  const kept = differs(field, read, ['name', 'constraints']);
  const constraints = differs(field.constraints ?? {}, read?.constraints, []);
  return Object.keys(constraints).length > 0 ? { ...kept, constraints } : kept;
}

const own = (from: object | undefined, name: string): unknown =>
  from !== undefined && Object.hasOwn(from, name) ? (from as Record<string, unknown>)[name] : undefined;
