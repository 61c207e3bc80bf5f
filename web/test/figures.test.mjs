// The numbers on the page beside the same questions asked of the store in SQL, over
// some twenty thousand attributions: more rows than any page shows at once.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { root, serve } from "./server.mjs";

const ATTRIBUTIONS = 20_000;
const PYTHON = ["-B", "-c"];

const MAKE = `
import sys
sys.path.insert(0, sys.argv[1])
import serve
serve.make_store(sys.argv[2], sys.argv[3], int(sys.argv[4]))`;

const ASK = `
import json, sqlite3, sys
db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
db.row_factory = sqlite3.Row
print(json.dumps([dict(row) for row in db.execute(sys.argv[2], sys.argv[3:])]))`;

let server;
let browser;

function sql(question, ...values) {
  const told = execFileSync("python3", [...PYTHON, ASK, server.store, question, ...values.map(String)], {
    maxBuffer: 1 << 28,
  });
  return JSON.parse(told);
}

before(async () => {
  server = await serve({
    make: (program, store) =>
      execFileSync("python3", [...PYTHON, MAKE, join(root, "bench"), program, store, String(ATTRIBUTIONS)], {
        stdio: ["ignore", "ignore", "inherit"],
      }),
  });
  browser = await openBrowser({ viewport: { width: 1200, height: 900 } });
});
after(async () => {
  await browser?.end();
  await server?.stop();
});

async function open(path) {
  const page = await browser.context.newPage();
  await page.goto(server.base + path);
  await page.waitForSelector("main h1");
  await page.waitForFunction(() => !document.querySelector(".waiting"));
  return page;
}

const number = (text) => Number(text.replaceAll(",", ""));

/** The number that opens the line above a list. */
async function howMany(page) {
  const line = page.locator(".how-many");
  await page.waitForFunction(() => /^[\d,]+ /.test(document.querySelector(".how-many")?.textContent ?? ""));
  return number((await line.innerText()).split(" ")[0]);
}

/** Rows of the table: the name, then the numbers of the next columns. */
async function figures(page, columns) {
  const rows = await page.locator(".figures tbody tr").evaluateAll((all, count) =>
    all.map((row) => [...row.children].slice(0, count).map((cell) => cell.innerText)), columns + 1);
  return rows.map(([name, ...numbers]) => [name, ...numbers.map((text) => (text.endsWith("%") ? text : number(text)))]);
}

const percent = (part, whole) => `${Math.round((100 * Math.round((1e4 * part) / whole)) / 1e4)}%`;

// One row for each attribution and each who speaks in it, of what was said and not only thought.
const SAID = `FROM attributions a JOIN documents d ON d.key = a.document
  JOIN speakers s ON s.document = a.document AND s.attribution = a.n
  JOIN local_entities l ON l.document = s.document AND l.n = s.entity
  LEFT JOIN entities e ON e.key = l.entity LEFT JOIN reports r ON r.attribution = a.key
  WHERE a.mode <> 'thought'`;
const WHO = "coalesce(e.id, d.id || ' ' || l.n)";
const OF_SPEAKERS = `SELECT coalesce(e.name, l.name) AS name, count(DISTINCT a.key) AS said,
  count(DISTINCT r.statement) AS statements, count(DISTINCT d.key) AS articles, count(DISTINCT nullif(d.outlet, '')) AS outlets,
  count(DISTINCT CASE WHEN a.kind = 'direct' THEN a.key END) AS direct ${SAID}`;

/** Rows of one order may lie in any order where it leaves them even: both sides are sorted. */
const sorted = (rows) => rows.map((row) => JSON.stringify(row)).sort();

for (const [title, query, where, values] of [
  ["all", "", "", []],
  ["who deny something", "&stance=deny", "AND a.stance = 'deny'", []],
  ["in one paper", "&outlet=The+Morning+Ledger", "AND d.outlet = ?", ["The Morning Ledger"]],
]) {
  test(`speakers, ${title}: said, statements, articles, outlets, share quoted`, async () => {
    const page = await open(`/speakers?sort=attributions${query}`);
    const rows = sql(`${OF_SPEAKERS} ${where} GROUP BY ${WHO} ORDER BY said DESC`, ...values);
    assert.ok(rows.length > 50, `${rows.length} speakers`);
    assert.equal(await howMany(page), rows.length);
    const shown = await figures(page, 5);
    const least = shown[shown.length - 1][1]; // of those with as many as the last, the page shows some
    const wanted = rows.map((row) => [row.name, row.said, row.statements, row.articles, row.outlets, percent(row.direct, row.said)]);
    assert.ok(shown.length >= 20, `${shown.length} rows`);
    assert.deepEqual(sorted(shown.filter((row) => row[1] > least)), sorted(wanted.filter((row) => row[1] > least)));
    const even = new Set(sorted(wanted.filter((row) => row[1] === least)));
    for (const row of sorted(shown.filter((one) => one[1] === least))) assert.ok(even.has(row), row);
    await page.close();
  });
}

