import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { FunctionPool } from '../runtime/pool.ts';
import { queueUrl } from '../template/world.ts';
import type { WiringOptions } from './options.ts';
import { nameOf } from './queue-source.ts';

/**
 * Sends what failed on every try, in the name of the function's role, as Lambda does.
 * @throws TemplateFault where the role may not.
 */
export function failureQueue(
  { access, sqsAs, model }: WiringOptions,
  pool: FunctionPool,
  queueArn: string,
  place: string,
): (event: unknown) => Promise<void> {
  access.require(pool.spec.roleArn, ['sqs:SendMessage'], queueArn, place);
  const client = sqsAs(pool);
  const QueueUrl = queueUrl(model.world, nameOf(queueArn));
  return async (event) => {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
  };
}
