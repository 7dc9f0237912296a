import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { type Forms, formsOf, OWN_FORMS } from './forms.ts';

/** The forms of a column by its name. */
export type FormsByName = (name: string) => Forms;

export function formsByName(schema: TableSchema | undefined): FormsByName {
  const fields = new Map(schema?.fields.map((field) => [field.name, field]));
  return (name) => {
    const field = fields.get(name);
    return field && schema ? formsOf(field, schema) : OWN_FORMS;
  };
}
