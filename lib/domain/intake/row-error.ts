/** What the SQL engine calls a value that an expression cannot take; anything else it throws is an outage or a bug. */
const ROW_ERROR = /^(Conversion|Out of Range|Invalid Input|Mismatch Type) Error: (.+)/;

/**
 * What a row has done to features.sql, or undefined when the error is not about data.
 *
 * @example rowErrorOf(new Error('Conversion Error: Could not convert string "x" to INT32')) // 'Could not convert string "x" to INT32'
 */
export function rowErrorOf(error: unknown): string | undefined {
  return error instanceof Error ? ROW_ERROR.exec(error.message)?.[2] : undefined;
}
