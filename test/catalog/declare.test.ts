import { expect, test } from '@jest/globals';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import type { DeclaredDefinition } from '../../schemas/catalog/declared.ts';
import { declare } from '../../functions/catalog/domain/declare.ts';
import { digestOf } from '../../functions/kernel/digest.ts';
import { done } from '../../functions/kernel/outcome.ts';
import { aDefinition, aResourceVersion, resource } from '../support/builders.ts';

const at = '2026-12-02T01:00:00.000Z';
const circumstances = { at, graceUntil: '2027-03-02', atStake: { stakes: [], definitions: new Map() } };
const declared = (changes: Partial<DeclaredDefinition['body']> = {}): DeclaredDefinition => ({
  resourceId: resource('legal-entities'),
  body: { ...aDefinition(), ...changes },
});
const fewerFields = { schema: aDefinition({ schema: { fields: [{ name: 'org_code', type: 'string' }] } }).schema };
const written = (by: ResourceVersion['publishedBy'], changes: Parameters<typeof aDefinition>[0] = {}) =>
  aResourceVersion({ version: 3, publishedBy: by, definition: aDefinition(changes) });

test('what is not there is published, as the deployment’s', () => {
  expect(declare(undefined, declared(), circumstances)).toEqual(
    done({
      kind: 'publish',
      version: {
        resourceId: 'legal-entities',
        version: 1,
        provider: 'quality',
        publishedAt: at,
        publishedBy: 'deployment',
        digest: digestOf(aDefinition()),
        definition: aDefinition(),
      },
    }),
  );
});

test.each([
  ['another title than a deployment wrote is published', written('deployment', { title: '旧' }), declared(), 'publish'],
  ['the same as a deployment wrote changes nothing', written('deployment'), declared(), 'unchanged'],
  ['the same as a provider wrote changes nothing', written('provider'), declared(), 'unchanged'],
  ['what a provider wrote stays', written('provider', { title: '新' }), declared(), 'left-to-provider'],
  [
    'what a provider wrote stays, whatever the file accepts',
    written('provider', { title: '新' }),
    declared({ ...fewerFields, breaking: 'accepted' }),
    'left-to-provider',
  ],
  [
    'a breaking change that the file accepts is published',
    written('deployment'),
    declared({ ...fewerFields, breaking: 'accepted' }),
    'publish',
  ],
])('%s', (_, latest, file, kind) => {
  expect(declare(latest, file, circumstances)).toMatchObject({ ok: true, value: { kind } });
});

test('the word that accepts a breaking change is no part of the definition', () => {
  const outcome = declare(undefined, declared({ breaking: 'accepted' }), circumstances);
  expect(outcome).toMatchObject({ ok: true, value: { version: { digest: digestOf(aDefinition()) } } });
});

test.each([
  ['breaking-change', written('deployment'), declared(fewerFields)],
  ['not-the-provider', written('deployment'), declared({ provider: 'tax' as never })],
  [
    'invalid-definition',
    undefined,
    declared({ schema: aDefinition({ schema: { fields: [{ name: 'a' }, { name: 'a' }] } }).schema }),
  ],
])('the rules of publishing hold for a deployment, too: %s', (code, latest, file) => {
  expect(declare(latest, file, circumstances)).toMatchObject({ ok: false, refusal: { code } });
});
