import { createHash } from 'node:crypto';
import { ANSWER_DAYS, type StoredAnswer } from '../../../schemas/stored/answers.ts';
import { traceOf } from '../about.ts';
import { digestOf } from '../digest.ts';
import { Fault } from '../fault.ts';
import type { Middleware } from '../middleware.ts';
import { refuse } from '../outcome.ts';
import type { Answers, Clock } from '../ports.ts';
import { after, epochSeconds } from '../time.ts';
import type { Answer, Parsed, Repeatable } from './requests.ts';

interface Ports {
  readonly answers: Answers;
  readonly clock: Clock;
  /** Of what a request says; a keyed one where that could be guessed by trying. */
  readonly digest?: ((value: unknown) => string | Promise<string>) | undefined;
}

type Key = Pick<StoredAnswer, 'department' | 'routeId' | 'key' | 'requestDigest'>;

/** A POST with an Idempotency-Key has its effect once: a repetition gets the answer that the first one got. */
export const repeatable =
  ({ answers, clock, digest = digestOf }: Ports): Middleware<Parsed, Repeatable, Answer> =>
  (next) =>
  async (request) => {
    const key = await keyOf(request, digest);
    const { status } = request.endpoint.route;
    const kept = (answer: Pick<StoredAnswer, 'body' | 'refersTo'>): StoredAnswer | undefined =>
      key && { ...key, status, ...answer, expires: epochSeconds(after(clock.now(), { days: ANSWER_DAYS })) };
    const call: Repeatable = {
      ...request,
      answer: (body) => kept({ body: JSON.stringify(body) }),
      refer: (refersTo) => kept({ refersTo }),
    };
    const repeated = async () => {
      const earlier = key && (await answers.find(key.department, key.routeId, key.key));
      if (!earlier) return undefined;
      return earlier.requestDigest === key.requestDigest
        ? replay(earlier, call, next)
        : refuse('idempotency-key-reused');
    };
    const given = await repeated();
    if (given) return given;
    const answer = await next(call);
    // A call with the same key may have won the race for the same effect: then its answer is this one's too.
    return 'refusal' in answer ? ((await repeated()) ?? answer) : answer;
  };

/** Of the request as it was parsed: however it was written, the same is the same. */
async function keyOf(
  { caller, endpoint, params, body, idempotencyKey }: Parsed,
  digest: NonNullable<Ports['digest']>,
): Promise<Key | undefined> {
  if (idempotencyKey === undefined) return undefined;
  return {
    department: caller.department,
    routeId: endpoint.route.id,
    key: createHash('sha256').update(idempotencyKey).digest('hex'),
    requestDigest: await digest({ params, body }),
  };
}

async function replay(
  { status, body, refersTo: effect }: StoredAnswer,
  call: Repeatable,
  next: (call: Repeatable) => Promise<Answer>,
): Promise<Answer> {
  if (effect) {
    const answer = await next({ ...call, effect });
    return 'refusal' in answer ? answer : { ...answer, outcome: 'replayed' };
  }
  if (body === undefined) throw new Fault(`an answer of ${call.endpoint.route.id} says nothing`);
  call.note(traceOf(JSON.parse(body)));
  return { result: { statusCode: status, headers: { 'content-type': 'application/json' }, body }, outcome: 'replayed' };
}
