import { NotInTime } from '../fault.ts';
import type { Middleware } from '../middleware.ts';
import { refuse } from '../outcome.ts';
import type { Answer, Logged } from './requests.ts';

/**
 * Answers before Lambda ends the function, and API Gateway its patience (29 s), where what is asked for takes longer: the
 * caller is told to repeat the call instead of hearing nothing of the hub's own. What is under way may be done all the same. So it is told
 * where a write did not get through for as long as its adapter insisted.
 */
export const inTime: Middleware<Logged, Logged, Answer> = (next) => async (request) => {
  const { signal } = request;
  const answer = next(request).catch(notInTime);
  if (!signal) return answer;
  const { promise: late, resolve } = Promise.withResolvers<Answer>();
  const tell = () => resolve(refuse('timed-out'));
  signal.addEventListener('abort', tell, { once: true });
  try {
    return await Promise.race([answer, late]);
  } finally {
    signal.removeEventListener('abort', tell);
  }
};

function notInTime(fault: unknown): Answer {
  if (fault instanceof NotInTime) return refuse('timed-out');
  throw fault;
}
