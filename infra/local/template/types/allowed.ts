import type { z } from 'zod';

/** What the local hub knows of a resource type. Anything else in a template is a fault at start. */
export interface AllowedType<S extends z.ZodObject = z.ZodObject> {
  /** Properties that it acts on, after resolution; strict at every level. */
  readonly used: S;
  /** Properties that change nothing here, each with the reason. */
  readonly noEffect: Readonly<Record<string, string>>;
}

export const allowed = <S extends z.ZodObject>(
  used: S,
  noEffect: Readonly<Record<string, string>> = {},
): AllowedType<S> => ({ used, noEffect });

export const TAGS = { Tags: 'tags name costs and owners in the account' };
