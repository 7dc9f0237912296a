import type { z } from 'zod';
import type { Reference, StoredAnswer } from '../../schemas/stored/answers.ts';
import type { Route } from '../../schemas/contracts/routes.ts';
import type { Trace } from './about.ts';
import type { Caller } from './caller.ts';
import type { Outcome } from './outcome.ts';

/** A request as its handler sees it: authenticated, parsed, typed by its route. */
export interface Call<R extends Route> {
  readonly caller: Caller;
  readonly params: z.output<R['params']>;
  readonly query: z.output<R['query']>;
  readonly body: R['body'] extends z.ZodType ? z.output<R['body']> : undefined;
  /** The record that makes a repeated POST answer alike; commit it in the transaction of the effect. */
  answer(body: z.output<R['response']>): StoredAnswer | undefined;
  /** What leads on from a position of the list that is asked for; of `cursor` in the answer the frame makes it itself. */
  readonly cursorAt: (position: string) => string;
  /** The same where the answer holds words, values of records or secrets: a repetition has it made anew of the effect. */
  refer(to: Reference): StoredAnswer | undefined;
  /** Ids that the request's log line says beside those of its path. */
  readonly note: (ids: Trace) => void;
}

export type Reply<R extends Route> = Outcome<z.output<R['response']>, keyof R['errors'] & string>;

export interface Endpoint {
  readonly route: Route;
  readonly handle: (call: Call<Route>) => Promise<Outcome<unknown, string>>;
  /** What a repetition is answered whose effect is where the reference leads. */
  readonly again: ((call: Call<Route>, to: Reference) => Promise<Outcome<unknown, string>>) | undefined;
}

export const endpoint = <R extends Route>(
  route: R,
  handle: (call: Call<R>) => Promise<Reply<R>>,
  again?: (call: Call<R>, to: Reference) => Promise<Reply<R>>,
): Endpoint => ({
  route,
  // A call is built from the route's own schemas, so what the handler receives is what its type says.
  handle,
  again,
});
