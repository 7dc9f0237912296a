import * as z from 'zod';
import type { TextKind } from './characters.ts';

const mark = () => z.check<unknown>(() => {});
const paragraph = mark();
const data = mark();

/** A text of one line: titles, names, numbers, units. Every other string of a request is one, too. */
export const Line = z.string();
/** A text that may have several lines: descriptions, reasons, what parties say to one another. */
export const Paragraph = z.string().check(paragraph);
/** A value as a file has it, which may be anything: shown with care, never refused for its characters. */
export const DataValue = z.string().check(data);
/** Records, as a file would have them. */
export const DataRecord = z.record(z.string(), z.unknown()).check(data);

/** What a string of this schema is. */
export function kindOf(schema: z.core.$ZodType): TextKind | 'data' {
  const checks: readonly unknown[] = schema._zod.def.checks ?? [];
  if (checks.includes(data)) return 'data';
  return checks.includes(paragraph) ? 'paragraph' : 'line';
}
