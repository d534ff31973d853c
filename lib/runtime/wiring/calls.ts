/** Our functions answer within 25 s or less: a call that hangs must leave time for another try. */
export const CALLS = { requestHandler: { connectionTimeout: 2000, requestTimeout: 10_000 } } as const;

/** Moving a training set may take minutes; the connection must still come up quickly. */
export const TRANSFERS = { requestHandler: { connectionTimeout: 2000, requestTimeout: 120_000 } } as const;

/** The service ends an invocation after 60 s; predict has promised its answer within 25 s. */
export const INVOCATIONS = {
  requestHandler: { connectionTimeout: 2000, requestTimeout: 20_000 },
  maxAttempts: 2,
} as const;
