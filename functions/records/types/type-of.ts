import type { Field, FieldType } from '../../../schemas/contracts/definition.ts';
import { booleanType } from './boolean.ts';
import { geojsonType, geopointType } from './places/geo.ts';
import type { LogicalType } from './logical-type.ts';
import { integerType, numberType } from './numeric.ts';
import { clockedType, yearmonthType, yearType } from './temporal.ts';
import { anyType, stringType } from './text.ts';

type TypeOf = (field: Field) => LogicalType | undefined;

/** A type without format options. */
const plain =
  (make: (field: Field) => LogicalType): TypeOf =>
  (field) =>
    field.format === undefined || field.format === 'default' ? make(field) : undefined;

const TYPES: Readonly<Record<FieldType, TypeOf>> = {
  string: ({ format }) => stringType(format),
  integer: plain(integerType),
  number: plain(numberType),
  boolean: plain(booleanType),
  date: ({ format }) => clockedType('date', format),
  datetime: ({ format }) => clockedType('datetime', format),
  time: ({ format }) => clockedType('time', format),
  year: plain(yearType),
  yearmonth: plain(yearmonthType),
  geopoint: ({ format }) => geopointType(format),
  geojson: ({ format }) => geojsonType(format),
  any: plain(anyType),
};

/** The field's type with its format and options; undefined where the type has no such format. */
export const logicalTypeOf: TypeOf = (field) => TYPES[field.type](field);
