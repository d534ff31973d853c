/** Characters that move a terminal's cursor, colour it or turn its lines round; data may hold any of them. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A line as it may be printed whatever data it holds.
 *
 * @example visible('a\nb\u001b[31m') // 'a\\nb\\u001b[31m'
 */
export function visible(line: string): string {
  return line.replace(CONTROLS, (character) => NAMED[character] ?? codeOf(character));
}

/** The same of a text whose own lines are meant to be lines. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

function codeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
