import type { Middleware } from '../middleware.ts';
import { refuse } from '../outcome.ts';
import type { Answer, Logged } from './requests.ts';

/**
 * Answers before Lambda ends the function, and API Gateway its patience (29 s), where what is asked for takes longer: the
 * caller is told to repeat the call instead of hearing nothing of the hub's own. What is under way may be done all the same.
 */
export const inTime: Middleware<Logged, Logged, Answer> = (next) => async (request) => {
  const { signal } = request;
  if (!signal) return next(request);
  const { promise: late, resolve } = Promise.withResolvers<Answer>();
  const tell = () => resolve(refuse('timed-out'));
  signal.addEventListener('abort', tell, { once: true });
  try {
    return await Promise.race([next(request), late]);
  } finally {
    signal.removeEventListener('abort', tell);
  }
};
