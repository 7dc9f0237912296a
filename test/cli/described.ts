import { expect } from '@jest/globals';
import type { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import type { Place } from '../support/place.ts';
import { csvOf, legalEntities } from '../support/legal-entities.ts';
import { Desk } from './upload-desk.ts';

/** From a file of data to an accepted upload, and the definition to other tools and back. */
export async function describedAndSent(at: Place): Promise<void> {
  const desk = await Desk.of(at.hub, 'quality');
  await desk.put('entities.csv', csvOf(legalEntities(300)));
  const stated = '--provider quality --share-type unconditional --title 法人';
  expect((await desk.hub(`infer entities.csv -o entities.json ${stated}`)).code).toBe(0);
  expect((await desk.hub('publish entities.json')).code).toBe(0);
  const sent = await desk.hub('--json upload entities.csv --resource entities');
  expect(JSON.parse(sent.out)).toMatchObject({ state: 'accepted', rows: { read: 300, accepted: 300 } });
  expect((await desk.hub('export entities --as odcs -o entities.odcs.yaml')).code).toBe(0);
  const back = await desk.hub('import entities.odcs.yaml');
  const definition = JSON.parse(await desk.read('entities.json')) as ResourceDefinition;
  expect(JSON.parse(back.out)).toMatchObject(definition);
  await desk.put('again.json', back.out);
  const again = await desk.hub('--json publish again.json --id entities');
  expect(JSON.parse(again.out)).toMatchObject({ version: 1 });

  await desk.leave();
}
