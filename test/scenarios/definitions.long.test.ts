import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import { City } from '../support/city.ts';
import { startHub, type RunningHub } from '../support/hub.ts';

const project = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'hub-definitions-'));
const streets = JSON.parse(readFileSync(join(project, 'schemas/catalog/streets.json'), 'utf8')) as object;

let running: RunningHub | undefined;
let city: City | undefined;
afterEach(async () => {
  await running?.stop();
  await city?.leave();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let deployments = 0;
/** The hub as it is after a deployment that carries this definition of `streets`; its data stay from one to the next. */
async function deployed(definition: object): Promise<City> {
  await running?.stop();
  await city?.leave();
  const [catalog, assembly] = ['catalog', 'assembly'].map((name) => join(folder, `${name}-${deployments}`)) as [
    string,
    string,
  ];
  deployments += 1;
  mkdirSync(catalog);
  writeFileSync(join(catalog, 'streets.json'), JSON.stringify(definition));
  execFileSync(process.execPath, ['--no-warnings', 'infra/app.ts'], {
    cwd: project,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      CDK_OUTDIR: assembly,
      CDK_VALIDATION: 'false',
      HUB_NATIVE_CODE: 'of-this-machine',
      CDK_CONTEXT_JSON: JSON.stringify({ 'hub:publishDefinitions': true, 'hub:catalog': catalog }),
    },
  });
  running = await startHub({ assembly, data: join(folder, 'data') });
  city = await City.of(running);
  return city;
}

const newest = async (at: City): Promise<unknown> => {
  const { version, publishedBy, definition } = await at
    .as('tax')
    .call(routes.readResource, { params: { resourceId: 'streets' } });
  return [version, publishedBy, definition.title];
};

test('a deployment publishes its definitions until their provider does; from then on they are the provider’s', async () => {
  expect(await newest(await deployed({ ...streets, title: '一' }))).toEqual([1, 'deployment', '一']);

  const second = await deployed({ ...streets, title: '二' });
  expect(await newest(second)).toEqual([2, 'deployment', '二']);
  await second.publish('civil-affairs', 'streets', { ...streets, title: '三' });
  expect(await newest(second)).toEqual([3, 'provider', '三']);

  const third = await deployed({ ...streets, title: '四' });
  expect(await newest(third)).toEqual([3, 'provider', '三']);
  expect(await running?.functionLogs('definitions')).toContain('definition left to its provider');
});
