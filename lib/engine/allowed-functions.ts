/**
 * The functions that features.sql may use: deterministic functions of one row's values. Not here, though DuckDB has them: what
 * reads files, settings, the clock or a random number; what makes many rows or unbounded text (`range`, `repeat`, `lpad`);
 * what raises (`error`); what hashes differently from version to version (`hash`). Names as the parser gives them.
 */
export const ALLOWED_FUNCTIONS: ReadonlySet<string> = new Set([
  ...['+', '-', '*', '/', '//', '%', '**', '^', '@', '&', '|', '<<', '>>', '~', '||'],
  ...['abs', 'acos', 'acosh', 'add', 'asin', 'asinh', 'atan', 'atan2', 'atanh', 'bit_count', 'cbrt', 'ceil', 'ceiling'],
  ...['cos', 'cosh', 'cot', 'degrees', 'divide', 'even', 'exp', 'factorial', 'fdiv', 'floor', 'fmod', 'gamma', 'gcd'],
  ...['greatest', 'greatest_common_divisor', 'isfinite', 'isinf', 'isnan', 'lcm', 'least', 'least_common_multiple'],
  ...['lgamma', 'ln', 'log', 'log10', 'log2', 'mod', 'multiply', 'nextafter', 'pi', 'pow', 'power', 'radians', 'round'],
  ...['round_even', 'sign', 'signbit', 'sin', 'sinh', 'sqrt', 'subtract', 'tan', 'tanh', 'trunc', 'xor'],
  ...['~~', '!~~', '~~*', '!~~*', '~~~', '^@', 'ascii', 'bit_length', 'chr', 'concat', 'concat_ws', 'contains'],
  ...['damerau_levenshtein', 'ends_with', 'format', 'hamming', 'ilike_escape', 'instr', 'jaccard', 'jaro_similarity'],
  ...['jaro_winkler_similarity', 'lcase', 'left', 'left_grapheme', 'length', 'length_grapheme', 'levenshtein'],
  ...['like_escape', 'lower', 'ltrim', 'md5', 'mismatches', 'nfc_normalize', 'not_ilike_escape', 'not_like_escape'],
  ...['ord', 'position', 'prefix', 'printf', 'regexp_extract', 'regexp_full_match', 'regexp_matches', 'regexp_replace'],
  ...['replace', 'reverse', 'right', 'right_grapheme', 'rtrim', 'sha256', 'split_part', 'starts_with', 'strip_accents'],
  ...['strlen', 'strpos', 'substr', 'substring', 'substring_grapheme', 'suffix', 'translate', 'trim', 'ucase', 'unicode'],
  ...['upper', 'century', 'date_add', 'date_diff', 'date_part', 'date_sub', 'date_trunc', 'datediff', 'datepart'],
  ...['datesub', 'datetrunc', 'day', 'dayname', 'dayofmonth', 'dayofweek', 'dayofyear', 'days_in_month', 'decade'],
  ...['epoch', 'epoch_ms', 'epoch_us', 'era', 'hour', 'isodow', 'isoyear', 'julian', 'last_day', 'make_date'],
  ...['make_timestamp', 'microsecond', 'millennium', 'millisecond', 'minute', 'month', 'monthname', 'quarter', 'second'],
  ...['strftime', 'strptime', 'time_bucket', 'to_days', 'to_hours', 'to_milliseconds', 'to_minutes', 'to_months'],
  ...['to_seconds', 'to_weeks', 'to_years', 'try_strptime', 'week', 'weekday', 'weekofyear', 'year', 'yearweek'],
  ...['nullif', 'constant_or_null'],
]);

/** Operators that are not functions to the parser. */
export const ALLOWED_OPERATORS: ReadonlySet<string> = new Set([
  'OPERATOR_NOT',
  'OPERATOR_IS_NULL',
  'OPERATOR_IS_NOT_NULL',
  'OPERATOR_COALESCE',
  'OPERATOR_NULLIF',
  'OPERATOR_TRY',
  'COMPARE_IN',
  'COMPARE_NOT_IN',
]);

/** Types that a value may be cast to; a time zone or a nested type would bring what no feature needs. */
export const ALLOWED_CASTS: ReadonlySet<string> = new Set([
  ...['BOOLEAN', 'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT'],
  ...['FLOAT', 'DOUBLE', 'DECIMAL', 'VARCHAR', 'DATE', 'TIME', 'TIMESTAMP', 'INTERVAL'],
]);
