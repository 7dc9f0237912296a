import type { StoredKeyWatch, WatchIn } from '../../../../schemas/stored/watches.ts';

type State = StoredKeyWatch['state'];
interface Transition {
  readonly from: readonly State[];
  readonly to: State;
}

/** What may happen to a watch in which state, and what it is afterwards. */
export const watchTransitions = {
  /** Its keys have come. */
  arrive: { from: ['awaiting'], to: 'received' },
  /** The first look begins, or is taken up again after one that died. */
  take: { from: ['received', 'lodging'], to: 'lodging' },
  begin: { from: ['lodging'], to: 'active' },
  /** A look at a newer dataset, or by other terms. */
  open: { from: ['active', 'looking'], to: 'looking' },
  close: { from: ['looking'], to: 'active' },
  refuse: { from: ['received', 'lodging'], to: 'refused' },
  expire: { from: ['awaiting', 'received', 'lodging'], to: 'expired' },
  end: { from: ['awaiting', 'received', 'lodging', 'active', 'looking'], to: 'ended' },
} as const satisfies Readonly<Record<string, Transition>>;

export type WatchAction = keyof typeof watchTransitions;
/** A watch to which something may happen. */
export type WatchBefore<Action extends WatchAction> = WatchIn<(typeof watchTransitions)[Action]['from'][number]>;

export const watchAllows = <Action extends WatchAction>(
  action: Action,
  watch: StoredKeyWatch,
): watch is WatchBefore<Action> => (watchTransitions[action].from as readonly State[]).includes(watch.state);

/** Nothing more can happen to it. */
export type EndedWatch = WatchIn<'refused' | 'ended' | 'expired'>;

export const isEndedWatch = (watch: StoredKeyWatch): watch is EndedWatch =>
  watch.state === 'refused' || watch.state === 'ended' || watch.state === 'expired';

/** A look under way, by one attempt. */
export type LookUnderWay = WatchIn<'lodging' | 'looking'>;
export const isUnderWay = <Watch extends Pick<StoredKeyWatch, 'state'>>(
  watch: Watch,
): watch is Extract<Watch, { readonly state: 'lodging' | 'looking' }> =>
  watch.state === 'lodging' || watch.state === 'looking';

/** A look as its own attempt names it: its lease may have been renewed meanwhile. */
export type OwnLook = Omit<WatchIn<'lodging'>, 'leaseUntil'> | Omit<WatchIn<'looking'>, 'leaseUntil'>;

/** Keys that count towards what the terms let be watched at once. */
export const keysOf = (watch: StoredKeyWatch | OwnLook): number =>
  watch.state === 'active' || watch.state === 'looking' ? watch.keys : 0;