test("outlets: articles, attributions, statements, speakers, shares quoted and named", async () => {
  const page = await open("/outlets");
  const rows = sql(`SELECT coalesce(nullif(d.outlet, ''), 'outlet not told') AS outlet, count(DISTINCT d.key) AS articles,
    count(a.key) AS said, count(DISTINCT r.statement) AS statements, sum(a.kind = 'direct') AS direct,
    sum(a.speaker IS NOT NULL) AS named FROM documents d LEFT JOIN attributions a ON a.document = d.key AND a.mode <> 'thought'
    LEFT JOIN reports r ON r.attribution = a.key GROUP BY 1`);
  const speakers = new Map(sql(`SELECT coalesce(nullif(d.outlet, ''), 'outlet not told') AS outlet,
    count(DISTINCT ${WHO}) AS speakers ${SAID} GROUP BY 1`).map((row) => [row.outlet, row.speakers]));
  assert.equal(await howMany(page), rows.length);
  assert.ok(rows.reduce((sum, row) => sum + row.said, 0) > 0.8 * ATTRIBUTIONS);
  assert.deepEqual(
    sorted(await figures(page, 6)),
    sorted(rows.map((row) => [row.outlet, row.articles, row.said, row.statements, speakers.get(row.outlet),
      percent(row.direct, row.said), percent(row.named, row.said)])),
  );
  await page.close();
});

test("stances: how many rows each has, and a speaker's", async () => {
  const counts = sql("SELECT stance, count(*) AS n FROM attributions WHERE mode <> 'thought' GROUP BY stance");
  assert.ok(counts.length >= 5);
  for (const { stance, n } of counts) {
    const page = await open(`/search?stance=${stance}`);
    assert.equal(await howMany(page), n, stance);
    await page.close();
  }
  const [{ name }] = sql(`${OF_SPEAKERS} AND e.id IS NOT NULL GROUP BY ${WHO} ORDER BY said DESC LIMIT 1`);
  const page = await open(`/speaker/${encodeURIComponent(name)}`);
  const own = sql(`SELECT a.stance AS stance, count(DISTINCT a.key) AS n ${SAID} AND e.name = ? GROUP BY 1`, name);
  const told = own.reduce((sum, row) => sum + row.n, 0);
  assert.equal(await howMany(page), told);
  await page.waitForSelector("aside .count");
  const shown = await page.locator("aside ul").filter({ has: page.locator('a[href*="stance="]') }).locator("li").evaluateAll((items) =>
    items.map((item) => [new URL(item.querySelector("a").href).searchParams.get("stance"), item.querySelector(".count").innerText]));
  assert.deepEqual(sorted(shown.map(([stance, n]) => [stance, number(n)])), sorted(own.map((row) => [row.stance, row.n])));
  await page.close();
});

test("timeline: a mark for each statement, those that crowd a place counted", async () => {
  const MOST = 600; // that a timeline draws
  const [{ name, outlet, told }] = sql(`SELECT e.name AS name, d.outlet AS outlet, count(DISTINCT r.statement) AS told ${SAID}
    AND d.outlet <> '' AND d.day < '~' AND e.id IS NOT NULL GROUP BY e.key, d.outlet HAVING told < CAST(? AS INTEGER) ORDER BY told DESC LIMIT 1`, MOST);
  assert.ok(told > 20, `${told} statements`);
  const page = await open(`/timeline?${new URLSearchParams({ speaker: name, outlet })}`);
  const whole = page.getByRole("button", { name: "Whole time" });
  if ((await whole.count()) && (await whole.isEnabled())) await whole.click();
  const labels = await page.locator("a.mark").evaluateAll((marks) => marks.map((mark) => mark.getAttribute("aria-label")));
  const drawn = labels.map((label) => Number(/: (\d+) statements \(/.exec(label)?.[1] ?? 1));
  assert.equal(drawn.reduce((sum, count) => sum + count, 0), told);
  await page.close();
});
