/**
 * An accident, in our own words: ids, codes and counts, never a value. Only messages of this class are logged as they
 * are; what others say of an error may quote what they were given (`JSON.parse` does, as do zod, Temporal, the SDK's
 * marshaller, and services that name the parameter they did not like).
 */
export class Fault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Fault';
  }
}

/**
 * What passes by itself did not, for as long as there was patience: others were at the same place, or no answer came. It is not
 * done, or nobody knows (`cause` says which); the same again may well succeed.
 */
export class NotInTime extends Fault {}
