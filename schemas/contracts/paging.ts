import * as z from 'zod';

/** Opaque to callers: base64url without padding. */
export const Cursor = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/, 'a cursor as an earlier answer gave it')
  .max(1024);

/** A number in a path or a query, where everything is text. */
export const Numeral = z.coerce.number<number | string>();

export const PageQuery = z.strictObject({
  limit: Numeral.int().min(1).max(100).default(50),
  cursor: Cursor.optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), cursor: Cursor.optional() });

/** A page of a list: `cursor` is there while more may follow. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor?: string | undefined;
}
