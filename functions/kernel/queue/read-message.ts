import type { z } from 'zod';
import { loosened } from '../../../schemas/stored/loosened.ts';
import { traceOf } from '../about.ts';
import type { Middleware } from '../middleware.ts';
import type { Logged } from './log-failures.ts';

export interface Read<Message> extends Logged {
  readonly message: Message;
}

/** What a message says, by its contract; a newer hub may have added to it. @throws where it is none */
export const read =
  <S extends z.ZodType>(schema: S): Middleware<Logged, Read<z.output<S>>, void> =>
  (next) =>
  async (delivered) => {
    const message = loosened(schema).parse(JSON.parse(delivered.record.body));
    delivered.note(traceOf(message));
    await next({ ...delivered, message });
  };
