// Questions to the server, as hooks.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Page } from "./types";

export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const NO_SERVER = "The server does not answer.";

export type Values = Record<string, string | number | boolean | null | undefined>;

/** "path?a=1&b=2", without what is empty. */
export function address(path: string, values: Values = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== "" && value !== false) query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

async function problemOf(answer: Response): Promise<Problem> {
  const body = await answer.json().catch(() => null);
  return new Problem(answer.status, body?.detail ?? `The server answered ${answer.status}.`);
}

export async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const answer = await fetch(`/api/v1/${path}`, init).catch((error) => {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, NO_SERVER);
  });
  if (!answer.ok) throw await problemOf(answer);
  return answer.json();
}

/** Several pages of rows, up to `most`. */
export async function askAll<Row>(
  path: string,
  values: Values,
  most: number,
  signal?: AbortSignal,
): Promise<Page<Row>> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Row> = await ask(address(path, { ...values, limit: 200, cursor }), { signal });
    rows.push(...page.rows);
    cursor = page.cursor;
  } while (cursor && rows.length < most);
  return { rows, cursor };
}

export interface Asked<T> {
  data: T | null;
  problem: Problem | null;
  waiting: boolean;
}

const WAITING = { data: null, problem: null, waiting: true };
const IDLE = { data: null, problem: null, waiting: false };

function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(0, String(error));
}

/** The result of `work`, done anew whenever `key` changes; no key: not at all. */
export function useWork<T>(key: string | null, work: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const [asked, setAsked] = useState<Asked<T> & { key: string | null }>({ ...WAITING, key });
  useEffect(() => {
    if (key === null) return;
    const stop = new AbortController();
    setAsked({ ...WAITING, key });
    work(stop.signal).then(
      (data) => !stop.signal.aborted && setAsked({ data, problem: null, waiting: false, key }),
      (error) => !stop.signal.aborted && setAsked({ data: null, problem: asProblem(error), waiting: false, key }),
    );
    return () => stop.abort();
  }, [key]);
  if (key === null) return IDLE;
  return asked.key === key ? asked : WAITING;
}

export function useAnswer<T>(path: string | null): Asked<T> {
  return useWork(path, (signal) => ask<T>(path!, { signal }));
}

const ROWS = 40;

export interface Rows<Row> extends Asked<Row[]> {
  more: (() => void) | null;
  loadingMore: boolean;
}

/** Rows with a way to the next page. */
export function useRows<Row>(path: string | null, values: Values = {}): Rows<Row> {
  const key = path === null ? null : address(path, { limit: ROWS, ...values });
  const first = useAnswer<Page<Row>>(key);
  const [rest, setRest] = useState<{ key: string | null; rows: Row[]; cursor: string | null }>();
  const [loadingMore, setLoading] = useState(false);
  const current = useRef(key);
  current.current = key;
  const mine = rest && rest.key === key ? rest : null;
  const cursor = mine ? mine.cursor : (first.data?.cursor ?? null);
  const more = useCallback(() => {
    setLoading(true);
    ask<Page<Row>>(address(path!, { limit: ROWS, ...values, cursor }))
      .then((page) => {
        if (current.current !== key) return;
        setRest({ key, rows: [...(mine?.rows ?? []), ...page.rows], cursor: page.cursor });
      })
      .catch(() => undefined)
      .finally(() => setLoading(false));
  }, [key, cursor]);
  return {
    ...first,
    data: first.data ? [...first.data.rows, ...(mine?.rows ?? [])] : null,
    more: cursor ? more : null,
    loadingMore,
  };
}
