import type { SQSClient } from '@aws-sdk/client-sqs';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { ObjectCreated, StreamRecord } from '../aws/contracts.ts';
import type { Access } from '../access/access.ts';
import type { HubClock } from '../clock.ts';
import type { FunctionPool } from '../runtime/pool.ts';
import { TemplateFault } from '../template/fault.ts';
import type { Json } from '../template/json.ts';
import type { Known, Model } from '../template/model.ts';
import { queueUrl } from '../template/world.ts';
import { mayInvoke } from './mayInvoke.ts';
import type { InFlight } from './inFlight.ts';
import { giveBack, nameOf, pollQueue, type QueueSource } from './queueSource.ts';
import { eventBus, objectCreatedEvent, type Rule } from './rules.ts';
import { runSchedule } from './schedules.ts';
import type { Stoppable } from './stoppable.ts';
import { streamReader } from './streamSource.ts';

export interface WiringOptions {
  readonly model: Model;
  readonly access: Access;
  readonly clock: HubClock;
  readonly poolOf: (functionArnOrName: string) => FunctionPool;
  /** Signs as the function's role. */
  readonly sqsAs: (pool: FunctionPool) => SQSClient;
  readonly inFlight: InFlight;
}

/** What the template's event sources, rules and schedules make of things that happen. */
export interface Wiring {
  onObjectCreated(object: ObjectCreated): Promise<void>;
  onStreamRecords(tableName: string, records: readonly StreamRecord[]): Promise<void>;
  /** Gives back what an earlier run held, then starts polling and the schedules. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Processes that work off one queue on this machine; AWS starts with five and goes on to the mapping's maximum. */
const QUEUE_WORKERS = 2;

/** @throws TemplateFault where a source, target or permission is missing: what AWS would say at deployment or never. */
export function wiringOf(options: WiringOptions): Wiring {
  const { model, clock } = options;
  const stopping = new AbortController();
  const mappings = model.all('AWS::Lambda::EventSourceMapping').filter(({ properties }) => properties.Enabled);
  const queues = mappings.filter(({ properties }) => properties.EventSourceArn.includes(':sqs:')).map((mapping) => queueSourceOf(options, mapping));
  const streams = mappings.filter(({ properties }) => properties.EventSourceArn.includes(':dynamodb:')).map((mapping) => streamOf(options, mapping, stopping.signal));
  const bus = eventBus(model.all('AWS::Events::Rule').filter(({ properties }) => properties.State === 'ENABLED').map((rule) => ruleOf(options, rule)), stopping.signal);
  const schedules = model.all('AWS::Scheduler::Schedule').filter(({ properties }) => properties.State === 'ENABLED').map((schedule) => scheduleOf(options, schedule));
  const announcing = new Set(model.all('AWS::S3::Bucket').filter(({ properties }) => properties.NotificationConfiguration).map(({ name }) => name));
  const running: Stoppable[] = [];
  return {
    onObjectCreated: async (object) => {
      if (announcing.has(object.bucket)) await bus(objectCreatedEvent(object, model.world));
    },
    onStreamRecords: async (tableName, records) => {
      for (const { table, read } of streams) if (table === tableName) await read(records);
    },
    start: async () => {
      for (const { queueName, receiptHandles } of options.inFlight.left()) {
        const source = queues.find(({ queueArn }) => nameOf(queueArn) === queueName);
        if (source) await giveBack(source, receiptHandles);
      }
      running.push(...queues.map(pollQueue), ...schedules.map((schedule) => runSchedule(schedule, clock)));
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(running.map((each) => each.stop()));
    },
  };
}

function queueSourceOf({ model, access, poolOf, sqsAs, inFlight }: WiringOptions, { properties, stack, logicalId }: Known<'AWS::Lambda::EventSourceMapping'>): QueueSource {
  const pool = poolOf(properties.FunctionName);
  const queueArn = properties.EventSourceArn;
  access.require(pool.spec.roleArn, ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queueArn, `${stack}/${logicalId}`);
  return {
    queueArn,
    queueUrl: queueUrl(model.world, queueArn.split(':').at(-1) ?? ''),
    batchSize: properties.BatchSize ?? 10,
    concurrency: Math.min(QUEUE_WORKERS, properties.ScalingConfig?.MaximumConcurrency ?? QUEUE_WORKERS),
    reportsBatchItemFailures: properties.FunctionResponseTypes.length > 0,
    pool,
    client: sqsAs(pool),
    inFlight,
  };
}

function streamOf(options: WiringOptions, { properties, stack, logicalId }: Known<'AWS::Lambda::EventSourceMapping'>, signal: AbortSignal) {
  const { access, poolOf, model } = options;
  const pool = poolOf(properties.FunctionName);
  const streamArn = properties.EventSourceArn;
  const place = `${stack}/${logicalId}`;
  access.require(pool.spec.roleArn, ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], streamArn, place);
  const table = streamArn.split(':table/')[1]?.split('/')[0];
  if (!model.all('AWS::DynamoDB::Table').some(({ name, properties: { StreamSpecification } }) => name === table && StreamSpecification)) {
    throw new TemplateFault(`${place}: no table has the stream ${streamArn}`);
  }
  const destination = properties.DestinationConfig?.OnFailure.Destination;
  return {
    table,
    read: streamReader({
      streamArn,
      filters: (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern),
      batchSize: properties.BatchSize ?? 100,
      reportsBatchItemFailures: properties.FunctionResponseTypes.length > 0,
      bisects: properties.BisectBatchOnFunctionError,
      maximumRetries: properties.MaximumRetryAttempts,
      pool,
      onFailure: destination === undefined ? undefined : sendTo(options, pool, destination, place),
      signal,
    }),
  };
}

