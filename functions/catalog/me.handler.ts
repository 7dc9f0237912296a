import { routes } from '../../schemas/contracts/routes.ts';
import { SOFTWARE_VERSION } from '../../schemas/version.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';
import type { Ports } from './ports.ts';

export const meHandler = ({ mailboxUrl }: Ports) =>
  endpoint(routes.me, async ({ caller: { department, roles } }) =>
    done({
      department,
      roles: [...roles],
      mailbox: { queueUrl: mailboxUrl(department) },
      hubVersion: SOFTWARE_VERSION,
    }),
  );
