import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fetchDelivery } from '../../clients/node/consumer.ts';
import type { LocalHub } from '../../clients/node/hub-file.ts';
import { connectAs, credentialsOf } from '../../clients/node/local-hub.ts';
import { Mailbox, type Received } from '../../clients/node/mailbox.ts';
import type { Notice } from '../../clients/protocol/notices.ts';
import { upload } from '../../clients/node/steward.ts';
import type { HubClient } from '../../clients/protocol/hub-client.ts';
import { conclude } from '../../clients/protocol/parties.ts';
import type { Body } from '../../clients/protocol/route-types.ts';
import { routes } from '../../clients/protocol/routes.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { DeliveryNotice, EventNotice } from '../../schemas/contracts/notices.ts';
import type { Encoding, Upload } from '../../schemas/contracts/uploads.ts';
import { raw, type Raw } from './raw.ts';

/** How long a fact is waited for: below the limit of a test (jest.config.js), so that it is told what was there instead. */
const PATIENCE_MS = 240_000;

export interface Delivered {
  readonly notice: DeliveryNotice;
  readonly text: string;
}

/** Terms filled up to what every agreement must say, and valid whenever a test runs. */
export const usual = (terms: object): Body<'proposeAgreement'>['terms'] =>
  ({
    purpose: 'a statutory duty',
    legalBasis: '政务数据共享条例 第十二条',
    validFrom: '2020-01-01',
    validTo: '2099-12-31',
    ...terms,
  }) as never;

/** The departments of a running hub, as their people act: through the public protocol and nothing else. */
export class City {
  readonly hub: LocalHub;
  readonly #folder: string;
  readonly #told = new Map<string, EventNotice[]>();
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

  /** For what no client would send. */
  raw(department: string): Raw {
    const { api, region } = this.hub;
    return raw({ api, region, credentials: credentialsOf(this.hub, department) });
  }

  async publish(provider: string, resourceId: string, definition: unknown): Promise<void> {
    await this.as(provider).call(routes.publishResource, {
      params: { resourceId },
      body: definition as Body<'publishResource'>,
    });
  }

  /** An active agreement; the terms are filled up to what every agreement must say. */
  agree(consumer: string, provider: string, resourceId: string, terms: object): Promise<Agreement> {
    const proposal = {
      resourceId,
      terms: usual({ duties: { security: 'in-house network, named officers' }, ...terms }),
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

  /** Pictures that records name, as a ZIP archive. */
  async attach(provider: string, resourceId: string, archive: Uint8Array): Promise<Upload> {
    return upload(this.as(provider), { resourceId, file: await this.file(archive), content: 'attachments' });
  }

  /** The picture behind a URL that the hub gave. */
  async picture(url: string): Promise<{ readonly type: string | null; readonly bytes: Buffer }> {
    const reply = await fetch(url);
    if (!reply.ok) throw new Error(`the picture could not be fetched: ${reply.status}`);
    return { type: reply.headers.get('content-type'), bytes: Buffer.from(await reply.arrayBuffer()) };
  }

  async mailbox(department: string): Promise<Mailbox> {
    const { mailbox } = await this.as(department).call(routes.me, {});
    return new Mailbox(mailbox.queueUrl, {
      endpoint: this.hub.aws,
      region: this.hub.region,
      credentials: credentialsOf(this.hub, department),
    });
  }

  /**
   * The next `count` deliveries of a department, each fetched, verified, receipted and removed. A notice that comes a second
   * time, as it may, is removed and not counted.
   */
  async receive(department: string, count = 1): Promise<Delivered[]> {
    const mailbox = await this.mailbox(department);
    const delivered: Delivered[] = [];
    const known = new Set<string>();
    const end = performance.now() + PATIENCE_MS;
    try {
      while (delivered.length < count) {
        if (performance.now() > end) throw new Error(`${department} got ${delivered.length} of ${count} deliveries`);
        for (const received of await this.#look(department, mailbox, 2)) {
          const delivery = await this.#take(department, mailbox, received);
          if (!known.has(received.notice.deliveryId)) delivered.push(delivery);
          known.add(received.notice.deliveryId);
        }
      }
      return delivered;
    } finally {
      mailbox.close();
    }
  }

  /** Deliveries that are there; waits so many seconds for the first message. Word of other things is read and taken out. */
  async #look(department: string, mailbox: Mailbox, seconds: number): Promise<Received[]> {
    const deliveries: Received[] = [];
    for (const received of await mailbox.pollAll(seconds)) {
      if (isDelivery(received)) deliveries.push(received);
      else {
        this.#told.set(department, [...(this.#told.get(department) ?? []), received.notice as EventNotice]);
        await mailbox.remove(received);
      }
    }
    return deliveries;
  }

  async #take(department: string, mailbox: Mailbox, received: Received): Promise<Delivered> {
    this.#files += 1;
    const file = join(this.#folder, `delivery-${this.#files}`);
    await fetchDelivery(this.as(department), received.notice.deliveryId, file);
    await mailbox.remove(received);
    return { notice: received.notice, text: await readFile(file, 'utf8') };
  }

  /** Deliveries that come within some seconds; they stay in the mailbox. For what should not arrive. */
  async peek(department: string, seconds = 2): Promise<DeliveryNotice[]> {
    const mailbox = await this.mailbox(department);
    const end = performance.now() + seconds * 1000;
    try {
      for (;;) {
        const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
        const deliveries = await this.#look(department, mailbox, left);
        for (const received of deliveries) await mailbox.hide(received, 0);
        if (deliveries.length > 0 || left === 0) return deliveries.map(({ notice }) => notice);
      }
    } finally {
      mailbox.close();
    }
  }

  /** All that a department has been told of agreements, demands and duties, up to what lies in its mailbox now. */
  async told(department: string): Promise<readonly EventNotice[]> {
    await this.peek(department, 1);
    return this.#told.get(department) ?? [];
  }
}

const isDelivery = (received: Received<Notice>): received is Received => received.notice.type === 'delivery';

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
