// Web Annotation selectors in the address: #selector(type=TextQuoteSelector,…),
// as "Selectors and States" writes them.
import type { Offsets } from "./text";

const AROUND = 24;
const QUOTE_MOST = 240;

export interface Place {
  start: number; // UTF-16 units
  end: number;
}

function field(name: string, value: string | number): string {
  // What the notation needs for itself is escaped too.
  return `${name}=${encodeURIComponent(String(value)).replace(/[()',]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`;
}

/** Short passages by their words, long ones by their place. */
export function writeSelector(text: string, place: Place, offsets: Offsets): string {
  const { start, end } = place;
  if (end - start > QUOTE_MOST) {
    const parts = [field("start", offsets.toPoints(start)), field("end", offsets.toPoints(end))];
    return `#selector(type=TextPositionSelector,${parts.join(",")})`;
  }
  const parts = [
    field("exact", text.slice(start, end)),
    field("prefix", text.slice(Math.max(0, start - AROUND), start)),
    field("suffix", text.slice(end, end + AROUND)),
  ];
  return `#selector(type=TextQuoteSelector,${parts.join(",")})`;
}

function readFields(hash: string): Map<string, string> | null {
  const match = /^#selector\((.*)\)$/s.exec(hash);
  if (!match) return null;
  const fields = new Map<string, string>();
  for (const part of match[1]!.split(",")) {
    const equals = part.indexOf("=");
    if (equals < 0) return null;
    try {
      fields.set(part.slice(0, equals), decodeURIComponent(part.slice(equals + 1)));
    } catch {
      return null;
    }
  }
  return fields;
}

function byQuote(text: string, fields: Map<string, string>): Place | null {
  const exact = fields.get("exact") ?? "";
  const prefix = fields.get("prefix") ?? "";
  const suffix = fields.get("suffix") ?? "";
  if (!exact) return null;
  const whole = text.indexOf(prefix + exact + suffix);
  const start = whole >= 0 ? whole + prefix.length : text.indexOf(exact);
  return start < 0 ? null : { start, end: start + exact.length };
}

/** The place that an address's fragment names, or null. */
export function readSelector(hash: string, text: string, offsets: Offsets): Place | null {
  const fields = readFields(hash);
  if (!fields) return null;
  if (fields.get("type") === "TextQuoteSelector") return byQuote(text, fields);
  const start = Number(fields.get("start") ?? NaN);
  const end = Number(fields.get("end") ?? NaN);
  if (!(start >= 0 && end > start)) return null;
  return { start: offsets.toUnits(start), end: offsets.toUnits(end) };
}