/** A queue for what failed on every try; Lambda sends in the name of the function's role. */
function sendTo({ access, sqsAs, model }: WiringOptions, pool: FunctionPool, queueArn: string, place: string) {
  access.require(pool.spec.roleArn, ['sqs:SendMessage'], queueArn, place);
  const client = sqsAs(pool);
  return async (event: unknown): Promise<void> => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl(model.world, queueArn.split(':').at(-1) ?? ''), MessageBody: JSON.stringify(event) }));
  };
}

function ruleOf(options: WiringOptions, { properties, name, stack, logicalId }: Known<'AWS::Events::Rule'>): Rule {
  const { model, poolOf } = options;
  const arn = `arn:${model.world.partition}:events:${model.world.region}:${model.world.account}:rule/${name}`;
  const targets = properties.Targets.map(({ Arn }) => {
    const pool = poolOf(Arn);
    mayInvoke(model, pool.spec, 'events.amazonaws.com', arn, `${stack}/${logicalId}`);
    const deadLetters = model.all('AWS::Lambda::Function').find((each) => each.name === pool.spec.name)?.properties.DeadLetterConfig;
    return { pool, onFailure: deadLetters && sendTo(options, pool, deadLetters.TargetArn, `${stack}/${logicalId}`) };
  });
  return { pattern: properties.EventPattern as Json, targets };
}

function scheduleOf({ access, poolOf, model }: WiringOptions, { properties, name, stack, logicalId }: Known<'AWS::Scheduler::Schedule'>) {
  const { Target, ScheduleExpression, ScheduleExpressionTimezone } = properties;
  const pool = poolOf(Target.Arn);
  access.require(Target.RoleArn, ['lambda:InvokeFunction'], pool.spec.arn, `${stack}/${logicalId}`);
  const arn = `arn:${model.world.partition}:scheduler:${model.world.region}:${model.world.account}:schedule/default/${name}`;
  return { name, arn, expression: ScheduleExpression, timezone: ScheduleExpressionTimezone, input: Target.Input, pool };
}
