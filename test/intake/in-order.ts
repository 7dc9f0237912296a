import type { ObjectCreated } from '../../functions/intake/receive.handler.ts';
import { anId } from '../support/builders.ts';
import { anUpload, digest, type AnyUpload, type UploadChanges } from './an-upload.ts';
import { anIntake, createdEvent, type Intake } from './hub.ts';

export type Kind = 'snapshot' | 'changes';

export const idOf = (sequence: number) => anId(700 + sequence);

/**
 * A snapshot has a record of its own and the one that all uploads write. Changes add a record of their own, write the
 * common one, and delete the record of the upload before them: what is in force tells which were merged, in which order.
 */
const contentOf = (kind: Kind, sequence: number): string =>
  kind === 'snapshot'
    ? `code,amount,phone\nU${sequence},${sequence},\nALL,${sequence},\n`
    : [
        { code: `U${sequence}`, amount: sequence },
        { code: 'ALL', amount: sequence },
        { _op: 'delete', code: `U${sequence - 1}` },
      ]
        .map((edit) => `${JSON.stringify(edit)}\n`)
        .join('');

/** The dataset after these uploads, in this order: code and amount of each record. */
export function applied(kinds: readonly Kind[], accepted: readonly number[]): Record<string, number> {
  const rows = new Map<string, number>();
  for (const sequence of accepted) {
    if (kinds[sequence - 1] === 'snapshot') rows.clear();
    rows.set(`U${sequence}`, sequence).set('ALL', sequence);
    if (kinds[sequence - 1] === 'changes') rows.delete(`U${sequence - 1}`);
  }
  return Object.fromEntries(rows);
}

export interface Uploading {
  readonly hub: Intake;
  readonly kinds: readonly Kind[];
  /** The bytes are sent; the event is what S3 tells of it. */
  readonly put: (sequence: number) => ObjectCreated;
  readonly upload: (sequence: number) => Promise<AnyUpload>;
  /** State, or the code of the refusal, of each. */
  ends(): Promise<string[]>;
  /** Code and amount of each record in force. */
  inForce(): Record<string, number>;
  acceptedInOrder(): number[];
}

/** Uploads 1, 2, … of one resource, announced, and nothing sent yet. */
export function uploading(kinds: readonly Kind[], changes: UploadChanges = {}): Uploading {
  const hub = anIntake();
  const announced = kinds.map((content, index) => {
    const bytes = contentOf(content, index + 1);
    const upload = anUpload({
      uploadId: idOf(index + 1),
      sequence: index + 1,
      content,
      format: content === 'changes' ? 'ndjson' : 'csv',
      bytes: Buffer.byteLength(bytes),
      sha256: digest(bytes),
      ...changes,
    });
    hub.give({ upload });
    return { upload, bytes };
  });
  return {
    hub,
    kinds,
    put(sequence) {
      const { upload, bytes } = announced[sequence - 1]!;
      const { versionId } = hub.objects.send(upload.key, bytes);
      return createdEvent(upload.key, upload.bytes, versionId);
    },
    upload: (sequence) => hub.upload(idOf(sequence)),
    ends: () =>
      Promise.all(
        kinds.map(async (_, index) => {
          const { state, refusal } = await hub.upload(idOf(index + 1));
          return refusal?.code ?? state;
        }),
      ),
    inForce() {
      const { key = '' } = hub.datasets.at(-1)?.objects[0] ?? {};
      const [, ...lines] = (hub.checked.visible()[key] ?? '').trimEnd().split('\n');
      const rows = lines.map((line): [string, number] => [line.split(',')[0] ?? '', Number(line.split(',')[1])]);
      return Object.fromEntries(rows);
    },
    acceptedInOrder: () =>
      hub.datasets.map(({ uploadId }) => 1 + kinds.findIndex((_, index) => idOf(index + 1) === uploadId)),
  };
}
