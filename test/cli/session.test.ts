import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Delivery } from '../../schemas/contracts/deliveries.ts';
import type { DeliveryNotice } from '../../schemas/contracts/notices.ts';
import type { ResourceSummary, ResourceVersion } from '../../schemas/contracts/resources.ts';
import { eventually } from '../support/city.ts';
import { aPlace } from '../support/place.ts';
import { step, STORY_MS } from '../support/step.ts';
import { Recording } from './recording.ts';
import { Terminal } from './terminal.ts';

const MAIN = join(import.meta.dirname, '../../clients/cli/hub.mjs');

/** As it stands in the page for developers of consumers. */
const script = `mkdir -p in
hub deliveries --unreceived --json | grep -o '"deliveryId": "[^"]*"' | cut -d'"' -f4 | while read -r id; do
  hub fetch "$id" --to in/
done
`;

const stations = {
  title: '派出所',
  titleEn: 'Police stations',
  description: 'Stations and the streets that they serve.',
  provider: 'public-security',
  themes: ['safety'],
  shareType: 'unconditional',
  updateCycle: 'monthly',
  schema: {
    primaryKey: ['code'],
    fields: [
      { name: 'code', title: '编码', type: 'string', constraints: { required: true, pattern: '\\d{4}' } },
      { name: 'name', title: '名称', type: 'string', constraints: { maxLength: 20 } },
      { name: 'officers', title: '警员数', type: 'integer', constraints: { minimum: 0 } },
      { name: 'phone', title: '电话', type: 'string', sensitivity: 'personal' },
    ],
  },
};
/** Breaks consumers: a field is gone, another must be there. */
const stricter = {
  ...stations,
  schema: {
    ...stations.schema,
    fields: [...stations.schema.fields.slice(0, 2), { name: 'phone', type: 'string', constraints: { required: true } }],
  },
};
const rows =
  'code,name,officers,phone\n1101,东华门,12,01065250110\n1102,景山,9,01064040110\n3101,外滩,20,02163210110\n';

/** Of the personal field that is among them. */
const security = "--security '政务外网，专人专机'";
const terms = `${security} --fields code,name,phone --filter code^=11 --mask phone=last4 --purpose '入户核查' --basis '政务数据共享条例 第十二条' --from 2026-01-01 --until 2099-12-31`;

const at = aPlace();
let terminal: Terminal;
beforeAll(async () => {
  terminal = await Terminal.beside(at.hub);
  await terminal.file('stations.json', JSON.stringify(stations));
  await terminal.file('stricter.json', JSON.stringify(stricter));
});
afterAll(() => terminal?.close());

const as = (department: string, line: string) => terminal.hub(line, { env: { AWS_PROFILE: department } });

/** What a command prints with `--json`, which has to be one document and nothing beside it. */
async function json<T>(department: string, line: string): Promise<T> {
  const { out, code, err } = await as(department, `${line} --json`);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as T;
}

