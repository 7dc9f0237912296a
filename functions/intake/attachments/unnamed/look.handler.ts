import type { UnnamedMessage } from '../../../../schemas/contracts/messages.ts';
import type { ResourceId } from '../../../../schemas/contracts/ids.ts';
import type { WrittenAttachment } from '../../../../schemas/stored/attachments.ts';
import type { ResourceHead } from '../../../../schemas/stored/catalog.ts';
import { each, raise } from '../../../kernel/each.ts';
import { after, isPast } from '../../../kernel/time.ts';
import type { DigestSet } from '../../../records/index.ts';
import { givenWith, isDisposable, LOOK_EVERY, nothingGiven, type Given } from '../../domain/unnamed.ts';
import type { AttachmentMarks, Intake } from '../../ports.ts';
import { Disposal } from './disposal.ts';
import { namesInForce } from './names-in-force.ts';

export interface UnnamedPorts extends Pick<
  Intake,
  'uploads' | 'resources' | 'qualities' | 'checked' | 'attachments' | 'attachmentMacs' | 'clock' | 'ids' | 'log'
> {
  readonly attachmentMarks: Pick<AttachmentMarks, 'postpone'>;
}

/** Uploads of the resource are under way: some may be about to name what no record names yet. */
const BUSY = { hours: 1 };
/** There is more than is done in one run. */
const GO_ON = { minutes: 5 };
/** Once the names are known, for which there are some ten of the function's 15 minutes. */
const RUN = { minutes: 4 };
/** Attachments of which something is noted, or that are removed, in one run. */
const MOST_CHANGES = 50_000;

/**
 * Which attachments no record names, and since when; what nothing leads to any more is removed. Two at once, and one that is cut
 * off, do no harm: each note says the same again, and each removal is a transaction on condition of what it was decided on.
 */
export const lookForUnnamed =
  (hub: UnnamedPorts) =>
  async ({ resourceId }: UnnamedMessage): Promise<void> => {
    const ports = { ...hub, log: hub.log.with({ resourceId }) };
    const next = await lookAt(ports, resourceId);
    await ports.attachmentMarks.postpone(resourceId, after(ports.clock.now(), next));
  };

async function lookAt(ports: UnnamedPorts, resourceId: ResourceId) {
  // Whatever is announced from here on moves the head, which is a condition of each removal.
  const head = await ports.resources.head(resourceId);
  if (!head) return LOOK_EVERY;
  for await (const _one of ports.uploads.underWay(resourceId)) return BUSY;
  if (!(await isAny(attachmentsOf(ports, resourceId)))) return LOOK_EVERY;
  const names = await namesInForce(ports, head);
  if (!names) return LOOK_EVERY;
  try {
    const given = await givenOf(ports, resourceId);
    return (await goThrough(ports, { head, names, given })) ? LOOK_EVERY : GO_ON;
  } finally {
    names.close();
  }
}

async function givenOf({ resources }: UnnamedPorts, resourceId: ResourceId): Promise<Given> {
  let given = nothingGiven;
  for await (const agreement of resources.agreements(resourceId)) given = givenWith(given, agreement);
  return given;
}

interface Look {
  readonly head: ResourceHead;
  readonly names: DigestSet;
  readonly given: Given;
}

/** False where there is more to do. */
async function goThrough(ports: UnnamedPorts, { head, names, given }: Look): Promise<boolean> {
  const ends = after(ports.clock.now(), RUN);
  const disposal = new Disposal(ports, head);
  const toNote: Note[] = [];
  let [seen, noted, isWhole] = [0, 0, true];
  for await (const written of attachmentsOf(ports, head.resourceId)) {
    const now = ports.clock.now();
    if (noted + disposal.count >= MOST_CHANGES || isPast(ends, now)) {
      isWhole = false;
      break;
    }
    seen += 1;
    const { unnamedSince } = written;
    const isNamed = written.disposed !== true && names.has(written.digest);
    if (written.disposed) await disposal.finish(written);
    else if (isNamed !== (unnamedSince === undefined)) {
      noted += 1;
      if (toNote.push([written, isNamed ? undefined : now]) === TOGETHER) await note(ports, toNote.splice(0));
    } else if (unnamedSince !== undefined && isDisposable(unnamedSince, given, now)) {
      await disposal.add({ ...written, unnamedSince });
    }
  }
  await note(ports, toNote);
  await disposal.end();
  ports.log.info('unnamed attachments looked for', { attachments: seen, noted, disposed: disposal.count });
  return isWhole;
}

type Note = readonly [written: WrittenAttachment, unnamedSince: string | undefined];

const TOGETHER = 160;
const AT_ONCE = 16;

async function note({ attachments }: UnnamedPorts, notes: readonly Note[]): Promise<void> {
  const faults = await each(notes, AT_ONCE, ([written, since]) => attachments.note(written, since));
  raise('noting which attachments nothing names', faults);
}

/** Of accepted uploads, by the attempt that was accepted. */
async function* attachmentsOf(
  { qualities, uploads, attachments }: UnnamedPorts,
  resourceId: ResourceId,
): AsyncGenerator<WrittenAttachment> {
  let cursor: string | undefined;
  do {
    const page = await qualities.list(resourceId, { limit: 100, ...(cursor !== undefined && { cursor }) });
    for (const { uploadId, content } of page.items) {
      const upload = content === 'attachments' ? await uploads.find(uploadId) : undefined;
      if (upload?.state !== 'accepted') continue;
      for await (const written of attachments.ofUpload(uploadId)) if (written.epoch === upload.epoch) yield written;
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
}

async function isAny(all: AsyncGenerator<unknown>): Promise<boolean> {
  for await (const _one of all) return true;
  return false;
}
