import { afterAll, describe, expect, test } from '@jest/globals';
import { App, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findings } from '../../infra/check/findings.ts';
import { accepted, acceptedWildcards } from '../../infra/constructs/accepted.ts';
import { settingsFrom } from '../../infra/settings.ts';
import { addHub } from '../../infra/stacks/hub.ts';

const folder = mkdtempSync(join(tmpdir(), 'hub-nag-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const anApp = () => new App({ outdir: mkdtempSync(join(folder, 'out-')), analyticsReporting: false });

function hubOf(context: Readonly<Record<string, unknown>>): App {
  const app = anApp();
  addHub(app, settingsFrom(context), { folderOf: () => import.meta.dirname });
  return app;
}

describe.each([
  ['as it comes', {}],
  [
    'in China, with definitions',
    { 'hub:region': 'cn-north-1', 'hub:account': '111122223333', 'hub:publishDefinitions': true },
  ],
  ['with a web ACL, without a trail', { 'hub:waf': true, 'hub:trail': false }],
  ['with a private API', { 'hub:privateVpcEndpointIds': 'vpce-0a', 'hub:gatewayLogRole': false }],
])('the hub %s', (_, context) => {
  const app = hubOf(context);

  test('has no finding of AwsSolutions that nobody gave a reason for', () => {
    expect(findings(app).mustBeMended).toEqual([]);
  });

  test('says why each of the others stands, and accepts nothing that was not found', () => {
    const reasons = app.node.findAll().flatMap(acceptedOn);
    expect(reasons.length).toBeGreaterThan(10);
    for (const [, reason] of reasons) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
    const unneeded = reasons.filter(([rule, , path]) => !stillFound(app, rule, path));
    expect(unneeded).toEqual([]);
  });
});

/** Rule, reason and path of what is accepted on a construct. */
function acceptedOn(construct: IConstruct): readonly (readonly [rule: string, reason: string, path: string])[] {
  return construct.node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data as Record<string, string>))
    .map(([rule, reason]) => [rule.replace(/^annotation::/i, ''), reason, construct.node.path] as const);
}

/** What would be found if nothing were accepted, by app. */
const bare = new WeakMap<App, ReadonlySet<string>>();
function stillFound(app: App, rule: string, path: string): boolean {
  if (!bare.has(app)) {
    const resources = app.node.findAll().filter((each) => CfnResource.isCfnResource(each));
    const untold = app.node.findAll().map((each) => [each, each.node.metadata] as const);
    for (const [each] of untold) Object.defineProperty(each.node, 'metadata', { value: [], configurable: true });
    bare.set(app, new Set(findings(app).mustBeMended.map((found) => `${found.rule} ${found.path}`)));
    for (const [each, metadata] of untold)
      Object.defineProperty(each.node, 'metadata', { value: metadata, configurable: true });
    expect(resources.length).toBeGreaterThan(0);
  }
  return [...bare.get(app)!].some((found) => found.startsWith(`${rule} ${path}`));
}

describe('a finding', () => {
  const aQueue = () => {
    const app = anApp();
    const queue = new Queue(new Stack(app, 'Stack'), 'Queue');
    return { app, queue };
  };

  test('is told with its rule and its place', () => {
    expect(findings(aQueue().app).mustBeMended).toContainEqual({
      rule: 'AwsSolutions-SQS3',
      path: 'Stack/Queue/Resource',
      what: expect.stringContaining('DLQ'),
    });
  });

  test('that is accepted is told no more; others are', () => {
    const { app, queue } = aQueue();
    accepted(queue, 'AwsSolutions-SQS3', 'for a test');
    expect(findings(app).mustBeMended.map(({ rule }) => rule)).toEqual(['AwsSolutions-SQS4']);
  });

  test('of a permission without wildcard needs no reason, and an unknown form of a resource is a mistake', () => {
    const { queue } = aQueue();
    acceptedWildcards(queue, [queue.queueArn, 'arn:p:s3:::b/c'], 'for a test');
    expect(acceptedOn(queue)).toEqual([]);
    const unknown = Stack.of(queue).resolve({ 'Fn::Sub': '*' }) as string;
    expect(() => acceptedWildcards(queue, [unknown], 'for a test')).toThrow('Fn::Sub');
  });
});
