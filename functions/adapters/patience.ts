/** Three attempts of 6 s and their pauses leave a function of the API, which has 25 s, time to answer. */
const ANSWER_MS = 6_000;
/** Of those 6 s; a function with a small share of a processor can be kept from it for a second and more. */
const CONNECT_MS = 3_000;
/** Without a byte in either direction; whoever reads an object goes on where it broke (s3/object-reader.ts). */
const SILENCE_MS = 60_000;

/**
 * How long and how often every client of AWS tries; by itself the SDK waits for ever for an answer
 * (https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-reusing-connections.html).
 *
 * What the time-outs mean in @smithy/node-http-handler 4.14: `requestTimeout` ends with the headers of the answer, so that
 * it cuts no body that comes slowly, and includes the wait for a socket and the sending of the request's body; without
 * `throwOnRequestTimeout` it only warns. `socketTimeout` is silence on the socket, at any time.
 * @param answerMs from the request to the headers of its answer
 */
export const patience = (answerMs: number = ANSWER_MS) => ({
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: CONNECT_MS,
    requestTimeout: answerMs,
    throwOnRequestTimeout: true,
    socketTimeout: SILENCE_MS,
  },
});
