import { ulid } from 'ulid';
import type { Clock, Ids } from '../kernel/ports.ts';

export const systemClock: Clock = { now: () => new Date().toISOString() };

export const ulids: Ids = { next: () => ulid() };
