import { ulid } from 'ulid';
import type { Clock, Ids, Timer } from '../kernel/ports.ts';

export const systemClock: Clock = { now: () => new Date().toISOString() };

export const systemTimer: Timer = {
  every(seconds, act) {
    const running = setInterval(act, seconds * 1000);
    return () => clearInterval(running);
  },
};

export const ulids: Ids = { next: () => ulid() };
