import type { Middleware } from '../middleware.ts';
import { retryAfterOf } from '../share.ts';
import type { Told } from './log-requests.ts';
import { problemOf, problemResult } from './problem.ts';
import type { FindEndpoint } from './route.ts';
import type { Answer, Logged } from './requests.ts';

/** Gives refusals their form: problem details of the status that the route says for their code. */
export const problemsRendered =
  (find: FindEndpoint): Middleware<Logged, Logged, Answer, Told> =>
  (next) =>
  async (request) => {
    const answer = await next(request);
    if ('result' in answer) return answer;
    const { refusal } = answer;
    const { waitMs } = refusal;
    const result = problemResult(problemOf(refusal, find(request.event)?.route.errors ?? {}));
    const headers = { ...result.headers, ...(waitMs !== undefined && { 'retry-after': retryAfterOf(waitMs) }) };
    return { result: { ...result, headers }, code: refusal.code };
  };