test(
  'a session of a provider, a consumer and the authority',
  async () => {
    const { city } = at;
    async function agreementOn(resourceId: string): Promise<string> {
      const { items } = await json<{ items: Agreement[] }>('tax', `agreements --resource ${resourceId}`);
      return items[0]?.agreementId ?? 'none';
    }

    const noticed = () =>
      eventually(
        () => json<{ items: Delivery[] }>('tax', 'deliveries --unreceived'),
        ({ items }) => items.some(({ state }) => state === 'noticed'),
      );

    await step('a whole exchange, from the catalog to the receipt, looks as recorded', async () => {
      const screen = new Recording(terminal);
      await screen.type('public-security', 'me');
      await screen.type('public-security', 'publish stations.json');
      await screen.type('tax', 'resources police');
      await screen.type('tax', 'resources show stations');
      await screen.type('tax', `agreements propose stations ${terms}`);
      const id = await agreementOn('stations');
      await screen.type('public-security', `agreements accept ${id} --terms-version 1`);
      await screen.type('tax', `agreements sign ${id}`);
      await screen.type('public-security', `agreements sign ${id}`);
      await screen.type('eitc', 'agreements --state signed');
      await screen.type('eitc', `agreements file ${id} --number BJ-2026-0001`);
      expect((await city.upload('public-security', 'stations', rows)).state).toBe('accepted');
      await noticed();
      await screen.type('tax', 'poll --type delivery --wait 1');
      const { deliveryId } = await json<DeliveryNotice>('tax', 'poll --type delivery');
      await screen.type('tax', `fetch ${deliveryId}`);
      await screen.type('tax', 'poll --type delivery --wait 1');
      await screen.type('tax', 'deliveries');
      await screen.type('public-security', 'deliveries --as provider');
      await screen.type('public-security', 'resources datasets stations');
      await screen.type('public-security', 'publish stricter.json --id stations --compare', 4);
      await screen.type('public-security', 'publish stricter.json --id stations --compare --lang zh', 4);
      await screen.type('tax', `agreements terminate ${id} --reason '职责已变更'`);
      await screen.type('tax', `agreements show ${id}`);
      await screen.type('tax', `agreements show ${id} --lang zh`);
      await screen.matches('exchange', { deadlines: true });
      expect(await terminal.read('stations-1.csv')).toMatch(
        /^code,name,phone\n1101,东华门,\**0110\n1102,景山,\**0110\n$/,
      );
    });

    await step('what the hub refuses is told as what, why, and what to do next, as recorded', async () => {
      const id = await agreementOn('stations');
      const { items } = await json<{ items: Delivery[] }>('tax', 'deliveries');
      const screen = new Recording(terminal);
      await screen.type('tax', 'publish stations.json', 1);
      await screen.type('public-security', 'publish stricter.json --id stations', 1);
      await screen.type('public-security', 'publish stricter.json --compare', 1);
      await screen.type('public-security', 'publish stricter.json --compare --accept-breaking', 2);
      await screen.type('tax', 'resources show nowhere', 1);
      await screen.type('tax', 'agreements propose stations --fields code', 2);
      await screen.type('tax', `agreements propose stations ${terms.replace('code,name', 'code,fax')}`, 1);
      await screen.type('press', `agreements show ${id}`, 1);
      await screen.type('tax', `agreements file ${id} --number X`, 1);
      await screen.type('tax', `agreements sign ${id}`, 1);
      await screen.type('tax', `fetch ${items[0]?.deliveryId}`, 1);
      await screen.type('press', `fetch ${items[0]?.deliveryId}`, 1);
      await screen.type('auditor', 'deliveries', 1);
      await screen.type('tax', 'resources show Not_An_Id', 1);
      await screen.matches('refusals');
    });

    await step('with --json a refusal is the problem of the hub with every violation', async () => {
      const { code, out, err } = await as(
        'tax',
        `agreements propose stations ${terms.replace('code,name', 'fax,name')} --json`,
      );
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(JSON.parse(err)).toMatchObject({
        code: 'invalid-terms',
        status: 422,
        violations: [{ path: '/terms/fields/0', rule: 'unknown-field' }],
        next: [expect.stringContaining('hub resources show')],
      });
    });

    await step(
      'a definition is compared before it is published: as data, and with the exit code of the verdict',
      async () => {
        const breaking = await as('public-security', 'publish stricter.json --id stations --compare --json');
        expect({ code: breaking.code, found: JSON.parse(breaking.out) as unknown }).toMatchObject({
          code: 4,
          found: { resourceId: 'stations', resourceVersion: 1, verdict: 'breaking', agreements: [] },
        });
        const same = await as('public-security', 'publish stations.json --compare');
        expect(same).toMatchObject({
          code: 0,
          out: 'stations v1 is this definition: publishing it changes nothing.\n',
        });
      },
    );

    await step('a breaking change is published when it is said so', async () => {
      const published = await json<ResourceVersion>(
        'public-security',
        'publish stricter.json --id stations --accept-breaking --grace-days 30',
      );
      expect(published).toMatchObject({ resourceId: 'stations', version: 2 });
      const first = await json<ResourceVersion>('tax', 'resources show stations --version 1');
      expect(first.definition.schema.fields).toHaveLength(4);
    });

    await step('definitions come from standard input, too', async () => {
      const typing = { env: { AWS_PROFILE: 'public-security' }, input: JSON.stringify(stations) };
      const { code, err } = await terminal.hub('publish - --id posts', typing);
      expect({ code, err }).toEqual({ code: 0, err: '' });
    });

    for (const [how, line, ids] of [
      ['of everything', 'resources', ['posts', 'stations']],
      ['by text and provider', 'resources police --provider public-security', ['posts', 'stations']],
      ['by theme', 'resources --theme safety', ['posts', 'stations']],
      ['by share type', 'resources --share-type refused', []],
    ] as const)
      await step(`the catalog is searched ${how}`, async () => {
        const { items } = await json<{ items: ResourceSummary[] }>('tax', line);
        expect(items.map(({ resourceId }) => resourceId).toSorted()).toEqual(ids);
      });

    await step('poll --follow prints each notice once, as it comes, and leaves when it is told to', async () => {
      await city.agree('press', 'public-security', 'posts', { fields: ['code'] });
      const follow = terminal.start('poll --follow --type delivery --json', { env: { AWS_PROFILE: 'press' } });
      expect((await city.upload('public-security', 'posts', rows)).state).toBe('accepted');
      await follow.says('"datasetVersion":1');
      expect((await city.upload('public-security', 'posts', rows)).state).toBe('accepted');
      await follow.says('"datasetVersion":2');
      follow.child.kill('SIGTERM');
      const { code, out } = await follow.printed;
      expect(code).toBe(0);
      const notices = out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as DeliveryNotice);
      expect(notices.map(({ datasetVersion }) => datasetVersion)).toEqual([1, 2]);
    });

    await step('a consumer’s script: everything that lies in the mailbox, fetched in one line', async () => {
      await terminal.file('all.sh', `hub() { '${process.execPath}' '${MAIN}' "$@"; }\n${script}`);
      const { items } = await json<{ items: Delivery[] }>('press', 'deliveries --unreceived');
      expect(items).toHaveLength(2);
      execFileSync('sh', ['all.sh'], {
        cwd: terminal.folder,
        env: { ...terminal.env, AWS_PROFILE: 'press' },
        stdio: 'pipe',
      });
      expect(await json('press', 'deliveries --unreceived')).toEqual({ items: [] });
      expect((await readdir(join(terminal.folder, 'in'))).toSorted()).toEqual(['posts-1.csv', 'posts-2.csv']);
    });

    await step(
      'what a resource’s provider says of its end is shown, and a retired one is left out of the search',
      async () => {
        const typed = async (line: string) => {
          const { code, out, err } = await as('public-security', line);
          expect({ line, code, err }).toEqual({ line, code: 0, err: '' });
          return out;
        };
        const ids = async (line: string) =>
          (await json<{ items: ResourceSummary[] }>('tax', line)).items.map(({ resourceId }) => resourceId);
        await typed("catalog deprecate posts --retire-on 2099-12-31 --reason '合并' --replaced-by stations");
        expect(await typed('resources show posts')).toContain('2099-12-31  合并  use stations');
        expect(await typed('resources')).toContain('on 2099-12-31');
        await typed("catalog retire posts --reason '合并'");
        expect([await ids('resources'), await ids('resources --retired')]).toEqual([
          ['stations'],
          ['posts', 'stations'],
        ]);
        expect(await typed('catalog late')).toBe('Nothing is late.\n');
      },
    );
  },
  STORY_MS,
);

