import { z } from 'zod';

/** One broken rule: where (`/terms/fields/2`, RFC 6901), which rule, and what to do about it. */
export const Violation = z.strictObject({ path: z.string(), rule: z.string(), message: z.string() });
export type Violation = z.infer<typeof Violation>;

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
