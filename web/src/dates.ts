// Days as the record has them: "2025", "2025-05", "2025-05-02", with time behind.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"];
MONTHS.push("November", "December");

export function longDay(text: string | null | undefined): string {
  if (!text) return "undated";
  const [year, month, day] = text.slice(0, 10).split("-");
  const name = month ? MONTHS[Number(month) - 1] : undefined;
  if (!name) return year ?? "undated";
  return day ? `${Number(day)} ${name} ${year}` : `${name} ${year}`;
}

/** First and last moment of what the text says; null where it says none. */
export function interval(text: string | null | undefined): [Date, Date] | null {
  if (!text) return null;
  const [year, month, day] = text.slice(0, 10).split("-").map(Number);
  if (!year || !Number.isFinite(year)) return null;
  const start = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  const end = new Date(start);
  if (day) end.setUTCDate(end.getUTCDate() + 1);
  else if (month) end.setUTCMonth(end.getUTCMonth() + 1);
  else end.setUTCFullYear(end.getUTCFullYear() + 1);
  return [start, end];
}

/** When it was said, else when it was published. */
export function momentOf(row: { said_on: string | null; published?: string | null }): Date | null {
  const found = interval(row.said_on) ?? interval(row.published);
  return found && new Date((found[0].getTime() + found[1].getTime()) / 2);
}

/** Ticks at days' beginnings: the record knows no hours. */
export function dayTicks(ticks: Date[]): Date[] {
  return ticks.filter((tick) => tick.getUTCHours() + tick.getUTCMinutes() + tick.getUTCSeconds() === 0);
}

/** A tick of an axis whose ticks are `step` milliseconds apart. */
export function tickLabel(tick: Date, step: number): string {
  const DAY = 86_400_000;
  const month = MONTHS[tick.getUTCMonth()]!.slice(0, 3);
  if (step >= 360 * DAY) return String(tick.getUTCFullYear());
  if (step >= 27 * DAY) return `${month} ${tick.getUTCFullYear()}`;
  return `${tick.getUTCDate()} ${month}`;
}
