import { offsetOf, type Offset } from '../../reading/derivation/statement/place.ts';

/** Why DuckDB did not take or finish a statement. */
export interface DuckdbError {
  /** What it calls the error, such as `Binder` or `Out of Memory`. */
  readonly type: string;
  /** May hold values once records are read. */
  readonly message: string;
  /** Where, in bytes from the start of the statement. */
  readonly at: Offset | undefined;
}

/**
 * Of a database with `errorsAsJson`. Text is what is left where the error did not come of a statement; its type is before the first
 * ` Error: `.
 */
export function duckdbErrorOf(error: unknown): DuckdbError {
  // DuckDB's binding throws errors of its own realm.
  const text = (error as { readonly message?: string } | undefined)?.message ?? '';
  const said = membersOf(text);
  if (said) {
    const { exception_type: type, exception_message: message, position } = said;
    return { type: String(type), message: String(message), at: offsetOf(Number(position ?? Number.NaN)) };
  }
  const [, type = 'nothing', message = text] = /^([A-Za-z ]{1,40}) Error: (.*)$/s.exec(text) ?? [];
  return { type, message, at: undefined };
}

function membersOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
