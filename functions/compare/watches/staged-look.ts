import { join } from 'node:path';
import type { WatchRefusal } from '../../../schemas/contracts/watches.ts';
import type { WatchIn } from '../../../schemas/stored/watches.ts';
import { Fault } from '../../kernel/fault.ts';
import { watchedListKey } from '../domain/places.ts';
import { seenBy } from '../domain/watches/watched-terms.ts';
import type { LookUnderWay } from '../domain/watches/transitions.ts';
import type { Looking } from './look-basis.ts';
import type { KeyCounts, Watching, WatchPorts } from './ports.ts';

type Ports = Pick<WatchPorts, 'staging' | 'kept' | 'watching'>;

export type Looked = { readonly refusal: WatchRefusal } | (KeyCounts & { readonly file: string });

interface Place {
  /** Empty, of this look's own. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Keys and records on the function's own disk, then the engine. */
export async function stagedLook(
  ports: Ports,
  watch: LookUnderWay,
  looking: Looking,
  { folder, signal }: Place,
): Promise<Looked> {
  const { terms, keyFields, schema } = looking;
  const to = join(folder, 'looked.parquet');
  const resource = await staged(ports, looking, join(folder, 'resource.parquet'));
  const look = { terms: seenBy(terms, keyFields), schema, resource, to, folder, signal };
  if (watch.state === 'lodging') return lodging(ports, watch, { ...look, most: terms.watchKeys ?? 0 });
  const from = join(folder, 'before.parquet');
  const { sha256 } = await ports.kept.fetch(watch.object, from);
  if (sha256 !== watch.object.sha256) throw new Fault(`the keys of watch ${watch.watchId} are not what was kept`);
  return { ...(await ports.watching.look({ ...look, from, isFirst: looking.isFirst })), file: to };
}

async function staged({ staging }: Ports, { representation, datasetVersion }: Looking, path: string) {
  if (!representation) return undefined;
  const { object, columns, rows } = representation;
  const { sha256 } = await staging.representation(object, path);
  if (sha256 !== object.sha256)
    throw new Fault(`the representation of dataset ${datasetVersion} is not what was committed`);
  return { path, columns, rows };
}

async function lodging(
  { staging, watching }: Ports,
  { consumer, watchId, object, list }: WatchIn<'lodging'>,
  look: Omit<Parameters<Watching['begin']>[0], 'list'>,
): Promise<Looked> {
  const path = join(look.folder, 'list');
  const came = await staging.list(watchedListKey(consumer, watchId), object.versionId, path);
  if (came.sha256 !== list.sha256)
    return {
      refusal: {
        code: 'digest-mismatch',
        detail: 'The list is not the one that was announced: its SHA-256 is another.',
      },
    };
  const { format, encoding, sheet, columns } = list;
  const looked = await watching.begin({ ...look, list: { path, format, encoding, sheet, columns } });
  return 'refusal' in looked ? { refusal: refusalOf(looked.refusal) } : { ...looked, file: look.to };
}

type Refusal = Extract<Awaited<ReturnType<Watching['begin']>>, { readonly refusal: unknown }>['refusal'];

function refusalOf({ code, ...more }: Refusal): WatchRefusal {
  if (code === 'list-too-long') return { code: 'too-many-keys', ...more };
  if (code === 'result-unfit') throw new Fault('watched keys have no result');
  return { code, ...more };
}
