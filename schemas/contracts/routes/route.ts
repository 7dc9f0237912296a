import * as z from 'zod';
import type { Role } from '../hub.ts';
import { places, type Place, type Variables } from './places.ts';

/** One function of the API serves one capability. */
export type Capability =
  | 'catalog'
  | 'derive'
  | 'agreements'
  | 'intake'
  | 'delivery'
  | 'compare'
  | 'lookup'
  | 'demands'
  | 'duties'
  | 'reports';

export interface Route extends Place {
  readonly id: string;
  readonly capability: Capability;
  readonly summary: string;
  readonly description: string;
  /** Registry roles that may call it at all; who may touch which thing is the handler's decision. */
  readonly roles: readonly Role[];
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | undefined;
  readonly status: 200 | 201;
  readonly response: z.ZodType;
  /**
   * Other forms in which the answer is given, where the query's `format` names one: the same content, rendered
   * (`csv` of its `items`, a page of `html` for printing).
   */
  readonly formats?: readonly TextFormat[];
  /** Refusal codes with their HTTP status, beside those that every route has (`commonErrors`). */
  readonly errors: Readonly<Record<string, RefusalStatus>>;
  readonly example: { readonly request?: unknown; readonly response: unknown };
}

export type TextFormat = 'csv' | 'html';

export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 412 | 422 | 429 | 503;

/** What any route can answer beside its own refusals. */
export const commonErrors = {
  malformed: 400,
  unsigned: 403,
  'not-a-department': 403,
  'role-not-permitted': 403,
  'no-such-route': 404,
  'idempotency-key-reused': 422,
  throttled: 429,
  'timed-out': 503,
} as const satisfies Record<string, RefusalStatus>;

export const everyone = ['department', 'authority', 'auditor'] as const;
export const members = ['department'] as const;

const none = z.strictObject({});

/** What goes without saying: nothing but the path is sent, 200 is answered, and nothing is refused that all routes do not. */
const usual = { params: none, query: none, body: undefined, status: 200, errors: {} } as const;
type Usual = typeof usual;

/** What is said of a route beside its place, each of whose variables has a schema. */
type Definition<Path extends string> = Omit<Route, 'id' | keyof Place | keyof Usual> &
  Partial<Pick<Route, keyof Usual>> &
  ([Variables<Path>] extends [never]
    ? unknown
    : { readonly params: { readonly shape: Readonly<Record<Variables<Path>, z.ZodType>> } });

type Defined<Id extends keyof typeof places, R> = { readonly id: Id } & (typeof places)[Id] & Omit<Usual, keyof R> & R;

/** A route at its place. */
export const route = <Id extends keyof typeof places, const R extends Definition<(typeof places)[Id]['path']>>(
  id: Id,
  definition: R,
) => ({ id, ...places[id], ...usual, ...definition }) as Defined<Id, R>;
