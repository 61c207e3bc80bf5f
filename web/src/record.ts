// Rows that name one another by id, put together.
import { ask } from "./api";
import type { Attribution, FullArticle } from "./types";

const articles = new Map<string, Promise<FullArticle>>();
const KEPT = 60;

/** An article, asked for once. */
export function articleOf(id: string): Promise<FullArticle> {
  let found = articles.get(id);
  if (!found) {
    found = ask<FullArticle>(`articles/${encodeURIComponent(id)}?thoughts=true`);
    articles.set(id, found);
    found.catch(() => articles.delete(id));
    if (articles.size > KEPT) articles.delete(articles.keys().next().value!);
  }
  return found;
}

export const idOf = (row: string | Attribution) => (typeof row === "string" ? row : row.id);
/** An attribution's id begins with its document's. */
export const documentOf = (id: string) => id.split(".")[0]!;

function textsOf(article: FullArticle, spans: [number, number][]): string[] {
  const points = [...article.text];
  return spans.map(([start, end]) => points.slice(start, end).join(""));
}

/** An attribution of an article with what is needed to print it. */
export function inArticle(article: FullArticle, row: Attribution): Attribution {
  return {
    ...row,
    type: "attribution",
    document: article.id,
    source_text: textsOf(article, row.source),
    cue_text: textsOf(article, row.cue),
    path: article.path,
    title: article.title,
    outlet: article.outlet,
    published: article.published,
  };
}

/** The rows of a list of ids, in its order; those that are gone are left out. */
export async function attributionsOf(list: (string | Attribution)[]): Promise<Attribution[]> {
  const needed = new Set(list.filter((row) => typeof row === "string").map((row) => documentOf(row as string)));
  const found = new Map<string, Attribution>();
  await Promise.all(
    [...needed].map(async (document) => {
      const article = await articleOf(document).catch(() => null);
      article?.attributions.forEach((row) => found.set(row.id, inArticle(article, row)));
    }),
  );
  return list.map((row) => (typeof row === "string" ? found.get(row) : row)).filter((row) => row !== undefined);
}

/** Reports that are told under one another together, the head first. */
export function byStatement(rows: Attribution[]): Attribution[][] {
  const groups = new Map<string, Attribution[]>();
  for (const row of rows.filter((one) => !one.folded_into)) groups.set(row.id, [row]);
  for (const row of rows.filter((one) => one.folded_into)) {
    const group = groups.get(row.folded_into!);
    if (group) group.push(row);
    else groups.set(row.id, [row]);
  }
  return [...groups.values()];
}

export function byTime(a: Attribution, b: Attribution): number {
  const [x, y] = [a.said_on ?? a.published ?? "~", b.said_on ?? b.published ?? "~"];
  return x < y ? -1 : x > y ? 1 : a.id < b.id ? -1 : 1;
}
