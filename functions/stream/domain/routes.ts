import { AgreementState } from '../../../schemas/contracts/agreements.ts';
import { reactions, type Reaction, type RoutedKind, type TableEvent } from '../../../schemas/contracts/events.ts';
import type { StoredSegment } from '../../../schemas/stored/segments.ts';
import type { StoredUpload } from '../../../schemas/stored/uploads.ts';
import { Fault } from '../../kernel/fault.ts';
import { phaseOf } from '../../reading/agreement.ts';
import type { Scalars } from './image.ts';

/** An item of the table, before a change (undefined: it is new) and after. */
export interface Change {
  readonly before: Scalars | undefined;
  readonly now: Scalars;
}

/** An event as an item tells it, before its contract was asked. */
type Told = object & { readonly type: TableEvent['type'] };

interface Route {
  readonly kind: RoutedKind;
  readonly when: (change: Change) => boolean;
  readonly event: (item: Scalars) => Told;
  /** Whose it is, of whom a mass holds up nobody else's: the queues are fair between groups. */
  readonly group: (item: Scalars) => unknown;
  /** Who reacts to such events, but has nothing to do with this item. */
  readonly but?: (item: Scalars) => Reaction | undefined;
}

const isNew = ({ before }: Change): boolean => before === undefined;

const moved =
  <State extends (StoredUpload | StoredSegment)['state']>(from: readonly State[], to: State) =>
  ({ before, now }: Change): boolean =>
    now['state'] === to && from.some((state) => state === before?.['state']);

const everFiled: ReadonlySet<unknown> = new Set(
  AgreementState.options.filter((state) => phaseOf({ state }) !== 'negotiated'),
);

/** An amendment that is filed changes the terms in force and leaves the state as it is. */
const isInForceOtherwise = ({ before, now }: Change): boolean =>
  everFiled.has(now['state']) &&
  (now['state'] !== before?.['state'] || now['termsVersion'] !== before?.['termsVersion']);

const WITHOUT_VERDICT = ['awaiting', 'received', 'checking', 'held'] as const satisfies StoredUpload['state'][];

const provider = (item: Scalars): unknown => item['provider'];
const upload = (type: TableEvent['type']) => ({
  event: ({ uploadId }: Scalars) => ({ type, uploadId }),
  group: provider,
});
const segment = (type: TableEvent['type']) => ({
  event: ({ uploadId, number }: Scalars) => ({ type, uploadId, segment: number }),
  group: ({ uploadId }: Scalars) => uploadId,
});

/** The changes to which somebody reacts, and what that somebody is told; into which queues it goes, `reactions` says. */
export const routes: readonly Route[] = [
  {
    kind: 'dataset',
    when: isNew,
    event: ({ resourceId, datasetVersion }) => ({ type: 'dataset-committed', resourceId, datasetVersion }),
    group: provider,
    but: ({ offered }) => (offered === 'for-deliveries' ? 'represent' : undefined),
  },
  {
    kind: 'resource-version',
    when: isNew,
    event: ({ resourceId }) => ({ type: 'resource-published', resourceId }),
    group: provider,
  },
  {
    kind: 'agreement',
    when: isInForceOtherwise,
    event: ({ agreementId }) => ({ type: 'agreement-changed', agreementId }),
    group: provider,
  },
  {
    // One that was postponed is the sweeper's.
    kind: 'message',
    when: isNew,
    event: ({ notice }) => ({ type: 'notice-committed', noticeId: (notice as Scalars | undefined)?.['noticeId'] }),
    group: ({ to }) => to,
  },
  { kind: 'upload', when: moved(WITHOUT_VERDICT, 'accepted'), ...upload('upload-accepted') },
  { kind: 'upload', when: moved(WITHOUT_VERDICT, 'refused'), ...upload('upload-refused') },
  // Overtaken, or in segments of which some are checked once more.
  { kind: 'upload', when: moved(['checking'], 'received'), ...upload('upload-set-back') },
  { kind: 'upload-segment', when: moved(['checking'], 'checked'), ...segment('segment-checked') },
  { kind: 'upload-segment', when: moved(['checked'], 'received'), ...segment('segment-set-back') },
];

/** An event on its way into one queue. */
export interface Routed {
  readonly to: Reaction;
  readonly event: TableEvent;
  readonly group: string | undefined;
}

/** What a change means to whom; mostly nothing. @throws Fault if an item lacks what its event is made of */
export const routed = (change: Change): readonly Routed[] =>
  routes
    .filter(({ kind, when }) => change.now['kind'] === kind && when(change))
    .flatMap((route) => addressed(route.event(change.now), route.group(change.now), route.but?.(change.now)));

function addressed(event: Told, group: unknown, but: Reaction | undefined): readonly Routed[] {
  const found = Object.entries(reactions).flatMap(([to, contract]) => {
    const { data } = contract.safeParse(event);
    return data ? [{ to: to as Reaction, event: data, group: typeof group === 'string' ? group : undefined }] : [];
  });
  if (found.length === 0) throw new Fault(`no queue takes this event: ${event.type}`);
  return found.filter(({ to }) => to !== but);
}
