import type { HubClient } from '../../../protocol/hub-client.ts';
import { exit, Failure } from '../../terminal/failure.ts';
import type { Begun } from './begin.ts';
import { complete } from '../completion.ts';
import { type Digested, isUnchanged } from './digest.ts';
import { PartAddresses } from './part-urls.ts';
import { persist, type Patience } from './persist.ts';
import { putBytes } from './put-bytes.ts';
import { sendParts } from './send-parts.ts';

export interface SendOptions {
  readonly client: Pick<HubClient, 'call'>;
  readonly patience: Patience;
  /** Bytes that are there or on their way. */
  readonly onBytes: (done: number) => void;
  /** A resumed upload goes on: so many parts need not be sent again. */
  readonly onResume: (there: number, parts: number) => void;
}

/** In one PUT. What was put before is not read again, so that sending twice does no harm. */
export async function sendWhole({ put }: Begun, digested: Digested, options: SendOptions): Promise<void> {
  if (!put) throw new Error('the hub gave no URL to send the file to');
  const { patience, onBytes } = options;
  await persist(async () => {
    await mustBeUnchanged(digested);
    let done = 0;
    await putBytes(put, { file: digested.file, from: 0, bytes: digested.bytes }, patience.signal, (more) =>
      onBytes((done += more)),
    );
  }, patience);
}

/** A part that was taken so often and is missing will be missing again. */
const MOST_TIMES = 3;

/** Part by part, until the hub has put them together. */
export async function sendInParts(begun: Begun, digested: Digested, options: SendOptions): Promise<void> {
  const { client, patience, onResume } = options;
  const transfer = new Transfer(begun, digested, options);
  let missing = await missingAtFirst(begun, digested, options);
  if (begun.resumed) onResume(digested.parts.length - missing.length, digested.parts.length);
  const sent = new Map<number, number>();
  while (missing.length > 0) {
    transfer.startWith(missing);
    await sendParts(missing, transfer, patience);
    for (const part of missing) sent.set(part, (sent.get(part) ?? 0) + 1);
    missing = await persist(() => complete(client, begun.uploadId), patience);
    const lost = missing.find((part) => (sent.get(part) ?? 0) >= MOST_TIMES);
    if (lost !== undefined) throw new Error(`the storage took part ${lost} ${MOST_TIMES} times and does not have it`);
  }
}

/** The journal's word where there is one, else the hub's: it names the first missing ones, and so on after them. */
async function missingAtFirst(
  { uploadId, journal, resumed }: Begun,
  { parts }: Digested,
  { client, patience }: SendOptions,
): Promise<number[]> {
  const all = parts.map((_, index) => index + 1);
  if (!resumed) return all;
  const rest = all.filter((part) => !journal.done.has(part));
  return journal.done.size > 0 && rest.length > 0 ? rest : persist(() => complete(client, uploadId), patience);
}

/** The parts of one file on their way, and how many bytes of it are there. */
class Transfer {
  readonly #begun: Begun;
  readonly #digested: Digested;
  readonly #onBytes: (done: number) => void;
  readonly #addresses: PartAddresses;
  readonly #underWay = new Map<number, number>();
  #there = 0;

  constructor(begun: Begun, digested: Digested, { client, onBytes }: SendOptions) {
    this.#begun = begun;
    this.#digested = digested;
    this.#onBytes = onBytes;
    this.#addresses = new PartAddresses(client, begun.uploadId);
  }

  startWith(missing: readonly number[]): void {
    this.#there = this.#digested.bytes - missing.reduce((sum, part) => sum + this.#bytesOf(part), 0);
    this.#tell();
  }

  address(part: number, renew: boolean) {
    return this.#addresses.of(part, renew);
  }

  async put(part: number, to: Awaited<ReturnType<PartAddresses['of']>>, signal: AbortSignal): Promise<void> {
    await mustBeUnchanged(this.#digested);
    this.#underWay.set(part, 0);
    const from = this.#digested.parts.slice(0, part - 1).reduce((sum, { bytes }) => sum + bytes, 0);
    await putBytes(to, { file: this.#digested.file, from, bytes: this.#bytesOf(part) }, signal, (more) => {
      this.#underWay.set(part, (this.#underWay.get(part) ?? 0) + more);
      this.#tell();
    });
  }

  async sent(part: number): Promise<void> {
    this.#underWay.delete(part);
    this.#there += this.#bytesOf(part);
    await this.#begun.journal.sent(part);
  }

  #bytesOf(part: number): number {
    return this.#digested.parts[part - 1]?.bytes ?? 0;
  }

  #tell(): void {
    this.#onBytes([...this.#underWay.values()].reduce((sum, bytes) => sum + bytes, this.#there));
  }
}

async function mustBeUnchanged(digested: Digested): Promise<void> {
  if (await isUnchanged(digested)) return;
  throw new Failure({
    what: `${digested.file} has changed while it was being sent.`,
    why: 'The hub takes exactly the bytes that were announced.',
    next: ['Type the same command again when nobody writes to the file any more.'],
    code: 'file-changed',
    exit: exit.refused,
  });
}
