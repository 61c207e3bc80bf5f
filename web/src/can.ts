// What this server can be asked: what it cannot is not linked.
import type { About } from "./types";

let answers = new Set<string>();

export function learn(about: About | null): void {
  if (about) answers = new Set(about.answers);
}

/** A path below /api/v1/, as "about" lists it. */
export function can(path: string): boolean {
  return answers.has(path);
}
