// Words of articles on the page. Everything goes through text nodes; what
// would change the direction of other text, or cannot be seen, is made visible.
import type { ComponentChildren } from "preact";

const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

function nameOf(char: string): string {
  return `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Text nodes, with a mark for each character that hides. `at` is the place of
 * the first in the article's text (UTF-16 units), for selections. */
export function visible(text: string, at?: number): ComponentChildren {
  if (!HIDDEN.test(text)) return text;
  const out: ComponentChildren[] = [];
  let plain = 0;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && !HIDDEN.test(text[i]!)) continue;
    if (i > plain) out.push(<span data-at={at === undefined ? undefined : at + plain}>{text.slice(plain, i)}</span>);
    if (i < text.length) {
      out.push(
        <span class="hidden-char" data-at={at === undefined ? undefined : at + i} data-one="">
          {nameOf(text[i]!)}
        </span>,
      );
    }
    plain = i + 1;
  }
  return out;
}

/** A piece of somebody's text, kept from reordering what stands around it. */
export function Words({ children }: { children: string | null | undefined }) {
  return <bdi>{visible(children ?? "")}</bdi>;
}

export function pieces(list: string[] | undefined): string {
  return (list ?? []).join(" … ");
}

const FEW_WORDS = 4;
const HEADING_MOST = 140;
/* Words that mean somebody or something of the article. */
const POINTING = /^(he|she|it|they|we|i|you|his|her|its|their|our|my|your|this|that|these|those|there|such|both|one)\b/i;

const bare = (words: string) =>
  words
    .replace(/^(not so: )?that /i, "$1")
    .replace(/["“”]/g, "")
    .replace(/^['‘’]+|['‘’,;:]+$/g, "")
    .replace(/\s+/g, " ")
    .trim();

function cut(words: string): string {
  if (words.length <= HEADING_MOST) return words;
  return words.slice(0, HEADING_MOST).replace(/[\s,;:—–-]+\S*$/, "") + "…";
}

const countWords = (words: string) => words.split(/\s+/).length;

/** A heading that is understood without the article: of words too few to tell
 * anything ("his comments") the longest of what was said instead; whose words they
 * are, where they point at somebody ("he knew of it"). */
export function headingOf(about: string, said: (string | undefined)[] = [], speaker?: string | null): string {
  const own = bare(about);
  const longest = countWords(own) >= FEW_WORDS ? "" : said.map((words) => bare(words ?? "")).reduce((a, b) => (b.length > a.length ? b : a), "");
  const words = cut(countWords(longest) >= FEW_WORDS ? longest : own);
  const whole = speaker && POINTING.test(words) ? `${speaker}: ${words.charAt(0).toLocaleLowerCase("en")}${words.slice(1)}` : words;
  return whole.charAt(0).toLocaleUpperCase("en") + whole.slice(1);
}

/** Code points ↔ UTF-16 units of one text. */
export interface Offsets {
  toUnits(point: number): number;
  toPoints(unit: number): number;
}

export function offsetsOf(text: string): Offsets {
  if (!/[\ud800-\udbff]/.test(text)) return { toUnits: (n) => n, toPoints: (n) => n };
  const units: number[] = [];
  for (let i = 0; i < text.length; i += text.codePointAt(i)! > 0xffff ? 2 : 1) units.push(i);
  units.push(text.length);
  const toPoints = (unit: number) => {
    let low = 0;
    let high = units.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (units[middle]! < unit) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return { toUnits: (point) => units[Math.min(point, units.length - 1)]!, toPoints };
}
