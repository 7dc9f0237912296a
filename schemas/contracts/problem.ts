import * as z from 'zod';

/** One broken rule: where (`/terms/fields/2`, RFC 6901), which rule, and what to do about it. */
export const Violation = z.strictObject({ path: z.string(), rule: z.string(), message: z.string() });
export type Violation = z.infer<typeof Violation>;

/** Names of members and places in lists, from the outside in. */
export type Path = readonly PropertyKey[];

/** As a JSON pointer (RFC 6901, sections 3 and 4). */
export const pointerOf = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** RFC 9457 problem details; `code` is stable, `detail` says what to do next. */
export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  violations: z.array(Violation).optional(),
});
export type Problem = z.infer<typeof Problem>;
