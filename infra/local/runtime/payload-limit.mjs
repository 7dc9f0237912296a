/** Lambda quotas: a synchronous invocation's payload and its answer (Lambda Developer Guide, "Quotas"). */
export const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;
