// Loaded before a command (`--import`): its process dies, as of SIGKILL, at its `DIES_AT`th change of files that have
// `DIES_IN` in their path.
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

type Change = (path: unknown, ...more: unknown[]) => Promise<unknown>;

const { DIES_AT: at = '', DIES_IN: part = '' } = process.env;
let changes = 0;
for (const name of ['mkdir', 'open', 'rename', 'rm', 'writeFile'] as const) {
  const real = promises[name] as Change;
  const mortal: Change = (path, ...more) => {
    if (String(path).includes(part) && ++changes === Number(at)) process.kill(process.pid, 'SIGKILL');
    return real(path, ...more);
  };
  Object.assign(promises, { [name]: mortal });
}
syncBuiltinESMExports();
