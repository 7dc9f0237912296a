import { AgreementState } from '../../schemas/contracts/agreements.ts';
import { AgreementId, ResourceId, VersionNumber } from '../../schemas/contracts/ids.ts';
import { traceOf } from '../kernel/about.ts';
import { phaseOf } from '../reading/agreement.ts';
import { planDataset } from './plan-dataset.ts';
import { reactToAgreement, type AgreementPorts } from './react-to-agreement.ts';

type Image = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

/** The part of a stream record that matters here, images in DynamoDB JSON. */
export interface StreamRecord {
  readonly dynamodb?: { readonly SequenceNumber?: string; readonly NewImage?: Image; readonly OldImage?: Image };
}

/** Sequence numbers of the records that failed. */
interface BatchResponse {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/**
 * The table's stream: new datasets, and agreements whose state or terms in force have changed. Only the records that failed are
 * reported; the stream then comes again from the first of them, and whatever was done before meets its own traces
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
 */
export const dispatchHandler =
  (ports: AgreementPorts) =>
  async (event: { readonly Records: readonly StreamRecord[] }): Promise<BatchResponse> => {
    const failed: string[] = [];
    for (const record of event.Records) {
      const sequenceNumber = record.dynamodb?.SequenceNumber ?? '';
      try {
        await dispatch(ports, record);
      } catch (fault) {
        ports.log.error('stream record failed', { ...traceOf(idsIn(record)), sequenceNumber, error: fault });
        failed.push(sequenceNumber);
      }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

/** The ids of the item that a record is about. */
const idsIn = ({ dynamodb }: StreamRecord) =>
  Object.fromEntries(Object.entries(dynamodb?.NewImage ?? {}).map(([name, value]) => [name, value.S]));

/** Looks at ids and state in the item's image; everything else is read from the table. */
async function dispatch(ports: AgreementPorts, { dynamodb }: StreamRecord): Promise<void> {
  const { NewImage: image, OldImage: before } = dynamodb ?? {};
  if (image?.['kind']?.S === 'dataset' && !before) {
    const version = VersionNumber.parse(Number(image['datasetVersion']?.N));
    await planDataset(ports, ResourceId.parse(image['resourceId']?.S), version);
  }
  if (image?.['kind']?.S === 'agreement' && isReactedTo(image, before)) {
    await reactToAgreement(ports, AgreementId.parse(image['agreementId']?.S));
  }
}

const everActive: ReadonlySet<string> = new Set(
  AgreementState.options.filter((state) => phaseOf({ state }) !== 'negotiated'),
);

/** An amendment that is filed changes the terms in force and leaves the state as it is. */
function isReactedTo(image: Image, before: Image | undefined): boolean {
  if (!everActive.has(image['state']?.S ?? '')) return false;
  return image['state']?.S !== before?.['state']?.S || image['termsVersion']?.N !== before?.['termsVersion']?.N;
}
