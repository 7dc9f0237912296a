import * as z from 'zod';
import { ResourceId } from './ids.ts';
import { Paragraph } from './text.ts';

/** What a statement calls an input: an SQL name that needs no quotes, told apart from others without regard to case. */
export const InputName = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'lower-case letters, digits and _, at most 40');
export type InputName = z.infer<typeof InputName>;

/** UTF-16 units of a statement. */
export const MAX_STATEMENT = 20_000;

/** How a resource is made of others: of each the owner's own, or what an agreement of the owner delivers of it. */
export const Derivation = z.strictObject({
  inputs: z
    .record(InputName, z.strictObject({ resourceId: ResourceId }))
    .refine((inputs) => Object.keys(inputs).length >= 1, 'a statement reads at least one input')
    .refine((inputs) => Object.keys(inputs).length <= 50, 'a statement reads at most 50 inputs'),
  /** One SELECT in DuckDB's dialect. Its columns are the fields of the resource's schema, by name. */
  sql: Paragraph.min(1).max(MAX_STATEMENT),
  runs: z.enum(['on-change', 'hourly', 'daily', 'weekly', 'monthly']).default('on-change'),
  /** `entering`: consumers get only records whose key the version before did not have, each once. */
  notify: z.enum(['all', 'entering']).default('all'),
  /**
   * When an input is lost for good: the fields made of it become missing and the rest stays, where the records do not
   * depend on it; or the resource ends.
   */
  onSourceEnd: z.enum(['without-fields', 'end']).default('without-fields'),
  /**
   * `providers`: agreements on the resource are filed only once each department whose fields they grant has consented to
   * their terms. A source whose terms say `reshare: consent` is asked in any case.
   */
  consent: z.enum(['providers']).optional(),
});
export type Derivation = z.infer<typeof Derivation>;
