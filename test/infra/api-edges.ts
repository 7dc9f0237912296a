import { describe, expect, test } from '@jest/globals';
import { resolver, type TemplateJson } from './resolve.ts';
import { otherwise, stacksOf } from './retained.ts';

/** Properties of the resources of a type, resolved across the stacks. */
const found = (template: TemplateJson, type: string, ...others: TemplateJson[]) =>
  Object.values(template.Resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => resolver(template, ...others)(Properties) as Record<string, unknown>);

const apiOf = ({ access }: { readonly access: TemplateJson }) => found(access, 'AWS::ApiGateway::RestApi')[0]!;
const statements = (api: Record<string, unknown>) =>
  (api['Policy'] as { Statement: Record<string, unknown>[] }).Statement;
const stageOf = ({ access, service }: { readonly access: TemplateJson; readonly service: TemplateJson }) =>
  found(service, 'AWS::ApiGateway::Stage', access)[0]!;

const ordinary = stacksOf();

describe('the API', () => {
  test('is regional, refuses TLS older than 1.2, and outlives its stack', () => {
    expect(apiOf(ordinary)).toMatchObject({
      Name: 'hub-dev',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_2021_06',
      EndpointAccessMode: 'BASIC',
      FailOnWarnings: true,
    });
    const api = Object.values(ordinary.access.Resources).find(({ Type }) => Type === 'AWS::ApiGateway::RestApi');
    expect(api).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  test('takes the older name of that TLS, without access mode, where the newer ones are not known', () => {
    const api = apiOf(stacksOf(otherwise));
    expect(api['SecurityPolicy']).toBe('TLS_1_2');
    expect(api).not.toHaveProperty('EndpointAccessMode');
  });

  test('names nobody but the account, so that roles’ own policies decide', () => {
    expect(statements(apiOf(ordinary))).toEqual([
      {
        Effect: 'Allow',
        Action: 'execute-api:Invoke',
        Principal: { AWS: 'arn:p:iam::1:root' },
        Resource: 'execute-api:/*',
      },
    ]);
  });

  const cidrs = { allowedCidrs: '203.0.113.0/24,2001:db8::/32' };
  const endpoints = { privateVpcEndpointIds: 'vpce-0abc,vpce-0def' };
  const NotIpAddress = { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] };
  const StringNotEquals = { 'aws:SourceVpce': ['vpce-0abc', 'vpce-0def'] };
  test.each([
    ['networks', cidrs, { NotIpAddress }],
    ['endpoints', endpoints, { StringNotEquals }],
    ['networks or endpoints', { ...cidrs, ...endpoints }, { NotIpAddress, StringNotEquals }],
  ])('refuses whoever is in none of the set %s', (_, settings, Condition) => {
    expect(statements(apiOf(stacksOf(settings)))[1]).toEqual({
      Effect: 'Deny',
      Action: 'execute-api:Invoke',
      Principal: { AWS: '*' },
      Resource: 'execute-api:/*',
      Condition,
    });
  });

  test('is private behind its endpoints, and says an address that needs no private DNS', () => {
    const stacks = stacksOf(endpoints);
    expect(apiOf(stacks)['EndpointConfiguration']).toEqual({
      Types: ['PRIVATE'],
      VpcEndpointIds: ['vpce-0abc', 'vpce-0def'],
    });
    expect(resolver(stacks.access)(stacks.access.Outputs?.['ApiUrl']?.Value)).toMatch(
      /^https:\/\/\w+-vpce-0abc\.execute-api\.r\.suffix\/dev$/,
    );
  });

  test.each([
    ['networks', cidrs],
    ['endpoints', endpoints],
    ['TLS', { tlsPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' }],
  ])('is deployed anew when its %s change', (_, settings) => {
    const deployment = ({ service }: { readonly service: TemplateJson }) =>
      Object.keys(service.Resources).filter((id) => service.Resources[id]!.Type === 'AWS::ApiGateway::Deployment');
    expect(deployment(stacksOf(settings))).not.toEqual(deployment(ordinary));
    expect(deployment(stacksOf({ throttleRate: 700 }))).toEqual(deployment(ordinary));
  });
});

describe('the stage', () => {
  test('limits calls, logs errors, and never logs what calls contain', () => {
    expect(stageOf(ordinary)['MethodSettings']).toEqual([
      {
        HttpMethod: '*',
        ResourcePath: '/*',
        ThrottlingRateLimit: 500,
        ThrottlingBurstLimit: 1000,
        LoggingLevel: 'ERROR',
        DataTraceEnabled: false,
      },
    ]);
    expect(stageOf(stacksOf({ throttleRate: '200', throttleBurst: 1400 }))['MethodSettings']).toEqual([
      expect.objectContaining({ ThrottlingRateLimit: 200, ThrottlingBurstLimit: 1400 }),
    ]);
  });

  test('writes a line of JSON a call, which says the route and nothing that callers write', () => {
    const { DestinationArn, Format } = stageOf(ordinary)['AccessLogSetting'] as Record<string, string>;
    expect(DestinationArn).toBe('arn:p:logs:r:1:log-group:/exchange-hub/dev/api-access');
    expect(JSON.parse(Format!)).toMatchObject({
      requestId: '$context.requestId',
      route: '$context.httpMethod $context.resourcePath',
      status: '$context.status',
    });
    expect(Format).not.toMatch(/context\.(path|requestOverride|identity\.userAgent|customDomain)/);
  });

  test('its logs are kept as long as is set, and outlive the stack', () => {
    const { access } = stacksOf({ logRetentionDays: '365' });
    const logs = Object.values(access.Resources).filter(({ Type }) => Type === 'AWS::Logs::LogGroup');
    expect(logs).toEqual(
      ['/exchange-hub/dev/api-access', expect.anything()].map((LogGroupName) =>
        expect.objectContaining({
          DeletionPolicy: 'RetainExceptOnCreate',
          Properties: { LogGroupName, RetentionInDays: 365 },
        }),
      ),
    );
  });
});

describe('a host name', () => {
  const certificateArn = 'arn:aws-cn:acm:cn-north-1:111122223333:certificate/0a1b-2c';
  const settings = { domainName: 'exchange.example.gov.cn', certificateArn };

  test('is regional, with the same TLS, leads to the stage, and is the API’s address', () => {
    const { access, service } = stacksOf(settings);
    expect(found(access, 'AWS::ApiGateway::DomainName')).toEqual([
      {
        DomainName: 'exchange.example.gov.cn',
        RegionalCertificateArn: certificateArn,
        EndpointConfiguration: { Types: ['REGIONAL'] },
        SecurityPolicy: 'SecurityPolicy_TLS13_1_2_2021_06',
        EndpointAccessMode: 'BASIC',
      },
    ]);
    expect(found(service, 'AWS::ApiGateway::BasePathMapping', access)).toEqual([
      expect.objectContaining({ DomainName: 'exchange.example.gov.cn', Stage: expect.any(String) }),
    ]);
    expect(access.Outputs?.['ApiUrl']?.Value).toBe('https://exchange.example.gov.cn');
    expect(found(access, 'AWS::Route53::RecordSet')).toEqual([]);
  });

  test('gets its record where a zone is set', () => {
    const { access } = stacksOf({ ...settings, hostedZoneId: 'Z0123' });
    const record = Object.values(access.Resources).find(({ Type }) => Type === 'AWS::Route53::RecordSet');
    expect(record?.Properties).toMatchObject({ Name: 'exchange.example.gov.cn', Type: 'A', HostedZoneId: 'Z0123' });
  });
});

describe('a web ACL', () => {
  const own = 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/city/0a1b';

  test('is there only if it is set', () => {
    expect(found(ordinary.access, 'AWS::WAFv2::WebACL')).toEqual([]);
    expect(found(ordinary.service, 'AWS::WAFv2::WebACLAssociation', ordinary.access)).toEqual([]);
  });

  test('has AWS’s managed rules, lets long bodies through, and stops a flood from one address', () => {
    const { access } = stacksOf({ waf: 'true', throttleRate: 100 });
    const [acl] = found(access, 'AWS::WAFv2::WebACL') as [{ Rules: { Name: string; Statement: object }[] }];
    expect(acl.Rules.map(({ Name }) => Name)).toEqual([
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesCommonRuleSet',
      'flood',
    ]);
    expect(acl.Rules[2]!.Statement).toMatchObject({
      ManagedRuleGroupStatement: {
        RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }],
      },
    });
    expect(acl.Rules[3]!.Statement).toEqual({ RateBasedStatement: { AggregateKeyType: 'IP', Limit: 30_000 } });
  });

  test.each([
    ['the hub’s own', 'true'],
    ['the account’s', own],
  ])('%s is put before the stage', (_, waf) => {
    const { access, service } = stacksOf({ waf });
    const association = Object.values(service.Resources).find(({ Type }) => Type === 'AWS::WAFv2::WebACLAssociation');
    expect(association?.Properties?.['WebACLArn']).toEqual(
      waf === own ? own : { 'Fn::ImportValue': 'hub-dev-web-acl-arn' },
    );
    expect(resolver(service, access)(association?.Properties?.['ResourceArn'])).toMatch(
      /^arn:p:apigateway:r::\/restapis\/\w+\/stages\/\w+$/,
    );
  });
});

describe('inside a private network', () => {
  const environments = ({ service, access, data }: ReturnType<typeof stacksOf>) =>
    new Map(
      found(service, 'AWS::Lambda::Function', access, data).map(({ FunctionName, Environment }) => [
        FunctionName,
        (Environment as { Variables: Record<string, string> }).Variables,
      ]),
    );
  const inside = environments(
    stacksOf({
      s3EndpointUrl: 'https://bucket.vpce-0abc.s3.cn-north-1.vpce.amazonaws.com.cn',
      sqsEndpointUrl: 'https://vpce-0def.sqs.cn-north-1.vpce.amazonaws.com.cn',
    }),
  );

  test.each(['intake-api', 'delivery-api'])('%s presigns for the endpoint of S3', (name) => {
    expect(inside.get(`hub-dev-${name}`)).toMatchObject({
      HUB_PRESIGNED_ENDPOINT_URL: 'https://bucket.vpce-0abc.s3.cn-north-1.vpce.amazonaws.com.cn',
    });
    expect(environments(ordinary).get(`hub-dev-${name}`)).not.toHaveProperty('HUB_PRESIGNED_ENDPOINT_URL');
  });

  test('departments are told their mailbox on the endpoint of SQS; the hub sends to the public host', () => {
    expect(inside.get('hub-dev-catalog-api')).toMatchObject({
      HUB_MAILBOX_URL_PREFIX: 'https://vpce-0def.sqs.cn-north-1.vpce.amazonaws.com.cn/1/hub-dev-mailbox-',
    });
    expect(inside.get('hub-dev-deliver')).toMatchObject({
      HUB_MAILBOX_URL_PREFIX: 'https://queues/hub-dev-mailbox-',
    });
  });
});
