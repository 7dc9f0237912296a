import { describe, expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsFrom } from '../../infra/settings.ts';
import { addHub } from '../../infra/stacks/hub.ts';
import { synthesized } from './synthesized.ts';

const ordinary = synthesized();
const china = synthesized({ 'hub:stage': 'prod', 'hub:region': 'cn-north-1', 'hub:account': '111122223333' });
const parts = ['data', 'access', 'service'] as const;

/** The types of the README, which the local hub knows; another one is a decision, not an accident. */
const types: Readonly<Record<(typeof parts)[number], readonly string[]>> = {
  data: ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
  access: [
    'AWS::ApiGateway::RestApi',
    'AWS::IAM::ManagedPolicy',
    'AWS::IAM::Role',
    'AWS::SQS::Queue',
    'AWS::SQS::QueuePolicy',
  ],
  service: [
    'AWS::ApiGateway::Deployment',
    'AWS::ApiGateway::Stage',
    'AWS::Events::Rule',
    'AWS::IAM::Role',
    'AWS::Lambda::EventSourceMapping',
    'AWS::Lambda::Function',
    'AWS::Lambda::Permission',
    'AWS::Logs::LogGroup',
    'AWS::SQS::Queue',
    'AWS::SQS::QueuePolicy',
    'AWS::Scheduler::Schedule',
  ],
};

describe.each(parts)('the %s stack', (part) => {
  test('has the known resource types, and fewer than 400 resources', () => {
    const resources = Object.values(ordinary[part].Resources);
    expect([...new Set(resources.map(({ Type }) => Type))].sort()).toEqual(types[part]);
    expect(resources.length).toBeLessThan(400);
  });

  test('deploys to China: partition and suffix are AWS’s to fill in', () => {
    const text = JSON.stringify(china[part]);
    expect(text).toContain('hub-prod');
    expect(text.match(/arn:aws[\w-]*/g) ?? []).toEqual([]);
    // Service principals are `….amazonaws.com` in every partition (aws-cdk-lib/region-info, "universal principal").
    const withoutPrincipals = text.replaceAll(
      /"(Service|Principal)":"(lambda|apigateway|events|scheduler)\.amazonaws\.com"/g,
      '',
    );
    expect(withoutPrincipals.match(/[\w.]*amazonaws[\w.]*/g) ?? []).toEqual([]);
  });
});

test('what departments hold on to cannot be deleted by mistake; the service can be replaced, and is deployed last', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'hub-stacks-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, treeMetadata: false, stackTraces: false });
    const { data, access, service } = addHub(app, settingsFrom({}), { folderOf: () => import.meta.dirname });
    expect([data, access, service].map(({ stackName }) => stackName)).toEqual([
      'hub-dev-data',
      'hub-dev-access',
      'hub-dev-service',
    ]);
    expect([data, access, service].map(({ terminationProtection }) => terminationProtection ?? false)).toEqual([
      true,
      true,
      false,
    ]);
    expect(service.dependencies).toEqual([data, access]);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
});
