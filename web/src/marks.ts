// An article's text cut where marks begin and end.
import type { Offsets } from "./text";
import type { Attribution, Span } from "./types";

export type Role = "source" | "cue" | "content" | "copy" | "cited";

export interface Mark {
  start: number; // UTF-16 units
  end: number;
  role: Role;
  /** Index of the attribution, or of the copy; -1 for the cited words. */
  of: number;
}

export interface Run {
  start: number;
  end: number;
  marks: Mark[];
}

export interface Paragraph {
  start: number;
  end: number;
  runs: Run[];
  /** No empty line stands before it: a header line, a list. */
  tight: boolean;
  /** Attributions whose first mark is here. */
  begins: number[];
}

const ROLES: ("source" | "cue" | "content")[] = ["source", "cue", "content"];

export function marksOf(attributions: Attribution[], offsets: Offsets): Mark[] {
  const marks: Mark[] = [];
  attributions.forEach((row, of) => {
    for (const role of ROLES) {
      for (const [start, end] of row[role] as Span[]) {
        marks.push({ start: offsets.toUnits(start), end: offsets.toUnits(end), role, of });
      }
    }
  });
  return marks;
}

function runsOf(start: number, end: number, marks: Mark[]): Run[] {
  const cuts = new Set([start, end]);
  for (const mark of marks) {
    if (mark.start > start && mark.start < end) cuts.add(mark.start);
    if (mark.end > start && mark.end < end) cuts.add(mark.end);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  const runs: Run[] = [];
  for (let i = 0; i + 1 < sorted.length; i++) {
    const [from, to] = [sorted[i]!, sorted[i + 1]!];
    runs.push({ start: from, end: to, marks: marks.filter((mark) => mark.start <= from && mark.end >= to) });
  }
  return runs;
}

/** Paragraphs are lines with something on them. */
export function paragraphsOf(text: string, marks: Mark[]): Paragraph[] {
  const sorted = [...marks].sort((a, b) => a.start - b.start);
  const seen = new Set<number>();
  const out: Paragraph[] = [];
  let before = 0;
  for (const match of text.matchAll(/[^\n]*\S[^\n]*/g)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const mine = sorted.filter((mark) => mark.start < end && mark.end > start);
    const begins: number[] = [];
    for (const mark of mine) {
      const said = mark.role === "source" || mark.role === "cue" || mark.role === "content";
      if (!said || seen.has(mark.of)) continue;
      seen.add(mark.of);
      begins.push(mark.of);
    }
    const tight = before > 0 && start - before < 2;
    before = end;
    out.push({ start, end, runs: runsOf(start, end, mine), tight, begins });
  }
  return out;
}
