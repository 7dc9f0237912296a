import type { StreamRecord } from '../aws/contracts.ts';
import { TemplateFault } from '../template/fault.ts';
import type { Known } from '../template/model.ts';
import { queueUrl } from '../template/world.ts';
import { failureQueue } from './failure-queue.ts';
import { placeOf, type WiringOptions } from './options.ts';
import { nameOf, type QueueSource } from './queue-source.ts';
import { streamReader } from './stream-source.ts';

type Mapping = Known<'AWS::Lambda::EventSourceMapping'>;

export interface TableStream {
  readonly table: string;
  readonly read: (records: readonly StreamRecord[]) => Promise<void>;
}

/** Processes that work off one queue on this machine; AWS starts with five and goes on to the mapping's maximum. */
const QUEUE_WORKERS = 2;

/** Every enabled event source mapping. @throws TemplateFault for a source or a setting that is not known. */
export function eventSourcesOf(
  options: WiringOptions,
  stopping: AbortSignal,
): { queues: QueueSource[]; streams: TableStream[] } {
  const sources: { queues: QueueSource[]; streams: TableStream[] } = { queues: [], streams: [] };
  for (const mapping of options.model.all('AWS::Lambda::EventSourceMapping')) {
    const service = mapping.properties.EventSourceArn.split(':')[2];
    if (!mapping.properties.Enabled) continue;
    if (service === 'sqs') sources.queues.push(queueOf(options, mapping));
    else if (service === 'dynamodb') sources.streams.push(streamOf(options, mapping, stopping));
    else throw new TemplateFault(`${placeOf(mapping)}: the local hub does not know event sources of ${service}`);
  }
  return sources;
}

function queueOf({ model, access, poolOf, sqsAs, inFlight, setAside }: WiringOptions, mapping: Mapping): QueueSource {
  const { EventSourceArn: queueArn, FunctionName, BatchSize, ScalingConfig, ...rest } = mapping.properties;
  const pool = poolOf(FunctionName);
  const name = nameOf(queueArn);
  if (rest.FilterCriteria) throw new TemplateFault(`${placeOf(mapping)}: the local hub does not filter messages`);
  if (!model.all('AWS::SQS::Queue').some((queue) => queue.name === name)) {
    throw new TemplateFault(`${placeOf(mapping)}: the template has no queue ${queueArn}`);
  }
  const actions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
  access.require(pool.spec.roleArn, actions, queueArn, placeOf(mapping));
  return {
    queueArn,
    queueUrl: queueUrl(model.world, name),
    batchSize: BatchSize ?? 10,
    concurrency: Math.min(QUEUE_WORKERS, ScalingConfig?.MaximumConcurrency ?? QUEUE_WORKERS),
    reportsBatchItemFailures: rest.FunctionResponseTypes.length > 0,
    pool,
    client: sqsAs(pool),
    inFlight,
    setAside: (receiptHandle) => setAside(name, receiptHandle),
  };
}

function streamOf(options: WiringOptions, mapping: Mapping, signal: AbortSignal): TableStream {
  const { properties } = mapping;
  const { access, poolOf } = options;
  const pool = poolOf(properties.FunctionName);
  const streamArn = properties.EventSourceArn;
  const actions = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
  access.require(pool.spec.roleArn, actions, streamArn, placeOf(mapping));
  const destination = properties.DestinationConfig?.OnFailure.Destination;
  return {
    table: tableOf(options, mapping),
    read: streamReader({
      streamArn,
      filters: (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern),
      batchSize: properties.BatchSize ?? 100,
      reportsBatchItemFailures: properties.FunctionResponseTypes.length > 0,
      bisects: properties.BisectBatchOnFunctionError,
      maximumRetries: properties.MaximumRetryAttempts,
      pool,
      onFailure: destination === undefined ? undefined : failureQueue(options, pool, destination, placeOf(mapping)),
      signal,
    }),
  };
}

function tableOf({ model }: WiringOptions, mapping: Mapping): string {
  const streamArn = mapping.properties.EventSourceArn;
  const name = streamArn.split(':table/')[1]?.split('/')[0];
  const table = model.all('AWS::DynamoDB::Table').find((each) => each.name === name);
  if (!table?.properties.StreamSpecification) {
    throw new TemplateFault(`${placeOf(mapping)}: no table has the stream ${streamArn}`);
  }
  return table.name;
}
