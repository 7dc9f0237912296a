interface Refused {
  readonly ok: false;
  readonly problem: unknown;
}

/** What a call was refused with, where it has to be. */
export function problemOf<Reply extends { readonly ok: true; readonly status: number } | Refused>(
  reply: Reply,
): Extract<Reply, Refused>['problem'] {
  if (reply.ok) throw new Error(`not refused: ${reply.status}`);
  return reply.problem;
}
