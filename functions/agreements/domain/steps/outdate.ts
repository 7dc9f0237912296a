import type { Agreement, Outdated } from '../../../../schemas/contracts/agreements.ts';
import { done, type Outcome } from '../../../kernel/outcome.ts';
import { record } from '../record.ts';
import { hubItself } from '../standing.ts';
import { permit } from '../transitions.ts';

/** Names beyond this are left out, so that what the hub notes always fits beside what was negotiated. */
const MAX_FIELD_CHARACTERS = 10_000;

/**
 * A newer resource version breaks what the terms in force speak of. Where an earlier one does already, its days of grace
 * stand: they were told first.
 */
export function outdate(
  agreement: Agreement,
  { resourceVersion, fields, graceUntil }: Outdated,
  at: string,
): Outcome<Agreement, 'not-found' | 'wrong-state'> {
  const permitted = permit(agreement, 'outdate', hubItself);
  if (!permitted.ok) return permitted;
  const earlier = agreement.outdated?.graceUntil ?? graceUntil;
  const outdated: Outdated = {
    resourceVersion,
    fields: firstOf(fields),
    graceUntil: earlier < graceUntil ? earlier : graceUntil,
  };
  return done(record(agreement, { at, by: 'hub', action: 'outdate', resourceVersion }, { outdated }));
}

function firstOf(fields: readonly string[]): string[] {
  let characters = 0;
  return fields.filter((field) => (characters += field.length) <= MAX_FIELD_CHARACTERS);
}
