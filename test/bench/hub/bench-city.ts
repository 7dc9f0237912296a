import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { factsOf, putFile } from '../../../clients/node/file.ts';
import { conclude } from '../../../clients/protocol/parties.ts';
import { routes } from '../../../clients/protocol/routes.ts';
import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { departments } from '../../../schemas/registry/departments.ts';
import { City } from '../../support/city.ts';
import { type RunningHub, startHub } from '../../support/hub.ts';
import type { BenchContext } from '../cases.ts';
import { extractsOf } from '../check/extracts.ts';
import { benchSchema, type BenchSchemaOptions } from '../check/schema.ts';
import type { DataFile } from '../data/data-folder.ts';
import { type Arrival, arrivals } from './arrivals.ts';

const PROVIDER = 'quality';
const AUTHORITY = 'eitc';
const RESOURCE = 'bench-entities';
/** Those that sign with one officer. */
const CONSUMERS: readonly string[] = departments
  .filter(
    ({ id, roles, approvers }) =>
      roles.includes('department') && approvers !== 2 && id !== PROVIDER && id !== AUTHORITY,
  )
  .map(({ id }) => id);
/** Conversations at once while agreements are concluded, which is not measured. */
const AT_ONCE = 4;
const TELL_EVERY = 50;
const ASK_EVERY_MS = 1000;

/** An exchange that takes longer hangs: two minutes, and ten thousand rows a second. */
const deadlineOf = (rows: number): number => 120 + rows / 10_000;

export interface Exchange {
  readonly seconds: number;
  readonly arrived: readonly Arrival[];
}

/** A local hub of its own for one case, with one resource and its consumers. */
export class BenchCity {
  readonly hub: RunningHub;
  readonly #city: City;
  readonly #expected = new Map<string, number>();

  private constructor(hub: RunningHub, city: City) {
    this.hub = hub;
    this.#city = city;
  }

  /**
   * Runs a case in a city whose hub ends with it. `name`: of the case; credentials are remembered by their path, so each
   * case has a data folder of its own.
   */
  static async inOne<T>(
    { folder }: BenchContext,
    name: string,
    schema: BenchSchemaOptions,
    act: (city: BenchCity) => Promise<T>,
  ): Promise<T> {
    // Also what an interrupted run left.
    await rm(join(folder, 'hub'), { recursive: true, force: true });
    const hub = await startHub({ data: join(folder, 'hub', name), warm: true });
    const bench = new BenchCity(hub, await City.of(hub));
    try {
      await bench.#publish(schema);
      return await act(bench);
    } finally {
      await bench.#close();
    }
  }

  async #publish(schema: BenchSchemaOptions): Promise<void> {
    await this.#city.publish(PROVIDER, RESOURCE, {
      title: 'Legal entities of the bench',
      provider: PROVIDER,
      shareType: 'unconditional',
      schema: benchSchema(schema),
    });
  }

  async #close(): Promise<void> {
    await this.hub.stop();
    await this.#city.leave();
    await rm(this.hub.data, { recursive: true, force: true });
  }

  /** Active agreements of the consumers in turn, with the sixteen extracts in turn: many share one. */
  async agree(count: number, terms: object = {}, progress?: (done: number) => void): Promise<void> {
    const extracts = extractsOf(16).map(({ fields, filter, mask }) => ({ fields, filter, mask }));
    let begun = 0;
    let done = 0;
    const converse = async () => {
      while (begun < count) {
        const index = begun++;
        const consumer = CONSUMERS[index % CONSUMERS.length] ?? '';
        await this.#conclude(consumer, { ...extracts[index % extracts.length], ...terms }, `BENCH-${index}`);
        this.#expected.set(consumer, (this.#expected.get(consumer) ?? 0) + 1);
        done += 1;
        if (done === count || done % TELL_EVERY === 0) progress?.(done);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, converse));
    await this.#settled(count);
  }

  /** Until the provider has been told of every filing: what comes after the agreements is no part of an exchange. */
  async #settled(count: number): Promise<void> {
    const mailbox = await this.#city.mailbox(PROVIDER);
    const filed = new Set<string | undefined>();
    while (filed.size < count)
      for (const received of await mailbox.pollAll(5)) {
        const { notice } = received;
        if ('agreementId' in notice && notice.type === 'agreement' && notice.event === 'file')
          filed.add(notice.agreementId);
        await mailbox.remove(received);
      }
    mailbox.close();
  }

  #conclude(consumer: string, terms: object, filingNumber: string): Promise<Agreement> {
    const parties = {
      consumer: this.#city.as(consumer),
      provider: this.#city.as(PROVIDER),
      authority: this.#city.as(AUTHORITY),
    };
    const duties = { security: 'bench' };
    const always = { purpose: 'bench', legalBasis: 'bench', validFrom: '2020-01-01', validTo: '2099-12-31', duties };
    const proposal = { resourceId: RESOURCE, terms: { ...always, ...terms } } as never;
    return conclude(parties, proposal, filingNumber);
  }

  /** From the first byte of the PUT to the last notice. Announcing, with the digest of the file, comes before. */
  async exchange(data: DataFile): Promise<Exchange> {
    const provider = this.#city.as(PROVIDER);
    const { file, encoding } = data;
    const body = { resourceId: RESOURCE, encoding, ...(await factsOf(file)) };
    const { put, uploadId } = await provider.call(routes.announceUpload, { body });
    if (!put) throw new Error('the hub gave no URL to send the file to');
    return this.#untilNotices(deadlineOf(data.rows), async () => {
      await putFile(put, file);
      await this.#accepted(uploadId);
    });
  }

  /** @throws as soon as the upload is refused: nobody would get a notice. Asks seldom, as it is not alone here. */
  async #accepted(uploadId: string): Promise<void> {
    for (;;) {
      const { state, refusal } = await this.#city.as(PROVIDER).call(routes.readUpload, { params: { uploadId } });
      if (state === 'accepted') return;
      if (state === 'refused' || state === 'held') throw new Error(`the upload is ${state}: ${refusal?.detail}`);
      await pause(ASK_EVERY_MS);
    }
  }

  /** Posts records one call; from the call to the last notice. */
  postRecord(record: Readonly<Record<string, unknown>>): Promise<Exchange> {
    const post = () =>
      this.#city
        .as(PROVIDER)
        .call(routes.postRecords, { params: { resourceId: RESOURCE }, body: { records: [record] } });
    return this.#untilNotices(deadlineOf(1), post);
  }

  async #untilNotices(deadlineSeconds: number, act: () => Promise<unknown>): Promise<Exchange> {
    const awaited = [...this.#expected].map(async ([consumer, count]) => ({
      mailbox: await this.#city.mailbox(consumer),
      count,
    }));
    const waiting = arrivals(await Promise.all(awaited), deadlineSeconds);
    const start = performance.now();
    try {
      const [arrived] = await Promise.all([waiting.all, act()]);
      return { seconds: ((arrived.at(-1)?.at ?? Number.NaN) - start) / 1000, arrived };
    } finally {
      waiting.stop();
    }
  }
}
