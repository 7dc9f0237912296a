import { DynamoDBServiceException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { SQSServiceException } from '@aws-sdk/client-sqs';

/** Stands in what services say: it must not get any further. */
export const SECRET = '110105194912310021';

const said = { $metadata: { httpStatusCode: 400, requestId: 'request-7' }, message: `not now, ${SECRET}` };

export const dynamoError = (name: string, $fault: 'client' | 'server' = 'client') =>
  new DynamoDBServiceException({ ...said, name, $fault });
export const s3Error = (name: string, $fault: 'client' | 'server' = 'client') =>
  new S3ServiceException({ ...said, name, $fault });
export const sqsError = (name: string, $fault: 'client' | 'server' = 'client') =>
  new SQSServiceException({ ...said, name, $fault });

/** A transaction that was cancelled, with the reason of each of its writes. */
export const cancelled = (...codes: readonly string[]) =>
  new TransactionCanceledException({
    ...said,
    CancellationReasons: codes.map((Code) => ({ Code, Message: SECRET, Item: { name: { S: SECRET } } })),
  });

/** The condition of one of so many writes has failed. */
export const conditionFailed = (position: number) =>
  cancelled(
    ...Array.from({ length: position + 1 }, (_, index) => (index === position ? 'ConditionalCheckFailed' : 'None')),
  );

/** No answer came: what was asked for may have been done. */
export const timedOut = () => Object.assign(new Error(`no answer, ${SECRET}`), { name: 'TimeoutError' });
export const connectionLost = () => Object.assign(new Error(`hang up, ${SECRET}`), { code: 'ECONNRESET' });
