// What this server can be asked: what it cannot is not linked.
import type { About } from "./types";

let answers = new Set<string>();
let review = false;
let settle: () => void;
const known = new Promise<void>((resolve) => (settle = resolve));

export function learn(about: About | null): void {
  if (!about) return;
  answers = new Set(about.answers);
  review = !!about.review;
  settle();
}

/** For work that starts with the page and may be ahead of "about". */
export function whenKnown(): Promise<void> {
  return known;
}

/** A path below /api/v1/, as "about" lists it. */
export function can(path: string): boolean {
  return answers.has(path);
}

/** Whether this server takes marks of reviewers. */
export function canReview(): boolean {
  return review;
}
