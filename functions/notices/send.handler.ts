import { NoticeId } from '../../schemas/contracts/ids.ts';
import type { Ports } from './ports.ts';
import { sendOrLeave } from './send.ts';

type Image = Readonly<
  Record<string, { readonly S?: string; readonly M?: Readonly<Record<string, { readonly S?: string }>> }>
>;

/** The part of a stream record that matters here, images in DynamoDB JSON. */
export interface StreamRecord {
  readonly dynamodb?: { readonly SequenceNumber?: string; readonly NewImage?: Image; readonly OldImage?: Image };
}

/** Sequence numbers of the records that failed. */
interface BatchResponse {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/**
 * The table's stream: notices as they were committed. Only what the hub itself could not do is reported, and comes again
 * with all that follows it in its shard
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html); a mailbox that fails is no
 * reason for that, since the sweep tries it again.
 */
export const sendHandler =
  (ports: Ports) =>
  async (event: { readonly Records: readonly StreamRecord[] }): Promise<BatchResponse> => {
    const failed: string[] = [];
    for (const { dynamodb } of event.Records) {
      const noticeId = committedIn(dynamodb);
      if (noticeId === undefined) continue;
      const sequenceNumber = dynamodb?.SequenceNumber ?? '';
      try {
        await sendOrLeave(ports, NoticeId.parse(noticeId));
      } catch (fault) {
        ports.log.error('stream record failed', { noticeId, sequenceNumber, error: fault });
        failed.push(sequenceNumber);
      }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

/** A notice that is new; one that was postponed, or committed a second time, is the sweep's. */
const committedIn = (change: StreamRecord['dynamodb']): string | undefined =>
  change?.OldImage === undefined && change?.NewImage?.['kind']?.S === 'message'
    ? change.NewImage['notice']?.M?.['noticeId']?.S
    : undefined;
