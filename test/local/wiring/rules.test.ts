import { expect, test } from '@jest/globals';
import { eventBus, objectCreatedEvent, stackCompleteEvent } from '../../../infra/local/wiring/rules.ts';
import { resolverOf } from '../../../infra/local/template/resolver.ts';
import { aStack, world } from '../stacks.ts';
import { failed, scriptedPool, succeeded } from './scripted-pool.ts';

const created = objectCreatedEvent(
  {
    bucket: 'files',
    key: 'uploads/1',
    size: 9,
    eTag: 'e',
    versionId: 'v',
    sequencer: '0A',
    reason: 'PutObject',
    requester: '000000000000',
    at: new Date('2026-12-01T01:02:03.4Z'),
  },
  world,
);
const pattern = { source: ['aws.s3'], 'detail-type': ['Object Created'], detail: { bucket: { name: ['files'] } } };
const running = () => new AbortController().signal;

test('an object’s event has the shape that S3 gives it', () => {
  expect(created).toEqual({
    version: '0',
    id: expect.any(String),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '000000000000',
    time: '2026-12-01T01:02:03Z',
    region: 'us-east-1',
    resources: ['arn:aws:s3:::files'],
    detail: {
      version: '0',
      bucket: { name: 'files' },
      object: { key: 'uploads/1', size: 9, etag: 'e', 'version-id': 'v', sequencer: '0A' },
      'request-id': expect.any(String),
      requester: '000000000000',
      'source-ip-address': '127.0.0.1',
      reason: 'PutObject',
    },
  });
});

test('a stack’s event has the shape that CloudFormation gives it, and the id that the template knows it by', async () => {
  const event = stackCompleteEvent('hub-dev-service', new Date('2026-12-01T01:02:03.4Z'), world);
  const id = 'arn:aws:cloudformation:us-east-1:000000000000:stack/hub-dev-service/local';
  expect(event).toEqual({
    version: '0',
    id: expect.any(String),
    'detail-type': 'CloudFormation Stack Status Change',
    source: 'aws.cloudformation',
    account: '000000000000',
    time: '2026-12-01T01:02:03Z',
    region: 'us-east-1',
    resources: [id],
    detail: {
      'stack-id': id,
      'status-details': { status: 'UPDATE_COMPLETE', 'status-reason': '' },
      'client-request-token': expect.any(String),
    },
  });
  const stack = aStack({ name: 'hub-dev-service' });
  expect(resolverOf([stack], world).resolve(stack, { Ref: 'AWS::StackId' })).toBe(id);
});

test('every rule that matches gets it, no other', async () => {
  const [one, two, other] = [scriptedPool(), scriptedPool(), scriptedPool()];
  const target = (pool: typeof one) => [{ pool, retries: 2, onFailure: undefined }];
  const bus = eventBus(
    [
      { pattern, targets: [...target(one), ...target(two)] },
      { pattern: { source: ['aws.sqs'] }, targets: target(other) },
    ],
    running(),
  );
  await bus(created);
  expect([one.events, two.events, other.events]).toEqual([[created], [created], []]);
});

test.each([
  [0, 1],
  [1, 2],
])('a function whose settings say %i retries is tried %i times', async (retries, tries) => {
  const pool = scriptedPool(() => failed);
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const target = { pool, retries, onFailure: async (event: unknown) => resolve(event) };
  await eventBus([{ pattern: {}, targets: [target] }], running(), [1, 1])(created);
  await promise;
  expect(pool.events).toHaveLength(tries);
});

test('a function that fails gets it again beside later events; after three tries it goes to the queue for failures', async () => {
  const pool = scriptedPool((event) => (event === created ? failed : succeeded()));
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const bus = eventBus(
    [{ pattern: {}, targets: [{ pool, retries: 2, onFailure: async (event) => resolve(event) }] }],
    running(),
    [20, 20],
  );
  await bus(created);
  await bus({ later: true });
  expect(pool.events).toEqual([created, { later: true }]);
  expect(await promise).toEqual(created);
  expect(pool.events).toEqual([created, { later: true }, created, created]);
});
