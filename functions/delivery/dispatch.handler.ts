import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { z } from 'zod';
import { AgreementState } from '../../schemas/contracts/agreements.ts';
import { AgreementId, ResourceId } from '../../schemas/contracts/ids.ts';
import { planDataset } from './plan-dataset.ts';
import { reactToAgreement, type AgreementPorts } from './react-to-agreement.ts';

const text = <S extends z.ZodType<string, string>>(schema: S) => z.object({ S: schema });

/** What dispatch looks at in an item's image (DynamoDB JSON); everything else is read from the table. */
const DatasetImage = z.object({ resourceId: text(ResourceId), datasetVersion: z.object({ N: z.coerce.number().int() }) });
const AgreementImage = z.object({ agreementId: text(AgreementId), state: text(AgreementState) });

/**
 * The table's stream: new datasets, and agreements that became active or were ended. Only the records that failed are
 * reported; the stream then comes again from the first of them, and whatever was done before meets its own traces
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
 */
export const dispatchHandler = (ports: AgreementPorts) => async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
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

async function dispatch(ports: AgreementPorts, { dynamodb }: DynamoDBRecord): Promise<void> {
  const image = dynamodb?.NewImage;
  if (!image) return;
  switch (image['kind']?.S) {
    case 'dataset': {
      if (dynamodb?.OldImage) return;
      const { resourceId, datasetVersion } = DatasetImage.parse(image);
      return planDataset(ports, resourceId.S, datasetVersion.N);
    }
    case 'agreement': {
      const { agreementId, state } = AgreementImage.parse(image);
      if (state.S === dynamodb?.OldImage?.['state']?.S) return;
      if (state.S === 'active' || state.S === 'terminated') return reactToAgreement(ports, agreementId.S);
    }
  }
}
