import { isObject, type Json } from '../draft.ts';

/** The custom property in which an export keeps what ODCS itself has no place for, in the words of Table Schema. */
export const TABLE_SCHEMA = 'tableSchema';

/** The value of a custom property of an element. */
export const customOf = (element: Json, property: string): unknown =>
  (Array.isArray(element['customProperties']) ? element['customProperties'] : [])
    .filter(isObject)
    .find((custom) => custom['property'] === property)?.['value'];
