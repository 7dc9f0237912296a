import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** On loopback only. @returns the port, which for 0 is a free one. @throws NodeJS.ErrnoException, e.g. EADDRINUSE. */
export const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
