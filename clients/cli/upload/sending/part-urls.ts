import type { PresignedPut } from '../../../../schemas/contracts/uploads.ts';
import type { HubClient } from '../../../protocol/hub-client.ts';
import { routes } from '../../../protocol/routes.ts';

/** Part URLs live an hour; half of it leaves a slow part its time. */
const FRESH_MS = 30 * 60_000;

/** The URLs of a multipart upload's parts, a hundred at a time, asked for when they are needed. */
export class PartAddresses {
  readonly #client: Pick<HubClient, 'call'>;
  readonly #uploadId: string;
  readonly #known = new Map<number, { readonly put: PresignedPut; readonly until: number }>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(client: Pick<HubClient, 'call'>, uploadId: string) {
    this.#client = client;
    this.#uploadId = uploadId;
  }

  /** `renew`: not the one that just failed. One page at a time: workers that start together share the first. */
  async of(part: number, renew: boolean): Promise<PresignedPut> {
    if (renew) this.#known.delete(part);
    const turn = this.#turn.catch(() => undefined).then(() => this.#lookUp(part));
    this.#turn = turn;
    const put = await turn;
    if (!put) throw new Error(`the hub gives no URL for part ${part} of upload ${this.#uploadId}`);
    return put;
  }

  async exists(part: number): Promise<boolean> {
    return (await this.#lookUp(part)) !== undefined;
  }

  async #lookUp(part: number): Promise<PresignedPut | undefined> {
    const known = this.#known.get(part);
    if (known && known.until > performance.now()) return known.put;
    const sent = { params: { uploadId: this.#uploadId }, query: { from: part } };
    const { items } = await this.#client.call(routes.listParts, sent);
    for (const { number, url, headers } of items) {
      this.#known.set(number, { put: { url, headers }, until: performance.now() + FRESH_MS });
    }
    return this.#known.get(part)?.put;
  }
}
