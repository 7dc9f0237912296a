import type { DeliveryId, DepartmentId, ExtractId, ResourceId } from '../../../schemas/contracts/ids.ts';
import {
  MAX_EXTRACTS_A_PASS,
  SMALL_BYTES,
  type DeliveryWork,
  type ExtractSpec,
} from '../../../schemas/contracts/messages.ts';

/** A planned delivery and what is to be written for it. */
export interface Order {
  readonly deliveryId: DeliveryId;
  readonly extractId: ExtractId;
  readonly resourceId: ResourceId;
  readonly datasetVersion: number;
  /** Of changes: since which version. */
  readonly baseDatasetVersion?: number | undefined;
  readonly provider: DepartmentId;
  /** Of the dataset, or of both versions that are compared. */
  readonly bytes: number;
  readonly spec: ExtractSpec;
}

/** One message: its group is the provider, so that one department's mass of deliveries does not delay another's. */
export interface Work {
  readonly provider: DepartmentId;
  /** Whether its pass takes a place among the large ones. */
  readonly large: boolean;
  readonly message: DeliveryWork;
}

const MAX_DELIVERIES_AN_EXTRACT = 1000;

/** SQS takes 1 MiB with attributes and group; what remains here is for them. */
export const MAX_MESSAGE_BYTES = 1_000_000;

type Extract = DeliveryWork['extracts'][number];

/**
 * Messages of at most 16 distinct extracts that one pass writes, over one dataset or over the same two; each extract with
 * its deliveries, no message above SQS's size.
 */
export const workOf = (orders: readonly Order[]): readonly Work[] =>
  [...Map.groupBy(orders, passOf).values()].flatMap(workOfPass);

const passOf = ({ resourceId, datasetVersion, baseDatasetVersion = 0 }: Order): string =>
  `${resourceId}#${datasetVersion}#${baseDatasetVersion}`;

function workOfPass(orders: readonly Order[]): readonly Work[] {
  const { provider, resourceId, datasetVersion, bytes } = orders[0]!;
  const large = bytes > SMALL_BYTES;
  const extracts = [...Map.groupBy(orders, ({ extractId }) => extractId).values()].flatMap(extractsOf);
  return packed(extracts).map((batch) => ({
    provider,
    large,
    message: { resourceId, datasetVersion, extracts: batch },
  }));
}

function extractsOf(orders: readonly Order[]): readonly Extract[] {
  const { extractId, spec, baseDatasetVersion } = orders[0]!;
  const ids = [...new Set(orders.map(({ deliveryId }) => deliveryId))];
  const shares: Extract[] = [];
  for (let from = 0; from < ids.length; from += MAX_DELIVERIES_AN_EXTRACT) {
    shares.push({
      extractId,
      spec,
      ...(baseDatasetVersion !== undefined && { baseDatasetVersion }),
      deliveries: ids.slice(from, from + MAX_DELIVERIES_AN_EXTRACT),
    });
  }
  return shares;
}

function packed(extracts: readonly Extract[]): Extract[][] {
  const batches: Extract[][] = [];
  let bytes = Infinity;
  for (const extract of extracts) {
    const size = Buffer.byteLength(JSON.stringify(extract)) + 1;
    const last = batches.at(-1);
    const fits =
      last &&
      last.length < MAX_EXTRACTS_A_PASS &&
      bytes + size <= MAX_MESSAGE_BYTES &&
      !last.some(({ extractId }) => extractId === extract.extractId);
    if (fits) last.push(extract);
    else batches.push([extract]);
    bytes = fits ? bytes + size : size + 200;
  }
  return batches;
}
