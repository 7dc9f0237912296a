import { afterAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { settingDescriptions, settingsFrom } from '../../infra/settings.ts';
import { departments } from '../../schemas/registry/departments.ts';
import { anEntry, registryFolder } from './registry.ts';

const files = registryFolder();
afterAll(() => files.remove());

const root = resolve(import.meta.dirname, '../..');

test('without any settings it is the stage dev, Shanghai’s time and the sample registry, in any account and region', () => {
  expect(settingsFrom({})).toEqual({
    stage: 'dev',
    timeZone: 'Asia/Shanghai',
    tags: {},
    catalog: resolve(root, 'schemas/catalog'),
    functions: resolve(root, 'functions'),
    registryFile: resolve(root, 'schemas/registry/departments.json'),
    departments,
    uploadRetainDays: 30,
    reportRetainDays: 30,
    noncurrentDays: 1,
    logRetentionDays: 180,
    auditRetainDays: 1096,
    deletionProtection: true,
    privateVpcEndpointIds: [],
    s3VpcEndpointIds: [],
    allowedCidrs: [],
    corsOrigins: [],
    tlsPolicy: 'SecurityPolicy_TLS13_1_2_2021_06',
    waf: false,
    departmentRate: 50,
    departmentBurst: 200,
    throttleRate: 500,
    throttleBurst: 1000,
    checksAtOnce: 16,
    deliveriesAtOnce: 16,
    comparisonsAtOnce: 4,
    comparedHereMb: 3072,
    reserveConcurrency: true,
    trail: true,
    trailDataEvents: true,
    firstDeployment: false,
    gatewayLogRole: true,
  });
});

test('every setting says what it means, for the table of the README', () => {
  const silent = settingDescriptions.filter(({ meaning }) => meaning === undefined || meaning.length < 20);
  expect(silent).toEqual([]);
  expect(settingDescriptions.find(({ name }) => name === 'registry')?.default).toBe(
    'schemas/registry/departments.json',
  );
});

test('context keys of others are left alone', () => {
  expect(settingsFrom({ 'aws:cdk:version-reporting': false, 'hub:stage': 'prod' }).stage).toBe('prod');
});

test.each([
  ['throttleRate', '700', 700, 700],
  ['waf', 'true', true, true],
  ['trail', 'false', false, false],
  [
    'corsOrigins',
    'https://a.cn, https://b.cn:8443',
    ['https://a.cn', 'https://b.cn:8443'],
    ['https://a.cn', 'https://b.cn:8443'],
  ],
  ['tags', 'owner=eitc, cost=a=b', { owner: 'eitc', cost: 'a=b' }, { owner: 'eitc', cost: 'a=b' }],
] as const)('%s is the same as text of a command line (%s) and as JSON (%j)', (name, text, json, value) => {
  expect(settingsFrom({ [`hub:${name}`]: text })[name]).toEqual(value);
  expect(settingsFrom({ [`hub:${name}`]: json })[name]).toEqual(value);
});

const certificateArn = 'arn:aws-cn:acm:cn-north-1:111122223333:certificate/0a1b-2c';
const domain = { 'hub:domainName': 'exchange.example.cn', 'hub:certificateArn': certificateArn };

test.each([
  ['an unknown setting', { 'hub:stagee': 'prod' }, /Unrecognized key: "stagee"/],
  ['a stage that would not fit into names', { 'hub:stage': 'a-stage' }, /lower-case letters and digits.*\n.*at stage/],
  ['a stage too long for a role’s name', { 'hub:stage': 'abcdefghijklmno' }, /at most 14.*\n.*at stage/],
  ['a time zone that is none', { 'hub:timeZone': 'Mars/Olympus' }, /IANA.*\n.*at timeZone/],
  ['a region that is none', { 'hub:region': 'Peking' }, /a region such as cn-north-1.*\n.*at region/],
  ['an account that is none', { 'hub:account': '123' }, /twelve digits.*\n.*at account/],
  [
    'a retention that CloudWatch does not know',
    { 'hub:logRetentionDays': '200' },
    /one of 1, 3, .*\n.*at logRetentionDays/,
  ],
  ['less than failed work may need its upload', { 'hub:uploadRetainDays': 14 }, />=15.*\n.*at uploadRetainDays/],
  ['a switch that is neither', { 'hub:waf': 'perhaps' }, /at waf/],
  ['an origin with a path', { 'hub:corsOrigins': 'https://a.cn/' }, /an origin such as.*\n.*at corsOrigins\[0\]/],
  ['a network that is none', { 'hub:allowedCidrs': '10.0.0.0' }, /at allowedCidrs\[0\]/],
  ['an endpoint’s URL with a path', { 'hub:s3EndpointUrl': 'https://host/' }, /without path.*\n.*at s3EndpointUrl/],
  ['a host name without a certificate', { 'hub:domainName': 'a.cn' }, /belong together.*\n.*at domainName/],
  ['a certificate without a host name', { 'hub:certificateArn': certificateArn }, /belong together/],
  ['a zone without a host name', { 'hub:hostedZoneId': 'Z1' }, /a zone without domainName.*\n.*at hostedZoneId/],
  [
    'a host name of a private API',
    { ...domain, 'hub:privateVpcEndpointIds': 'vpce-0a' },
    /a private API cannot have it/,
  ],
  [
    'a limit for all that one department could use up',
    { 'hub:throttleRate': 60 },
    /at least twice departmentRate, 50.*\n.*at throttleRate/,
  ],
  [
    'a department’s share that would use up the limit for all',
    { 'hub:departmentBurst': '600' },
    /at least twice departmentBurst, 600.*\n.*at throttleBurst/,
  ],
  [
    'an address beside a topic',
    { 'hub:alarmEmail': 'a@b.cn', 'hub:alarmTopicArn': 'arn:aws:sns:eu-central-1:111122223333:duty' },
    /its own subscribers.*\n.*at alarmEmail/,
  ],
])('refuses %s and says where', (_, context, message) => {
  expect(() => settingsFrom(context)).toThrow(message);
});

test.each([
  [
    'a stage that is none',
    { 'hub:stage': 'PROD' },
    /^settings \(context keys hub:…\):\n✖ a lower-case letter[^]*at stage\n$/,
  ],
  [
    'a catalog that is not there',
    { 'hub:catalog': 'nowhere' },
    /^the catalog .*nowhere cannot be read: ENOENT[^\n]*\n$/,
  ],
])('%s ends a synthesis with what is wrong and no stack', (_, context, message) => {
  const { status, stderr } = spawnSync(process.execPath, ['infra/app.ts'], {
    cwd: root,
    env: {
      ...process.env,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      CDK_OUTDIR: join(tmpdir(), 'none'),
      NODE_OPTIONS: '',
    },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
});

describe('a registry', () => {
  test('has the departments of its file', () => {
    const file = files.of(anEntry('tax'));
    expect(settingsFrom({ 'hub:registry': file }).departments.map(({ id }) => id)).toEqual(['eitc', 'tax']);
  });

  const press = (more: object) => () => files.of(anEntry('press', more as Record<string, unknown>));
  test.each<[string, () => string, RegExp]>([
    ['is not there', () => files.path('absent.json'), /absent\.json, as JSON, cannot be read: ENOENT/],
    ['is no JSON', () => files.text('no JSON'), /, as JSON, cannot be read: Unexpected token/],
    ['names a department twice', () => files.of(anEntry('a'), anEntry('a')), /the department a is there twice/],
    ['has no authority', () => files.text(JSON.stringify([anEntry('a')])), /no department is the authority/],
    [
      'has an authority that is closed',
      () => files.text(JSON.stringify([anEntry('a', { roles: ['authority'], closed: '2027-01-01' })])),
      /no department is the authority/,
    ],
    ['has an unknown role', press({ roles: ['king'] }), /at \[1\]\.roles\[0\]/],
    [
      'lets in everybody',
      press({ access: { principals: ['*'] } }),
      /without wildcards.*\n.*at \[1\]\.access\.principals/,
    ],
    [
      'lets in roles by a pattern',
      press({ access: { principals: ['arn:aws:iam::111122223333:role/*'] } }),
      /without wildcards/,
    ],
    ['lets in nobody', press({ access: { mfa: true } }), /nobody could act/],
    [
      'asks holders of certificates for what they cannot show',
      press({ access: { certificate: { CN: 'a' }, mfa: true } }),
      /conditions of principals/,
    ],
    ['closes a department on no day', press({ closed: 'soon' }), /at \[1\]\.closed/],
    [
      'takes certificates without an authority that issues them',
      press({ access: { certificate: { CN: 'exchange.press.example' } } }),
      /press signs in with a certificate, and hub:certificateAuthority names no file/,
    ],
  ])('is refused if it %s', (_, file, message) => {
    expect(() => settingsFrom({ 'hub:registry': file() })).toThrow(message);
  });
});
