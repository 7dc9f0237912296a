import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Delivery } from '../../../schemas/contracts/deliveries.ts';
import { savePicture } from '../../node/attachments.ts';
import { download, giveReceipt } from '../../node/consumer.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import { routes } from '../../protocol/routes.ts';
import type { Connected } from '../terminal/connect.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { several } from '../terminal/option-values.ts';
import { giveBack, lookForDeliveries } from './look-through.ts';
import { fetchedScreen, type Fetched } from './fetched-screen.ts';

export function fetchCommand(program: Command, context: Context): void {
  program
    .command('fetch')
    .description('fetch a delivery, verify its digest, give the receipt, take its message out of the mailbox')
    .argument('<delivery>', 'id of the delivery')
    .option('--to <file>', 'file or folder (default: RESOURCE-DATASET.FORMAT here)')
    .option('--attachment <reference>', 'a picture that a record of it refers to, instead; repeatable', several)
    .addHelpText(
      'after',
      examples(
        ['hub fetch 5HJCS60D2EM5FAPPWDEY429ST8', 'into streets-7.csv, say'],
        ['hub fetch 5HJCS60D2EM5FAPPWDEY429ST8 --to /srv/in/', 'into a folder'],
        ['hub fetch 5HJC… --attachment q3Jx… --to photos/', 'the photo of one record, by what stands in its place'],
        ['hub deliveries --unreceived', 'what there is to fetch'],
      ),
    )
    .action(async (deliveryId: string, { to, attachment }: FetchOptions) => {
      if (attachment) return fetchPictures(context, deliveryId, attachment, to);
      context.print(await fetched(context, await context.connect(), deliveryId, to), fetchedScreen);
    });
}

interface FetchOptions {
  readonly to?: string;
  readonly attachment?: readonly string[];
}

/** Each as a file of its own, by the name of its reference. */
async function fetchPictures(
  context: Context,
  deliveryId: string,
  references: readonly string[],
  folder = '.',
): Promise<void> {
  const { client } = await context.connect();
  const files: string[] = [];
  for (const reference of references) {
    const content = await client.call(routes.readAttachment, { params: { deliveryId, reference } });
    files.push(await savePicture(content, reference, folder));
  }
  context.print({ deliveryId, files }, ({ files: saved }) => saved.join('\n'));
}

/** A delivery in a file, verified, with its receipt given. */
export async function fetched(
  context: Context,
  hub: Connected,
  deliveryId: string,
  to: string | undefined,
): Promise<Fetched> {
  const delivery = await hub.client.call(routes.readDelivery, { params: { deliveryId } });
  const file = await targetOf(delivery, to);
  await downloadShown(context, hub.client, delivery, file);
  const progress = context.progress('giving the receipt, looking for the message');
  return concluded(hub, delivery, file).finally(() => progress.end());
}

/** Where a delivery is put: what is said, or in the folder that is said under a name of its own. */
export async function targetOf(
  { resourceId, datasetVersion, comparisonId, format }: Delivery,
  to: string | undefined,
): Promise<string> {
  const name = `${resourceId}-${comparisonId ?? datasetVersion}.${format}`;
  if (to === undefined) return name;
  const isFolder =
    to.endsWith('/') ||
    (await stat(to).then(
      (found) => found.isDirectory(),
      () => false,
    ));
  return isFolder ? join(to, name) : to;
}

async function downloadShown(context: Context, client: HubClient, delivery: Delivery, file: string): Promise<void> {
  const progress = context.progress(delivery.resourceId, delivery.bytes);
  try {
    await download(client, delivery.deliveryId, file, { onBytes: (done) => progress.update(done) });
  } finally {
    progress.end();
  }
}

/** The bytes are safe, so the receipt is given; only then is the message taken out. */
async function concluded(hub: Connected, delivery: Delivery, file: string): Promise<Fetched> {
  const { deliveryId, resourceId, datasetVersion, rows } = delivery;
  const { size: bytes } = await stat(file);
  const { receivedAt, sha256 = '' } = await giveReceipt(hub.client, deliveryId, delivery.sha256 ?? '');
  const message = await takeMessage(hub, deliveryId).catch(() => 'not-found' as const);
  return {
    deliveryId,
    resourceId,
    datasetVersion,
    file,
    ...(rows !== undefined && { rows }),
    bytes,
    sha256,
    ...(receivedAt !== undefined && { receivedAt }),
    message,
  };
}

/** A message that is not found (hidden, or long gone) does no harm: the receipt is what counts. */
async function takeMessage(hub: Connected, deliveryId: string): Promise<Fetched['message']> {
  const mailbox = await hub.mailbox();
  try {
    const seen = await lookForDeliveries(mailbox, {
      waitSeconds: 1,
      until: ({ notice }) => notice.deliveryId === deliveryId,
    });
    const own = seen.filter(({ notice }) => notice.deliveryId === deliveryId);
    await giveBack(
      mailbox,
      seen.filter((received) => !own.includes(received)),
    );
    for (const received of own) await mailbox.remove(received);
    return own.length > 0 ? 'removed' : 'not-found';
  } finally {
    mailbox.close();
  }
}
