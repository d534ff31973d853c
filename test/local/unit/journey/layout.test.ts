import { describe, expect, it } from 'vitest';
import { beside, columns, count, firstClause, wrap } from '../../../../local/journey/layout.ts';

describe('wrap', () => {
  it('breaks at spaces, at the width and not before', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('one two three', 13)).toEqual(['one two three']);
  });

  it('keeps a word whole that is longer than the line, so that it can be copied', () => {
    expect(wrap('see flight-delay-0e3bcf8e0f8d now', 10)).toEqual([
      'see',
      'flight-delay-0e3bcf8e0f8d',
      'now',
    ]);
  });

  it('gives one empty line for nothing', () => {
    expect(wrap('', 10)).toEqual(['']);
  });
});

describe('beside', () => {
  it('puts what follows below the first line’s text', () => {
    expect(beside('ab  ', 'one two three', 11)).toEqual(['ab  one two', '    three']);
  });

  it('leaves no space at the end of a label without text', () => {
    expect(beside('ab  ', '', 11)).toEqual(['ab']);
  });
});

describe('columns', () => {
  it('sets numbers flush right and words flush left, each as wide as its widest cell', () => {
    const rows = [
      ['April', '27,587', '0.6'],
      ['May', '119', '–'],
    ];
    expect(columns(['month', 'rows', 'auc'], rows)).toEqual([
      'month    rows  auc',
      'April  27,587  0.6',
      'May       119    –',
    ]);
  });

  it('sets a column flush left in which one cell is no number', () => {
    expect(columns(['value'], [['1'], ['none']])).toEqual(['value', '1', 'none']);
  });
});

describe('firstClause', () => {
  it('ends before the details', () => {
    expect(firstClause('19 of 38 columns drifted: temp moved; dewp moved')).toBe('19 of 38 columns drifted');
    expect(firstClause('none of 38 columns moved')).toBe('none of 38 columns moved');
  });
});

describe('count', () => {
  it('agrees with its noun', () => {
    expect([count(1, 'run'), count(0, 'run'), count(1200, 'entry', 'entries')]).toEqual([
      '1 run',
      '0 runs',
      '1,200 entries',
    ]);
  });
});
