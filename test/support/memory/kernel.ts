import type { StoredAnswer } from '../../../schemas/stored/answers.ts';
import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import { written, type About } from '../../../functions/kernel/about.ts';
import type { Answers, Clock, Count, Duration, Ids, Log, Metrics, Timer } from '../../../functions/kernel/ports.ts';
import { anId, instant } from '../builders.ts';

/** A clock that stands still until it is set. */
export const testClock = (now = instant): Clock & { set(now: string): void } => ({
  now: () => now,
  set: (next) => {
    now = next;
  },
});

/** Time passes when told. */
export function manualTimer(): Timer & { tick(): void } {
  const acts = new Set<() => void>();
  return {
    tick: () => acts.forEach((act) => act()),
    every(_seconds, act) {
      acts.add(act);
      return () => acts.delete(act);
    },
  };
}

export const countingIds = (from = 1): Ids => ({ next: () => anId(from++) });

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  /** As it would be written. */
  readonly about: unknown;
}

export function recordingLog(): Log & { readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  return { lines, ...logInto(lines, {}) };
}

function logInto(lines: LogLine[], known: About): Log {
  const write =
    (level: LogLine['level']): Log['info'] =>
    (message, about) => {
      lines.push({ level, message, about: written({ ...known, ...about }) });
    };
  return {
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    with: (about) => logInto(lines, { ...known, ...about }),
  };
}

/** Counts, and the seconds that were told. */
export function recordingMetrics(): Metrics & {
  readonly counts: Partial<Record<Count, number>>;
  readonly told: readonly [Duration, number][];
} {
  const counts: Partial<Record<Count, number>> = {};
  const told: [Duration, number][] = [];
  return {
    counts,
    told,
    count: (name, value = 1) => void (counts[name] = (counts[name] ?? 0) + value),
    seconds: (name, value) => void told.push([name, value]),
  };
}

/** What every commit may hold beside its effect. */
export interface Journal extends Answers {
  readonly evidence: Evidence[];
  readonly stored: ReadonlyMap<string, StoredAnswer>;
  /** Evidence and answer with an effect, or, where the answer's key is taken, nothing of all that (false). */
  commit(effect: () => void, evidence: Evidence | undefined, answer: StoredAnswer | undefined): boolean;
}

export function memoryJournal(): Journal {
  const stored = new Map<string, StoredAnswer>();
  const evidence: Evidence[] = [];
  const keyOf = (department: string, routeId: string, key: string) => `${department} ${routeId} ${key}`;
  return {
    evidence,
    stored,
    find: async (department, routeId, key) => stored.get(keyOf(department, routeId, key)),
    commit(effect, item, answer) {
      const key = answer && keyOf(answer.department, answer.routeId, answer.key);
      if (key !== undefined && stored.has(key)) return false;
      effect();
      if (item) evidence.push(item);
      if (key !== undefined) stored.set(key, answer as StoredAnswer);
      return true;
    },
  };
}
