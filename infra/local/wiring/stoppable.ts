/** Something that runs until it is stopped; after that it starts nothing more. */
export interface Stoppable {
  stop(): Promise<void>;
}
