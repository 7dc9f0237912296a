import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectAs, credentialsOf } from '../../clients/node/local-hub.ts';
import { routes } from '../../clients/protocol/routes.ts';
import { currentAssembly } from '../../infra/local/synthesis.ts';
import { departments } from '../../schemas/registry/departments.ts';
import { eventually } from '../support/city.ts';
import { startHub, type RunningHub } from '../support/hub.ts';
import { longTest, played } from '../support/long.ts';

const folder = mkdtempSync(join(tmpdir(), 'local-hub-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a hub that is ready', () => {
  let hub: RunningHub;
  beforeAll(async () => void (hub = await startHub({ data: join(folder, 'ready') })));
  afterAll(() => hub.stop());

  test('says so in hub.json, with absolute paths', () => {
    const { api, aws, region, credentials } = JSON.parse(
      readFileSync(join(hub.data, 'hub.json'), 'utf8'),
    ) as RunningHub;
    expect({ api, aws, region, credentials }).toEqual({
      api: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      aws: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      region: 'us-east-1',
      credentials: join(hub.data, 'credentials'),
    });
  });

  test('has one profile for each department of the registry, readable by its owner only', () => {
    const profiles = [...readFileSync(hub.credentials, 'utf8').matchAll(/^\[(.+)\]$/gm)].map(([, name]) => name);
    expect(profiles).toEqual(departments.map(({ id }) => id));
    expect(hub.departments).toEqual(profiles);
    expect(statSync(hub.credentials).mode & 0o777).toBe(0o600);
    expect(statSync(join(hub.data, 'secret')).mode & 0o777).toBe(0o600);
  });

  test('knows a department by its role, at the API and at STS', async () => {
    expect(await connectAs(hub, 'tax').call(routes.me, {})).toMatchObject({
      department: 'tax',
      mailbox: { queueUrl: `${hub.aws}/000000000000/hub-dev-mailbox-tax` },
    });
    const sts = new STSClient({ endpoint: hub.aws, region: hub.region, credentials: credentialsOf(hub, 'tax') });
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '000000000000',
      Arn: 'arn:aws:sts::000000000000:assumed-role/hub-dev-dept-tax/local',
    });
  });

  test('counts calls off their department’s share', async () => {
    await connectAs(hub, 'tax').call(routes.me, {});
    const logs = await hub.functionLogs('catalog-api');
    expect(logs).toContain('"answered"');
    expect(logs).not.toContain('call not counted');
  });

  test('does not let a second hub onto its data', async () => {
    await expect(startHub({ data: hub.data })).rejects.toThrow(/another hub/);
    expect((await fetch(`${hub.api}/_local/clock`)).status).toBe(200);
    expect(existsSync(join(hub.data, 'hub.json'))).toBe(true);
  });
});

describe('a hub that is started again', () => {
  test.each(
    played<[string, keyof Pick<RunningHub, 'stop' | 'kill9'>]>(
      [['after kill -9', 'kill9']],
      [['after it was stopped', 'stop']],
    ),
  )('%s has its content, its clock and its keys', async (name, end) => {
    const data = join(folder, name);
    const first = await startHub({ data });
    const definition = {
      title: 'Permits',
      description: 'Building permits',
      provider: 'housing',
      shareType: 'unconditional',
      updateCycle: 'daily',
      schema: { fields: [{ name: 'id', type: 'string' }] },
    };
    await connectAs(first, 'housing').call(routes.publishResource, {
      params: { resourceId: 'permits' },
      body: definition as never,
    });
    const moved = await first.advance(86_400);
    const credentials = readFileSync(first.credentials, 'utf8');
    await first[end]();
    expect(existsSync(join(data, 'hub.json'))).toBe(end === 'kill9');

    const second = await startHub({ data });
    expect(
      await connectAs(second, 'tax').call(routes.readResource, { params: { resourceId: 'permits' } }),
    ).toMatchObject({
      resourceId: 'permits',
      version: 1,
    });
    expect((await second.now()).getTime()).toBeGreaterThanOrEqual(moved.getTime());
    expect(readFileSync(second.credentials, 'utf8')).toBe(credentials);
    await sweptAgain(second);
    await second.stop();
  });
});

/** Every schedule fires right at the start of a hub that goes on, so that nothing waits for its next minute. */
async function sweptAgain(hub: RunningHub): Promise<void> {
  await eventually(
    () => hub.functionLogs('intake-sweep'),
    (logs) => logs.includes('"swept"'),
  );
}

describe('a hub that cannot start says what to do', () => {
  test('when its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await expect(startHub({ data: join(folder, 'taken'), port })).rejects.toThrow(/in use.*--port/);
    server.close();
  });

  test('when its data folder holds something else', async () => {
    const data = mkdtempSync(join(folder, 'other-'));
    writeFileSync(join(data, 'thesis.txt'), 'years of work');
    await expect(startHub({ data, fresh: true })).rejects.toThrow(/not a hub's data.*--data/);
    expect(readFileSync(join(data, 'thesis.txt'), 'utf8')).toBe('years of work');
  });

  test('when the template has what it does not know', async () => {
    const assembly = join(folder, 'assembly');
    cpSync((await currentAssembly()).directory, assembly, { recursive: true });
    const file = join(assembly, 'hub-dev-service.template.json');
    const template = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, unknown> };
    template.Resources['Surprise'] = { Type: 'AWS::Lambda::Url', Properties: {} };
    writeFileSync(file, JSON.stringify(template));
    await expect(startHub({ data: join(folder, 'surprised'), assembly })).rejects.toThrow(
      'hub-dev-service/Surprise (AWS::Lambda::Url): the local hub does not know this resource type',
    );
  });
});

longTest('--fresh begins anew', async () => {
  const data = join(folder, 'fresh');
  const first = await startHub({ data });
  await first.advance(86_400);
  await first.stop();
  const second = await startHub({ data, fresh: true });
  expect(await (await fetch(`${second.api}/_local/clock`)).json()).toMatchObject({ aheadSeconds: 0 });
  await second.stop();
});
