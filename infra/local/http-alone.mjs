// An import of node:http reads all that it exports, and three of them are getters that load undici: 35 ms of CPU for
// every process. Neither the hub nor the AWS SDK in its functions uses them.
const http = process.getBuiltinModule('node:http');
for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) Object.defineProperty(http, name, { value: undefined });
