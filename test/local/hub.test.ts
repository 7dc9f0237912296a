import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startHub, type RunningHub } from '../support/hub.ts';
let hub: RunningHub;
beforeAll(async () => { hub = await startHub({ assembly: '/tmp/hubasm' }); });
afterAll(async () => { await hub.stop(); });
test('x', async () => {
  expect(hub.departments).toContain('tax');
  const a = await hub.now();
  expect((await hub.advance(3600)).getTime()).toBeGreaterThanOrEqual(a.getTime() + 3600_000);
  const r = await fetch(hub.api + '/v1/me');
  console.log(r.status, await r.text(), [...r.headers]);
});
