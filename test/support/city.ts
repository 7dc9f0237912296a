import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fetchDelivery } from '../../clients/protocol/consumer.ts';
import type { HubClient } from '../../clients/protocol/hub-client.ts';
import { connectAs, credentialsOf, type LocalHub } from '../../clients/protocol/local-hub.ts';
import { Mailbox, type Received } from '../../clients/protocol/mailbox.ts';
import { conclude } from '../../clients/protocol/parties.ts';
import { upload } from '../../clients/protocol/steward.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Me } from '../../schemas/contracts/hub.ts';
import type { DeliveryNotice } from '../../schemas/contracts/messages.ts';
import type { Encoding, Upload } from '../../schemas/contracts/uploads.ts';

/** How long a fact is waited for: below the limit of a test (jest.config.js), so that it is told what was there instead. */
const PATIENCE_MS = 240_000;

export interface Delivered {
  readonly notice: DeliveryNotice;
  readonly text: string;
}

/** The departments of a running hub, as their people act: through the public protocol and nothing else. */
export class City {
  readonly hub: LocalHub;
  readonly #folder: string;
  #files = 0;

  private constructor(hub: LocalHub, folder: string) {
    this.hub = hub;
    this.#folder = folder;
  }

  static async of(hub: LocalHub): Promise<City> {
    return new City(hub, await mkdtemp(join(tmpdir(), 'exchange-hub-city-')));
  }

  async leave(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  as(department: string): HubClient {
    return connectAs(this.hub, department);
  }

  async publish(provider: string, resourceId: string, definition: unknown): Promise<void> {
    await this.as(provider).put(`/v1/resources/${resourceId}`, definition);
  }

  /** An active agreement; the terms are filled up to what every agreement must say. */
  agree(consumer: string, provider: string, resourceId: string, terms: object): Promise<Agreement> {
    const proposal = {
      resourceId,
      terms: {
        purpose: 'a statutory duty',
        legalBasis: '政务数据共享条例 第十二条',
        validFrom: '2020-01-01',
        validTo: '2099-12-31',
        duties: { security: 'in-house network, named officers' },
        ...terms,
      },
    };
    const parties = { consumer: this.as(consumer), provider: this.as(provider), authority: this.as('eitc') };
    return conclude(parties, proposal, `T-${consumer}-${resourceId}`);
  }

  async file(content: string | Uint8Array): Promise<string> {
    this.#files += 1;
    const file = join(this.#folder, `file-${this.#files}`);
    await writeFile(file, content);
    return file;
  }

  async upload(
    provider: string,
    resourceId: string,
    content: string | Uint8Array,
    encoding: Encoding = 'utf-8',
  ): Promise<Upload> {
    return upload(this.as(provider), { resourceId, file: await this.file(content), encoding });
  }

  async mailbox(department: string): Promise<Mailbox> {
    const { mailbox } = await this.as(department).get<Me>('/v1/me');
    return new Mailbox(mailbox.queueUrl, {
      endpoint: this.hub.aws,
      region: this.hub.region,
      credentials: credentialsOf(this.hub, department),
    });
  }

  /** The next `count` notices of a department, each fetched, verified, receipted and removed. */
  async receive(department: string, count = 1): Promise<Delivered[]> {
    const mailbox = await this.mailbox(department);
    const delivered: Delivered[] = [];
    const end = performance.now() + PATIENCE_MS;
    try {
      while (delivered.length < count) {
        if (performance.now() > end) throw new Error(`${department} got ${delivered.length} of ${count} notices`);
        for (const received of await mailbox.poll(2)) delivered.push(await this.#take(department, mailbox, received));
      }
      return delivered;
    } finally {
      mailbox.close();
    }
  }

  async #take(department: string, mailbox: Mailbox, received: Received): Promise<Delivered> {
    this.#files += 1;
    const file = join(this.#folder, `delivery-${this.#files}`);
    await fetchDelivery(this.as(department), received.notice.deliveryId, file);
    await mailbox.remove(received);
    return { notice: received.notice, text: await readFile(file, 'utf8') };
  }

  /** Notices that come within some seconds, not removed: for what should not arrive. */
  async peek(department: string, seconds = 2): Promise<DeliveryNotice[]> {
    const mailbox = await this.mailbox(department);
    try {
      return (await mailbox.poll(seconds)).map(({ notice }) => notice);
    } finally {
      mailbox.close();
    }
  }
}

/** Asks again until the answer is wanted; fails with the last one. */
export async function eventually<T>(ask: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const value = await ask();
    if (wanted(value)) return value;
    if (performance.now() > end) throw new Error(`never so: ${JSON.stringify(value)}`);
    await pause(200);
  }
}
