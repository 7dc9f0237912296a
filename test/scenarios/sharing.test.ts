import { describe, test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { authentication } from './authentication.ts';
import { disposedOfAfterTheEnd, keptForSomeDays } from './disposal.ts';
import { repairedInTime } from './schema-repairs.ts';
import { newestOfEachDay, nothingAfterTheLastDay } from './schedules.ts';
import { sharingPair } from './sharing-pair.ts';

const at = aPlace();

test('two departments from a demand to the statement of disposal, with all that can happen between them', () =>
  sharingPair(at));

describe('nobody is let in', () => authentication(at));

test('a daily agreement gets the current dataset at once, then the newest of each day, also after missed days', () =>
  newestOfEachDay(at));
test('nothing goes out after the last day of validity, and its content can no longer be fetched', () =>
  nothingAfterTheLastDay(at));
test('what a consumer may keep for some days only is unreadable afterwards, though its agreement goes on', () =>
  keptForSomeDays(at));
test('after a termination nothing is readable, and the consumer owes a statement that it files once', () =>
  disposedOfAfterTheEnd(at));
test('a version that repairs within the days of grace: the agreement goes on as if nothing had happened', () =>
  repairedInTime(at));
