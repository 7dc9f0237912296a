import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sectionOf } from '../../clients/cli/terminal/aws-profile.ts';
import { findEndpoint, type EndpointOptions } from '../../clients/cli/terminal/endpoint.ts';

let home: string;
let env: Record<string, string>;
const local = {
  api: 'http://127.0.0.1:4600',
  aws: 'http://127.0.0.1:4601',
  region: 'local-1',
  credentials: '/c',
  departments: ['tax', 'press'],
};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'exchange-hub-home-'));
  env = { HOME: home };
  await mkdir(join(home, '.aws'));
  await mkdir(join(home, 'project/.hub'), { recursive: true });
  await mkdir(join(home, 'project/deep/down'), { recursive: true });
  await writeFile(join(home, 'project/.hub/hub.json'), JSON.stringify(local));
  await writeFile(
    join(home, '.aws/config'),
    '[default]\nregion = eu-west-1\n[profile tax]\nhub_api = https://tax.example/v\nregion=cn-north-1\ns3 =\n  region = nested\n',
  );
});
afterAll(() => rm(home, { recursive: true, force: true }));

const found = async (options: EndpointOptions, more: Record<string, string> = {}, folder = 'project/deep/down') => {
  const { api, region, source } = await findEndpoint(options, { ...env, ...more }, join(home, folder));
  return `${api} ${region} ${source.replace(home, '~')}`;
};

test.each<[string, EndpointOptions, Record<string, string>, string]>([
  [
    '--api comes first',
    { api: 'https://a.example/' },
    { HUB_API: 'https://b.example' },
    'https://a.example eu-west-1 --api',
  ],
  ['then HUB_API', { profile: 'tax' }, { HUB_API: 'https://b.example' }, 'https://b.example cn-north-1 HUB_API'],
  [
    'then the setting of the profile',
    { profile: 'tax' },
    {},
    'https://tax.example/v cn-north-1 hub_api of the AWS profile tax',
  ],
  [
    'also by AWS_PROFILE',
    {},
    { AWS_PROFILE: 'tax' },
    'https://tax.example/v cn-north-1 hub_api of the AWS profile tax',
  ],
  ['then the nearest .hub', { profile: 'press' }, {}, 'http://127.0.0.1:4600 local-1 ~/project/.hub/hub.json'],
  ['as HUB_DEPARTMENT', {}, { HUB_DEPARTMENT: 'press' }, 'http://127.0.0.1:4600 local-1 ~/project/.hub/hub.json'],
  [
    'the host of an API tells its region',
    { api: 'https://x1.execute-api.cn-north-1.example/prod' },
    { AWS_REGION: 'r' },
    'https://x1.execute-api.cn-north-1.example/prod cn-north-1 --api',
  ],
  [
    '--region decides',
    { api: 'https://x1.execute-api.cn-north-1.example', region: 'q' },
    {},
    'https://x1.execute-api.cn-north-1.example q --api',
  ],
  ['AWS_REGION before the profile', { api: 'https://a.example' }, { AWS_REGION: 'r' }, 'https://a.example r --api'],
])('which hub: %s', async (_, options, more, expected) => {
  expect(await found(options, more)).toBe(expected);
});

test('--local is before HUB_API, and reads the folder that it names', async () => {
  const options = { local: join(home, 'project/.hub'), profile: 'tax' };
  expect(await found(options, { HUB_API: 'https://b.example' }, '.')).toContain('http://127.0.0.1:4600 local-1');
});

test.each([
  ['no department is named', {}, 'Say which department you are.'],
  ['a department is not of this hub', { profile: 'nobody' }, 'The local hub has no department nobody'],
])('a local hub wants to know who calls: %s', async (_, options, says) => {
  await expect(found(options)).rejects.toThrow(says);
});

test.each([
  ['of the config file', '[profile tax]\na = 1', { a: '1' }],
  ['of the credentials file', '[tax]\r\na=1 \r\nB = 2', { a: '1', b: '2' }],
  ['not of another profile', '[taxes]\na = 1\n[profile other]\na = 2', {}],
  ['not the nested ones', '[tax]\ns3 =\n  a = 1\nb = 2', { s3: '', b: '2' }],
  ['not comments', '[tax]\n# a = 1\n; b = 2', {}],
])('settings of a profile: %s', (_, text, settings) => {
  expect(sectionOf(text, 'tax')).toEqual(settings);
});
