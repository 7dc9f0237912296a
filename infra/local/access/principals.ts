import { createHash, createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Principal } from '../aws/contracts.ts';

export interface Principals {
  readonly byAccessKey: (id: string) => Principal | undefined;
  /** The principal of a role's session; the same key at every start of a data folder. */
  readonly of: (roleName: string, session: string, kind: Principal['kind']) => Principal;
}

/** Keys are derived from one secret of the data folder, so that clients' credentials outlive a restart. */
export function principalsOf(dataDir: string, account: string): Principals {
  const secret = secretOf(join(dataDir, 'secret'));
  const known = new Map<string, Principal>();
  return {
    byAccessKey: (id) => known.get(id),
    of: (roleName, session, kind) => {
      const name = `${roleName}/${session}`;
      const principal: Principal = {
        arn: `arn:aws:sts::${account}:assumed-role/${name}`,
        account,
        accessKeyId: `${kind === 'department' ? 'AKIA' : 'ASIA'}${base32(derive(secret, 'id', name)).slice(0, 16)}`,
        secretAccessKey: derive(secret, 'key', name).toString('base64').slice(0, 40),
        kind,
        // A function's keys are temporary in AWS, so that presigned URLs are as long here as they are there.
        ...(kind === 'function' && { sessionToken: derive(secret, 'token', name).toString('base64') }),
      };
      known.set(principal.accessKeyId, principal);
      return principal;
    },
  };
}

const derive = (secret: Buffer, what: string, name: string): Buffer =>
  createHmac('sha256', secret).update(`${what}\n${name}`).digest();

function secretOf(file: string): Buffer {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  return createHash('sha256').update(readFileSync(file, 'utf8')).digest();
}

const base32 = (bytes: Buffer): string =>
  [...bytes].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte & 31]).join('');
