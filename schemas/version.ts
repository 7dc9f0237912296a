/** Of this software: what a hub says of itself (`GET /v1/me`), and `hub` of itself. It is the one in package.json, to which a test holds it. */
export const SOFTWARE_VERSION = '0.2.0';
