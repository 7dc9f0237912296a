import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { applyChanges } from '../../../functions/records/files/apply-changes.ts';
import type { ByteSink, Written } from '../../../functions/records/csv/output.ts';
import type { EditFormat } from '../../../functions/records/formats/natures.ts';
import type { CopyShape } from '../../node/copy.ts';
import type { Followable } from '../../node/follow.ts';
import { stepFor, type Followed, type Standing } from '../../protocol/following.ts';
import { exit, Failure } from '../terminal/failure.ts';
import { readNote, stateBy, type CopyNote, type CopyState } from './copy-note.ts';
import { disk as realDisk, type Disk } from './disk.ts';
import { applyToLines } from './edit-lines.ts';

export interface FileCopyOptions {
  readonly file: string;
  readonly department: string;
  readonly agreementId: string;
  /** What the terms say of the rows; asked for edits alone. */
  readonly shapeOf: (termsVersion: number) => Promise<CopyShape>;
  readonly onApplied?: (delivery: Followed, seconds: number) => void;
  readonly disk?: Disk;
}

/** Beside the copy: its note, and room to work. */
export const folderOf = (file: string): string => `${file}.hub`;
/** Emptied at each start: contents on their way, and what is to take the place of the copy. */
export const workOf = (file: string): string => join(folderOf(file), 'work');

/**
 * A consumer's copy under one agreement as a file that is always whole. Whenever the process dies, it is of one delivery
 * and `open` knows of which:
 *
 *   write the new file beside it, sync → note what it is about to be → rename → note what it is
 */
export class FileCopy implements Followable {
  /** Why the copy that was noted is none any more: it has to be made anew, from the history. */
  readonly lost: 'missing' | 'changed' | undefined;
  readonly #options: FileCopyOptions;
  readonly #disk: Disk;
  #state: CopyState | undefined;

  private constructor(options: FileCopyOptions, state: CopyState | undefined, lost: FileCopy['lost']) {
    this.#options = options;
    this.#disk = options.disk ?? realDisk;
    this.#state = state;
    this.lost = lost;
  }

  /** @throws Failure where the file or its note is somebody else's */
  static async open(options: FileCopyOptions): Promise<FileCopy> {
    const { disk = realDisk, file } = options;
    await disk.emptyFolder(workOf(file));
    const note = await readNote(disk, noteOf(file));
    const sha256 = await disk.digest(file);
    mustBeOurs(options, note, sha256);
    const state = note && stateBy(sha256, note);
    // A first delivery that was noted and not put in place: nothing was there, and nothing is lost.
    const isLost = note?.now !== undefined && state === undefined;
    return new FileCopy(options, state, isLost ? (sha256 === undefined ? 'missing' : 'changed') : undefined);
  }

  get standing(): Standing | undefined {
    return this.#state;
  }

  async apply(delivery: Followed, content: AsyncIterable<Uint8Array>): Promise<void> {
    if (stepFor(this.#state, delivery) !== 'apply')
      throw new Error(`delivery ${delivery.deliveryId} is not to be applied to this copy`);
    const { file, onApplied } = this.#options;
    const { termsVersion, datasetVersion } = delivery;
    const started = performance.now();
    const next = { termsVersion, datasetVersion, sha256: await this.#written(delivery, content) };
    await this.#note({ ...(this.#state && { now: this.#state }), next });
    await this.#disk.move(newOf(file), file, dirname(resolve(file)));
    this.#state = next;
    await this.#note({ now: next });
    onApplied?.(delivery, Math.round((performance.now() - started) / 100) / 10);
  }

  /** The file that is to take the place of the copy. @returns its digest */
  async #written(delivery: Followed, content: AsyncIterable<Uint8Array>): Promise<string> {
    const target = await this.#disk.create(newOf(this.#options.file));
    try {
      return await (delivery.content === 'snapshot'
        ? copied(content, target)
        : this.#edited(delivery.termsVersion, content, target));
    } finally {
      await target.close();
    }
  }

  async #edited(termsVersion: number, edits: AsyncIterable<Uint8Array>, sink: ByteSink): Promise<string> {
    const { file, shapeOf } = this.#options;
    const { fields, key, format } = await shapeOf(termsVersion);
    const seen = createHash('sha256');
    const input = hashed(this.#disk.read(file), seen);
    const { sha256 } = await APPLIERS[format]({ input, columns: fields }, edits, key, sink);
    if (seen.digest('base64') === this.#state?.sha256) return sha256;
    this.#state = undefined;
    throw new Error(`${file} was changed by something else, so that edits no longer fit it`);
  }

  #note(states: Pick<CopyNote, 'now' | 'next'>): Promise<void> {
    const { department, agreementId, file } = this.#options;
    const note: CopyNote = { department, agreementId, ...states };
    return this.#disk.note(noteOf(file), `${JSON.stringify(note, undefined, 2)}\n`);
  }
}

type Apply = (...edit: Parameters<typeof applyChanges>) => Promise<Pick<Written, 'sha256'>>;

const APPLIERS: Readonly<Record<EditFormat, Apply>> = {
  // Most looks find no edits, and the record engine takes as long to load as all the rest.
  csv: async (...edit) => {
    const engine = await import('../../../functions/records/files/apply-changes.ts');
    return engine.applyChanges(...edit);
  },
  ndjson: ({ input }, edits, key, sink) => applyToLines(input, edits, key, sink),
};

const noteOf = (file: string): string => join(folderOf(file), 'copy.json');
const newOf = (file: string): string => join(workOf(file), 'new');

async function copied(content: AsyncIterable<Uint8Array>, sink: ByteSink): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of hashed(content, hash)) await sink.write(chunk);
  return hash.digest('base64');
}

async function* hashed(
  input: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) {
    hash.update(chunk);
    yield chunk;
  }
}

function mustBeOurs(
  { file, department, agreementId }: FileCopyOptions,
  note: CopyNote | undefined,
  sha256: string | undefined,
): void {
  if (note === undefined && sha256 !== undefined)
    throw new Failure({
      what: `${file} is there already, and is no copy that hub follow keeps.`,
      why: 'It would be overwritten.',
      next: ['Name another file with --to, or move this one away.'],
      code: 'file-taken',
      exit: exit.usage,
    });
  if (note !== undefined && (note.department !== department || note.agreementId !== agreementId))
    throw new Failure({
      what: `${file} is the copy of ${note.department} under agreement ${note.agreementId}.`,
      next: ['Name another file with --to, or remove it together with its folder.'],
      code: 'file-taken',
      exit: exit.usage,
    });
}