test('in a pipe a list is plain columns: a head, a line each, nothing cut', async () => {
  const { out } = await as('tax', 'departments');
  const lines = out.trimEnd().split('\n');
  const { items } = await json<{ items: unknown[] }>('tax', 'departments');
  expect(lines).toHaveLength(items.length + 1);
  for (const sign of ['│', '─', '…', '\u001b']) expect(out).not.toContain(sign);
});

test('a profile that the credentials file does not have is named', async () => {
  const { code, err } = await as('nobody', 'me');
  expect(code).toBe(2);
  expect(err).toMatch(/The AWS profile nobody gives no credentials/);
});

test('the folder of a local hub is enough: --local, or working beside it', async () => {
  const env = { HUB_API: '', AWS_SHARED_CREDENTIALS_FILE: '', HUB_DEPARTMENT: 'press' };
  const { code, out } = await terminal.hub(`me --json --local ${at.hub.data}`, { env });
  expect({ code, me: JSON.parse(out) as unknown }).toMatchObject({
    code: 0,
    me: { department: 'press', hub: { api: at.hub.api } },
  });
  const unknown = await terminal.hub(`me --local ${at.hub.data} --profile nobody`, { env });
  expect(unknown.code).toBe(2);
  expect(unknown.err).toMatch(/has no department nobody.*Departments of this hub: eitc, quality.* more\./s);
});
