import type { StoredPicture, WrittenAttachment } from '../../../../schemas/stored/attachments.ts';
import type { ResourceHead } from '../../../../schemas/stored/catalog.ts';
import { each, raise } from '../../../kernel/each.ts';
import { evidenceOf, theHub } from '../../../kernel/evidence.ts';
import { attachmentKey } from '../../domain/places.ts';
import type { Intake, UnnamedAttachment } from '../../ports.ts';

type Ports = Pick<Intake, 'attachments' | 'checked' | 'clock' | 'ids' | 'log'>;

/** Attachments of one transaction: two writes each, of a hundred. */
const TOGETHER = 40;
const AT_ONCE = 8;

/**
 * Removes attachments that nothing leads to: first they are none any more, with the evidence, in one transaction; then their
 * objects go, then what finds these. What is cut off in between the next look finishes.
 */
export class Disposal {
  count = 0;
  private readonly ports: Ports;
  private readonly head: ResourceHead;
  private batch: UnnamedAttachment[] = [];

  /** @param head as it was read before anything was decided */
  constructor(ports: Ports, head: ResourceHead) {
    this.ports = ports;
    this.head = head;
  }

  async add(unnamed: UnnamedAttachment): Promise<void> {
    if (this.batch.push(unnamed) === TOGETHER) await this.end();
  }

  /** What is left of one that is none any more. */
  async finish(written: WrittenAttachment, picture?: StoredPicture): Promise<void> {
    await this.ports.checked.remove(attachmentKey(written), picture?.object.versionId);
    await this.ports.attachments.forget(written);
  }

  /** Of those that were added so far; where one of them is another by now, or the resource is, none. */
  async end(): Promise<void> {
    const { attachments, log } = this.ports;
    const batch = this.batch.splice(0);
    if (batch.length === 0) return;
    const pictures = new Map<UnnamedAttachment, StoredPicture | undefined>();
    const unread = await each(
      batch,
      AT_ONCE,
      async (one) => void pictures.set(one, (await attachments.find(one))?.picture),
    );
    raise('reading attachments that nothing names', unread);
    if (!(await attachments.dispose(batch, this.head, this.evidence(batch.length))))
      return log.info('attachments not disposed', { attachments: batch.length });
    this.count += batch.length;
    const faults = await each(batch, AT_ONCE, (one) => this.finish(one, pictures.get(one)));
    raise('removing attachments that nothing names', faults);
  }

  private evidence(attachments: number) {
    const { resourceId, provider, datasetVersion } = this.head;
    const subject = { resourceId, provider, datasetVersion };
    return evidenceOf(this.ports, 'attachments-disposed', theHub('check'), subject, {}, { attachments });
  }
}
