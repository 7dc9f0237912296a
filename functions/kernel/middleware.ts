/** Answers a request, or deals with a message. */
export type Handle<Request, Answer> = (request: Request) => Promise<Answer>;

/**
 * Takes a request on its way in and the answer on its way out, or answers by itself. What it adds to the request is there
 * for those behind it, and for nobody before: a chain in another order does not compile.
 */
export type Middleware<In, Out, Inner, Outer = Inner> = (next: Handle<Out, Inner>) => Handle<In, Outer>;

interface Chain<In, Out, Inner, Outer> {
  use<Further, Innermost>(middleware: Middleware<Out, Further, Innermost, Inner>): Chain<In, Further, Innermost, Outer>;
  handle(handle: Handle<Out, Inner>): Handle<In, Outer>;
}

/** Middlewares in the order in which requests pass them; answers pass them the other way round. */
export const through = <In, Out, Inner, Outer>(
  middleware: Middleware<In, Out, Inner, Outer>,
): Chain<In, Out, Inner, Outer> => ({
  use: (further) => through((next) => middleware(further(next))),
  handle: middleware,
});
