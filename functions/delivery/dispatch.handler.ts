import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { AgreementId, ResourceId, VersionNumber } from '../../schemas/contracts/ids.ts';
import { planDataset } from './plan-dataset.ts';
import { reactToAgreement, type AgreementPorts } from './react-to-agreement.ts';

/**
 * The table's stream: new datasets, and agreements that became active or were ended. Only the records that failed are
 * reported; the stream then comes again from the first of them, and whatever was done before meets its own traces
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
 */
export const dispatchHandler =
  (ports: AgreementPorts) =>
  async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const failed: string[] = [];
    for (const record of event.Records) {
      const sequenceNumber = record.dynamodb?.SequenceNumber ?? '';
      try {
        await dispatch(ports, record);
      } catch (fault) {
        ports.log.error('stream record failed', { sequenceNumber, error: fault });
        failed.push(sequenceNumber);
      }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

/** Looks at ids and state in the item's image (DynamoDB JSON); everything else is read from the table. */
async function dispatch(ports: AgreementPorts, { dynamodb }: DynamoDBRecord): Promise<void> {
  const image = dynamodb?.NewImage;
  if (!image) return;
  switch (image['kind']?.S) {
    case 'dataset':
      if (dynamodb?.OldImage) return;
      return planDataset(
        ports,
        ResourceId.parse(image['resourceId']?.S),
        VersionNumber.parse(Number(image['datasetVersion']?.N)),
      );
    case 'agreement': {
      const state = image['state']?.S;
      if (state === dynamodb?.OldImage?.['state']?.S) return;
      if (state === 'active' || state === 'terminated')
        return reactToAgreement(ports, AgreementId.parse(image['agreementId']?.S));
    }
  }
}
