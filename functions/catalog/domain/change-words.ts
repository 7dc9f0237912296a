import type { Change, ChangeKind, JudgedChange } from '../../../schemas/contracts/compatibility.ts';

/** Values in a sentence: short ones as they are, what is long or has parts by its name only. */
const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'otherwise';

const listOf = (value: unknown): string => (Array.isArray(value) ? value.join('+') : 'none');

const count = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** The property that a path ends with. */
const property = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const named = ({ fields }: Change): string => (fields.length > 0 ? fields.join(', ') : 'the resource');

const wasAndIs = (change: Change): string => `${named(change)} was ${shown(change.old)} and is ${shown(change.new)}`;

const turned =
  (required: string, passing: string) =>
  (change: Change): string => {
    const name = property(change.path);
    return name === 'required'
      ? `${named(change)} is ${required}`
      : `${named(change)} has another ${name}, which lets ${passing} pass`;
  };

const sentences: Readonly<Record<ChangeKind, (change: Change) => string>> = {
  'field-added': (change) => `the field ${named(change)} is new`,
  'field-required-added': (change) => `the new field ${named(change)} is required, so files without it are refused`,
  'field-removed': (change) => `the field ${named(change)} is gone`,
  'field-renamed': ({ old, new: now }) => `the field ${shown(old)} is now called ${shown(now)}`,
  'type-widened': wasAndIs,
  'type-narrowed': wasAndIs,
  'type-changed': wasAndIs,
  'format-changed': (change) => `${named(change)} is written in another form (${property(change.path)})`,
  'missing-values-changed': (change) => `missing values of ${named(change)} are written in another form`,
  'reference-changed': (change) =>
    change.new === undefined
      ? `${named(change)} names attachments no longer`
      : `${named(change)} now names attachments, so that consumers get references`,
  'constraint-tightened': turned('now required', 'less'),
  'constraint-loosened': turned('no longer required', 'more'),
  'warning-tightened': (change) => `${named(change)} has a stricter rule that only warns (${property(change.path)})`,
  'enum-value-added': (change) => `${named(change)} takes ${count(change.new)} more listed values`,
  'enum-value-removed': (change) => `${named(change)} no longer takes ${count(change.old)} of its listed values`,
  'check-added': (change) => `${named(change)} must now pass ${shown(change.new)}`,
  'check-removed': (change) => `${named(change)} need no longer pass ${shown(change.old)}`,
  'severity-raised': (change) => `${named(change)}: what breaks the rule ${property(change.path)} is now rejected`,
  'severity-lowered': (change) => `${named(change)}: what breaks the rule ${property(change.path)} is now let pass`,
  'sensitivity-raised': wasAndIs,
  'sensitivity-lowered': wasAndIs,
  'share-type-changed': (change) => `${named(change)} is shared in another way (${shown(change.new)})`,
  'share-refused': (change) => `${named(change)} is no longer shared`,
  'share-condition-changed': () => 'the condition of sharing is another',
  'key-changed': ({ old, new: now }) => `the key was ${listOf(old)} and is ${listOf(now)}`,
  'unique-key-added': ({ new: now }) => `${listOf(now)} must now be unique`,
  'unique-key-removed': ({ old }) => `${listOf(old)} need no longer be unique`,
  'mode-added': ({ new: now }) => `the resource is now offered for ${shown(now)}`,
  'mode-removed': ({ old }) => `the resource is no longer offered for ${shown(old)}`,
  'update-cycle-slowed': ({ old, new: now }) => `the update cycle was ${shown(old)} and is ${shown(now)}`,
  'update-cycle-quickened': ({ old, new: now }) => `the update cycle was ${shown(old)} and is ${shown(now)}`,
  'tolerance-changed': ({ old, new: now }) => `the tolerance was ${shown(old)} and is ${shown(now)}`,
  'drift-changed': () => 'another change of the number of rows is held',
  'derivation-statement-changed': () => 'the statement that the resource is made by is another',
  'derivation-input-added': ({ new: now }) => `the resource is also made of ${shown(now)}`,
  'derivation-input-removed': ({ old }) => `the resource is no longer made of ${shown(old)}`,
  'derivation-entering-changed': ({ new: now }) =>
    now === 'entering' ? 'versions have only the records that enter' : 'versions have all records again',
  'derivation-changed': () => 'when the resource is made, how it ends or who consents is another',
  'title-changed': (change) => `${named(change)} has another title`,
  'description-changed': (change) => `${named(change)} is described in other words (${property(change.path)})`,
  'entry-changed': (change) => `${named(change)} has another ${property(change.path)}`,
};

/** A change in one sentence. */
export const sentenceOf = (change: Change): string => sentences[change.kind](change);

/** What a judged change breaks, for the end of its sentence. */
export function breakage({ files, extracts }: Pick<JudgedChange, 'files' | 'extracts'>): string {
  if (files !== 'breaking' && extracts !== 'breaking') return 'breaks nothing';
  if (files !== 'breaking') return 'breaks what consumers get';
  return extracts === 'breaking' ? 'breaks files and what consumers get' : 'breaks files made as before';
}
