export interface Queue {
  /** Sends what it can; one flag a body, true when durably queued. Never throws for an outage: all flags are false. */
  send(bodies: readonly string[]): Promise<readonly boolean[]>;
}
