import type * as z from 'zod';
import type { Problem } from '../../schemas/contracts/problem.ts';
import type { commonErrors, RouteId, routes, TextFormat } from '../../schemas/contracts/routes.ts';

type Routes = typeof routes;

/** The routes that are of a kind. */
export type IdOf<Kind> = { [Id in RouteId]: Routes[Id] extends Kind ? Id : never }[RouteId];

/** As deep as it goes: what is sent is not changed. */
type Given<T> = T extends readonly (infer Item)[]
  ? readonly Given<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]: Given<T[Name]> }
    : T;

/** May be left out where nothing in it has to be said; of `none` there is nothing that could be. */
type Part<Name extends string, T> =
  Partial<T> extends T | Record<string, undefined>
    ? { readonly [N in Name]?: Given<T> }
    : { readonly [N in Name]: Given<T> };

/** The body of a call, before the route's schema has read it. */
export type Body<Id extends RouteId> = Routes[Id]['body'] extends z.ZodType
  ? Given<z.input<Routes[Id]['body']>>
  : never;

/** What a call takes: what the route's own schemas take, before they have read it. `text` says the format. */
export type Sent<Id extends RouteId> = Part<'params', z.input<Routes[Id]['params']>> &
  Part<'query', Omit<z.input<Routes[Id]['query']>, 'format'>> &
  (Routes[Id]['body'] extends z.ZodType ? { readonly body: Body<Id> } : unknown) &
  (Routes[Id]['method'] extends 'POST' ? { readonly idempotencyKey?: string } : unknown);

/** What a call answers. */
export type Answered<Id extends RouteId> = Routes[Id]['response']['_zod']['output'];

/** Routes that answer in pages: `cursor` leads on. */
export type ListId = IdOf<{
  readonly query: { readonly shape: { readonly cursor: z.ZodType } };
  readonly response: z.ZodType<{ items: unknown[] }>;
}>;

/** What the pages of a list hold. */
export type Item<Id extends ListId> = Answered<Id>['items'][number];

/** Routes whose answer is also given as a text. */
export type TextId<Format extends TextFormat = TextFormat> = IdOf<{ readonly formats: readonly Format[] }>;

type Errors<Id extends RouteId> = Routes[Id]['errors'] & typeof commonErrors;

interface Refusal<Status extends number, Code extends string> {
  readonly ok: false;
  readonly status: Status;
  readonly headers: Headers;
  readonly problem: Problem & { readonly code: Code };
}

/** An answer with its status: what the route answers, one of the refusals that it names, or a fault of hub or gateway. */
export type Reply<Id extends RouteId> =
  | {
      readonly ok: true;
      readonly status: Routes[Id]['status'];
      readonly headers: Headers;
      readonly body: Answered<Id>;
    }
  | { [Code in keyof Errors<Id> & string]: Refusal<Errors<Id>[Code] & number, Code> }[keyof Errors<Id> & string]
  | Refusal<500 | 502 | 503 | 504, 'fault' | `http-${number}`>;
