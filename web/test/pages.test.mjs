// Every page, driven by a browser over the demo's store.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { json, root, serve } from "./server.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SHOTS = join(process.env.HEARSAY_BUILD ?? join(root, "build"), "web-shots");
const STORY = join(root, "examples/story");
const SCHEMES = ["light", "dark"];

const HOSTILE = `Title: Minister <script>window.hacked=1</script> speaks
Date: 2025-04-03
Outlet: <b>Bold</b> Post

"<img src=x onerror='window.hacked=2'> \u202eevil\u202c &amp &#x; </p><svg/onload=window.hacked=3>" Edda Falk, the transport minister, told reporters. Nothing \u{1F41F} swims here.

Falk denied that the ferry was late.
`;

let server;
let browser;
let first; // id of the demo's first article
let claim; // the one with most statements
let statement; // one that was copied

async function newPage() {
  const page = await browser.context.newPage();
  const faults = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("dialog", (dialog) => (faults.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  page.on("request", (request) => {
    if (!request.url().startsWith("http://127.0.0.1:") && !request.url().startsWith("data:")) faults.push(request.url());
  });
  return { page, faults };
}

async function open(page, path, on = server) {
  await page.goto(on.base + path);
  await settled(page);
}

async function settled(page) {
  await page.waitForSelector("main h1");
  await page.waitForFunction(() => !document.querySelector(".waiting"));
}

/** What axe has against the page. */
async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  return found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`);
}

before(async () => {
  rmSync(SHOTS, { recursive: true, force: true });
  mkdirSync(SHOTS, { recursive: true });
  server = await serve({ files: [STORY], options: ["--allow-add", "--allow-review"] });
  browser = await openBrowser({ viewport: { width: 1200, height: 900 }, permissions: ["clipboard-write", "clipboard-read"] });
  first = (await json(server, "articles?limit=1")).rows[0].id;
  const size = (row) => row.statements_for + row.statements_against;
  claim = (await json(server, "claims")).rows.sort((a, b) => size(b) - size(a))[0];
  statement = (await json(server, "timeline?limit=200")).rows.find((row) => row.reports > 1);
});
after(async () => {
  await browser?.end();
  await server?.stop();
});

const PAGES = {
  home: () => "/",
  search: () => "/search?q=river",
  "search-none": () => "/search?q=nothingofthekind",
  articles: () => "/articles",
  article: () => `/article/${first}`,
  speakers: () => "/speakers",
  speaker: () => "/speaker/Ilse%20Marten",
  claims: () => "/claims",
  claim: () => `/claim/${claim.id}`,
  spread: () => `/spread/${statement.id}`,
  conflicts: () => "/conflicts?sort=day",
  shifts: () => "/shifts",
  "shifts-some": () => "/shifts?speaker=Tolm",
  copies: () => "/copies",
  variants: () => "/variants",
  doubles: () => "/doubles",
  outlets: () => "/outlets?sort=speakers",
  review: () => "/review",
  "review-sides": () => "/review?kind=side",
  "review-shifts": () => "/review?kind=shift",
  "review-names": () => "/review?kind=name",
  "review-statements": () => "/review?kind=statement",
  timeline: () => "/timeline?q=river",
  add: () => "/add",
  lost: () => "/nowhere",
  "article-missing": () => "/article/0123456789abcdef",
};

for (const [name, path] of Object.entries(PAGES)) {
  test(`${name}: axe finds nothing, it fits, it asks nobody else`, async () => {
    const { page, faults } = await newPage();
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width: 1200, height: 900 });
      await open(page, path());
      assert.deepEqual(await violations(page), [], `${name}, ${scheme}`);
      await page.screenshot({ path: join(SHOTS, `${name}-${scheme}.png`), fullPage: true });
      await page.setViewportSize({ width: 360, height: 740 });
      await page.waitForTimeout(50);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 360, `${name} is ${wide} wide at 360`);
      assert.deepEqual(await violations(page), [], `${name}, ${scheme}, narrow`);
      await page.screenshot({ path: join(SHOTS, `${name}-${scheme}-narrow.png`) });
    }
    const expected = name === "lost" || name === "article-missing" ? faults.filter((f) => !f.includes("404")) : faults;
    assert.deepEqual(expected, []);
    await page.close();
  });
}

// tools/web.sh picture keeps it as docs/claim.png.
test("README's picture: a claim, who stood where and when", async () => {
  const { page, faults } = await newPage();
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 960, height: 820 });
  await open(page, `/claim/${claim.id}`);
  const marks = page.locator("a.mark");
  await marks.first().waitFor();
  const lowest = await marks.evaluateAll((all) => Math.max(...all.map((mark) => mark.getBoundingClientRect().bottom)));
  assert.ok(lowest < 820, "the marks are in the picture");
  assert.ok((await page.locator("line.conflict").count()) > 0, "and the lines that join them");
  await page.screenshot({ path: join(SHOTS, "readme.png") });
  assert.deepEqual(faults, []);
  await page.close();
});

test("a search by words leads to the words in the article", async () => {
  const { page, faults } = await newPage();
  await open(page, "/");
  await page.getByRole("searchbox", { name: "Words or a sentence" }).fill("orange boat");
  await page.keyboard.press("Enter");
  await settled(page);
  assert.equal(new URL(page.url()).search, "?q=orange+boat");
  await page.locator("blockquote a").first().click();
  await settled(page);
  const cited = await page.locator("mark.cited").allInnerTexts();
  assert.match(cited.join(""), /water ran orange past my boat/);
  assert.ok(await page.locator("mark.cited").first().evaluate((e) => e.getBoundingClientRect().top < innerHeight));
  await page.goBack();
  await settled(page);
  assert.match(await page.locator("main").innerText(), /orange/);
  assert.deepEqual(faults, []);
  await page.close();
});

test("filters stand in the address and hold", async () => {
  const { page } = await newPage();
  await open(page, "/search?q=river");
  await page.getByText("Narrow it down").click();
  await page.getByLabel("Stance").selectOption("deny");
  await page.getByLabel("Speaker").fill("Marten");
  await page.getByRole("button", { name: "Apply" }).click();
  await settled(page);
  assert.match(page.url(), /stance=deny/);
  assert.match(page.url(), /speaker=Marten/);
  await page.reload();
  await settled(page);
  assert.equal(await page.getByLabel("Stance").inputValue(), "deny");
  for (const stance of await page.locator(".said .stance").allInnerTexts()) assert.match(stance, /denies/);
  await open(page, "/search?stance=deny");
  assert.ok((await page.locator(".said").count()) > 0);
  await page.close();
});

test("pages of rows follow one another", async () => {
  const { page } = await newPage();
  await open(page, "/search?since=2025");
  const shown = await page.locator(".said").count();
  assert.equal(shown, 40);
  await page.getByRole("button", { name: "Show more" }).click();
  await page.waitForFunction((n) => document.querySelectorAll(".said").length > n, shown);
  const all = await json(server, "attributions?limit=200");
  assert.equal(await page.locator(".said").count(), all.rows.length);
  await page.close();
});

test("article: marks, chain on hover and on focus, cite", async () => {
  const { page, faults } = await newPage();
  await open(page, `/article/${first}`);
  const notes = page.locator(".side li");
  const count = (await json(server, `articles/${first}`)).attributions.length;
  assert.equal(await notes.count(), count);
  await page.locator(".reader .content").nth(1).hover();
  await page.waitForSelector(".side li.active");
  await notes.first().getByRole("button").focus();
  await page.waitForSelector(".reader .active");
  await notes.nth(2).getByRole("button", { name: "cite" }).click();
  await page.waitForSelector(".cite-bar");
  assert.match(decodeURIComponent(page.url()), /#selector\(type=TextQuoteSelector,exact=/);
  const cited = (await page.locator("mark.cited").allInnerTexts()).join("");
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url());
  const link = page.url();
  const { page: other } = await newPage();
  await other.goto(link);
  await settled(other);
  assert.equal((await other.locator("mark.cited").allInnerTexts()).join(""), cited);
  await other.close();
  await open(page, `/article/${first}#selector(type=TextQuoteSelector,exact=not%20in%20here)`);
  assert.match(await page.locator("main").innerText(), /cited words are not here/);
  assert.deepEqual(faults, []);
  await page.close();
});

test("article: any selected words can be cited, counted in code points", async () => {
  const { page } = await newPage();
  await open(page, `/article/${first}`);
  await page.evaluate(() => {
    const spans = [...document.querySelectorAll(".reader [data-at]")];
    const [from, to] = [spans.at(-3).firstChild, spans.at(-2).firstChild];
    getSelection().setBaseAndExtent(from, 1, to, Math.min(3, to.length));
  });
  const words = await page.evaluate(() => getSelection().toString());
  await page.getByRole("button", { name: "Cite the selected words" }).click();
  await page.waitForSelector("mark.cited");
  const cited = (await page.locator("mark.cited").allInnerTexts()).join("");
  assert.equal(cited.replace(/\s/g, ""), words.replace(/\s/g, ""));
  await page.close();
});

test("numbers are those of the store", async () => {
  const { page, faults } = await newPage();
  const all = (await json(server, "speakers?limit=200")).rows;
  await open(page, "/speakers");
  const cells = await page.locator(".figures tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.children].slice(0, 5).map((cell) => cell.innerText)),
  );
  assert.deepEqual(
    cells,
    all.map((row) => [row.name, row.attributions, row.statements, row.articles, row.outlets].map(String)),
  );
  assert.match(await page.locator(".how-many").innerText(), new RegExp(`^${all.length} speakers`));
  await page.getByRole("link", { name: "Articles" }).last().click();
  await page.waitForURL(/sort=articles/);
  const named = (await json(server, "attributions?speaker=Ilse%20Marten&count=true")).rows;
  await open(page, "/speaker/Ilse%20Marten");
  await page.waitForFunction((n) => document.querySelector(".how-many")?.textContent.startsWith(String(n)), named);
  const outlets = (await json(server, "outlets?speaker=Ilse%20Marten&sort=attributions")).rows;
  const aside = await page.locator("aside").innerText();
  assert.equal(outlets.reduce((sum, row) => sum + row.attributions, 0), named);
  for (const row of outlets) assert.ok(aside.includes(`${row.outlet ?? "outlet not told"} ${row.attributions}`), aside);
  const stances = {};
  for (const row of outlets) for (const [s, n] of Object.entries(row.stances)) stances[s] = (stances[s] ?? 0) + n;
  assert.ok(aside.includes(`affirms ${stances.affirm}`), aside);
  await open(page, "/search?stance=deny");
  const denied = (await json(server, "attributions?stance=deny&count=true")).rows;
  assert.match(await page.locator(".how-many").innerText(), new RegExp(`^${denied} rows`));
  const sheet = await (await fetch(server.base + (await page.getByRole("link", { name: "CSV" }).getAttribute("href")))).text();
  assert.equal(sheet.trim().split("\r\n").length, denied + 1);
  assert.deepEqual(faults, []);
  await page.close();
});

test("home opens with what the record is for", async () => {
  const { page, faults } = await newPage();
  await open(page, "/");
  await page.waitForSelector(".versus");
  const heads = await page.locator("main h2").allInnerTexts();
  for (const head of ["Most disputed", "Latest contradictions", "Said last"])
    assert.ok(heads.some((one) => one.toLowerCase().startsWith(head.toLowerCase())), heads.join());
  assert.match(await page.locator(".said-by .cue-words").first().innerText(), /\w/);
  await page.locator("main h2").first().click();
  await page.keyboard.press("Control+k");
  assert.equal(await page.evaluate(() => document.activeElement.type), "search");
  assert.deepEqual(faults, []);
  await page.close();
});

test("a search is saved and found again", async () => {
  const { page } = await newPage();
  await open(page, "/search?q=river");
  await page.getByRole("button", { name: "save this search" }).click();
  await open(page, "/");
  await page.getByRole("link", { name: "search: river" }).click();
  await settled(page);
  await page.getByRole("button", { name: "saved" }).click();
  await page.close();
});

test("marks of reviewers: by button, by key, taken back", async (t) => {
  const own = await serve({ files: [STORY], options: ["--allow-review"] });
  t.after(own.stop);
  const { page, faults } = await newPage();
  const count = async () => (await json(own, "attributions?count=true")).rows;
  const before = await count();
  await open(page, "/search?stance=deny", own);
  await page.getByRole("button", { name: /^Wrong/ }).first().click();
  await page.getByText("marked as wrong").waitFor();
  assert.equal(await count(), before - 1);
  assert.deepEqual(await violations(page), []);
  const status = page.locator(".marks[role=status]"); // other rows have buttons with the same words
  await page.getByRole("button", { name: "undo" }).click();
  await status.waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^Put right/ }).first().click();
  await page.getByLabel("who said it").fill("Edda Falk");
  await page.getByRole("button", { name: "Keep" }).click();
  await status.getByText("put right").waitFor();
  assert.equal((await json(own, "attributions?speaker=Edda%20Falk&count=true")).rows, 1);
  await open(page, "/review", own);
  await page.locator(".said").waitFor();
  const said = await page.locator(".said").innerText();
  await page.keyboard.press("y");
  await page.waitForFunction((was) => document.querySelector(".said")?.innerText !== was, said);
  await page.keyboard.press("u");
  await page.waitForFunction((was) => document.querySelector(".said")?.innerText === was, said);
  assert.equal((await json(own, "reviews")).rows.length, 1);
  const shifts = async () => (await json(own, "shifts")).rows.length;
  for (const kind of ["statement", "side", "shift", "name"]) {
    const told = await shifts();
    await open(page, `/review?kind=${kind}`, own);
    await page.locator(".dispute").waitFor();
    await page.keyboard.press("y");
    await page.getByText("1 marked.").waitFor();
    const [made] = (await json(own, "reviews?limit=200")).rows.slice(-1);
    assert.deepEqual([made.kind, made.verdict], [kind, "right"]);
    await page.keyboard.press("u");
    await page.getByText("1 marked.").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "✗ wrong" }).click();
    await page.getByText("1 marked.").waitFor();
    if (kind === "shift") assert.equal(await shifts(), told - 1);
  }
  const [left] = (await json(own, "claims")).rows; // the one that was there may have gone with a side
  await open(page, `/claim/${left.id}`, own);
  await page.getByRole("button", { name: /^Wrong: that it stands/ }).first().click();
  await page.getByText("marked as wrong").waitFor();
  assert.deepEqual(await violations(page), []);
  await open(page, "/review?kind=name", own);
  await page.getByText("1 names reviewed so far").waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test("doubles: one or two, by button and key, taken back, kept", async (t) => {
  const odd = join(server.folder, "doubles.txt");
  writeFileSync(odd, `Date: 2025-05-12
Outlet: The Herald

Nadja Volk, the director of the Rivers Agency, said on Monday that the tank was empty.

"Nothing was found in it," Ilsa Martens told reporters. The Rivers Agency's office said that it would look again.
`);
  const own = await serve({ files: [STORY, odd], options: ["--allow-review"] });
  t.after(own.stop);
  const { page, faults } = await newPage();
  const count = async () => (await json(own, "doubles?count=true")).rows;
  const before = await count();
  assert.ok(before >= 2, `${before} pairs`);
  await open(page, "/doubles", own);
  const heads = await page.locator(".dispute h3").allInnerTexts();
  await page.keyboard.press("n");
  await page.getByText("kept apart").waitFor();
  assert.equal(await count(), before - 1);
  await page.keyboard.press("u");
  await page.waitForFunction(() => !document.querySelector(".dispute [role=status]"));
  assert.equal(await count(), before);
  await page.getByRole("button", { name: /^One: / }).first().click();
  await page.getByText("taken for one").waitFor();
  assert.deepEqual(await violations(page), []);
  const speakers = (await json(own, "speakers?count=true")).rows;
  await page.getByRole("button", { name: "Link the record anew" }).click();
  await page.getByRole("button", { name: "Link the record anew" }).waitFor({ state: "detached" });
  assert.ok((await json(own, "speakers?count=true")).rows <= speakers);
  await open(page, "/doubles", own);
  assert.ok(!(await page.locator(".dispute h3").allInnerTexts()).includes(heads[0]));
  assert.equal((await json(own, "corrections")).rows[0].kind, "merge");
  assert.deepEqual(faults, []);
  await page.close();
});

test("claim: both sides, joined where they conflict, each a click from its words", async () => {
  const { page, faults } = await newPage();
  await open(page, "/claims");
  await page.locator(`a[href="/claim/${claim.id}"]`).first().click();
  await page.waitForSelector(".sides .card");
  const told = await json(server, `claims/${claim.id}`);
  for (const side of ["for", "against"]) {
    const heads = told[side].filter((row) => !row.folded_into);
    assert.equal(await page.locator(`.day .${side} .card`).count(), heads.length, side);
    assert.ok((await page.locator(`.day .${side} blockquote`).allInnerTexts()).includes(heads[0].content_text.join(" … ")));
  }
  const conflicts = (await json(server, `conflicts?claim=${claim.id}&limit=200`)).rows;
  assert.ok(conflicts.length > 0);
  assert.ok((await page.locator(".plot line.conflict").count()) > 0);
  await page.waitForSelector(".side-lines path", { state: "attached" });
  assert.match(await page.locator(".sides").innerText(), /contradicts/);
  await page.locator(".card blockquote a").first().click();
  await page.waitForSelector("mark.cited");
  assert.deepEqual(faults, []);
  await page.close();
});

test("spread: first, copies and own reports, in time", async () => {
  const { page, faults } = await newPage();
  await open(page, `/spread/${statement.id}`);
  const told = await json(server, `statements/${statement.id}`);
  assert.equal(await page.locator(".tree a.mark").count(), told.attributions.length);
  assert.equal(await page.locator(".tree a circle.first").count(), 1);
  assert.equal(await page.locator(".tree a circle.copy").count(), told.attributions.filter((r) => r.role === "copy").length);
  assert.match(await page.locator("table").first().innerText(), /copied from/);
  await page.locator(".tree a.mark").last().focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("mark.cited");
  assert.deepEqual(faults, []);
  await page.close();
});

test("article: shared passages lead to their twins; speaker: whom they contradict", async () => {
  const { page, faults } = await newPage();
  const [copy] = (await json(server, "copies")).rows;
  await open(page, `/article/${copy.original}`);
  await page.waitForSelector(".twins a");
  assert.ok((await page.locator(".reader .copy").count()) > 0);
  await page.locator(".twins a").first().click();
  await page.waitForSelector(".reader mark.cited");
  await open(page, "/speaker/Ilse%20Marten");
  await page.getByRole("heading", { name: "Contradicts" }).waitFor();
  assert.ok((await page.locator("aside a[href^='/claim/']").count()) > 0);
  assert.deepEqual(faults, []);
  await page.close();
});

test("timeline: marks by keyboard, zoom, brush", async () => {
  const { page, faults } = await newPage();
  await open(page, "/timeline");
  const marks = page.locator("a.mark");
  assert.ok((await marks.count()) > 20);
  await page.locator('a.mark[tabindex="0"]').focus();
  const before = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((label) => document.activeElement.getAttribute("aria-label") !== label, before);
  await page.keyboard.press("ArrowDown");
  const place = () => marks.first().locator("g").getAttribute("transform");
  const still = await place();
  await page.keyboard.press("+");
  await page.waitForFunction(
    (was) => document.querySelector("a.mark g").getAttribute("transform") !== was, still);
  await page.keyboard.press("0");
  await page.waitForFunction((was) => document.querySelector("a.mark g").getAttribute("transform") === was, still);
  await page.locator(".strip").scrollIntoViewIfNeeded();
  const strip = await page.locator(".strip .overlay").boundingBox();
  await page.mouse.move(strip.x + strip.width * 0.3, strip.y + 8);
  await page.mouse.down();
  await page.mouse.move(strip.x + strip.width * 0.6, strip.y + 8, { steps: 4 });
  await page.mouse.up();
  assert.notEqual(await place(), still);
  await page.getByRole("button", { name: "Whole time" }).click();
  assert.equal(await place(), still);
  await page.locator('a.mark[tabindex="0"]').focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/article\//);
  assert.deepEqual(faults, []);
  await page.close();
});

test("all by keyboard: the way in, the way past, focus that shows", async () => {
  const { page } = await newPage();
  await open(page, "/");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.getByRole("link", { name: "Speakers", exact: true }).focus();
  await page.keyboard.press("Enter");
  await settled(page);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
  assert.match(await page.title(), /^Speakers/);
  await page.keyboard.press("Tab");
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none");
  await page.close();
});

test("articles that hold scripts, handlers, bidirectional marks and broken entities show as text", async (t) => {
  const file = join(server.folder, "hostile.txt");
  writeFileSync(file, HOSTILE);
  const own = await serve({ files: [file] });
  t.after(own.stop);
  const { page, faults } = await newPage();
  const id = (await json(own, "articles")).rows[0].id;
  const text = (await json(own, `articles/${id}`)).text;
  for (const path of ["/", "/search?q=evil", `/article/${id}`, "/speaker/Edda%20Falk", "/timeline", "/articles"]) {
    await open(page, path, own);
    assert.equal(await page.evaluate(() => window.hacked), undefined, path);
    assert.equal(await page.locator("main img, main script, main b").count(), 0, path);
    assert.deepEqual(await violations(page), [], path);
  }
  await open(page, `/article/${id}`, own);
  const shown = await page.locator(".reader").evaluate((e) => e.textContent);
  assert.ok(shown.includes("<img src=x onerror='window.hacked=2'> U+202EevilU+202C &amp &#x; </p><svg/onload"), shown);
  assert.ok(!/[\u202a-\u202e]/.test(await page.evaluate(() => document.body.textContent)));
  assert.match(await page.locator("h1").innerText(), /<script>window.hacked=1<\/script>/);
  // A passage behind a letter beyond 16 bits, by its place in code points.
  const start = [...text].join("\0").split("\0").findIndex((_, i, all) => all.slice(i, i + 5).join("") === "swims");
  await open(page, `/article/${id}#selector(type=TextPositionSelector,start=${start},end=${start + 5})`, own);
  assert.equal(await page.locator("mark.cited").innerText(), "swims");
  assert.deepEqual(faults, []);
  await page.close();
});

test("an article tells all addresses at which it lies", async (t) => {
  const file = join(server.folder, "addresses.jsonl");
  const text = "The ferry to Skarn will stop in October, the harbour master, Odile Marn, said on Monday.";
  const urls = ["https://www.orlapost.example/ferry", "https://m.orlapost.example/ferry"];
  writeFileSync(file, urls.map((url) => JSON.stringify({ url, text }) + "\n").join(""));
  const own = await serve({ files: [file] });
  t.after(own.stop);
  const { page, faults } = await newPage();
  const { rows } = await json(own, "articles");
  assert.deepEqual(rows.map((row) => [row.url, row.addresses]), [[urls[0], [urls[1]]]]);
  await open(page, `/article/${rows[0].id}`, own);
  assert.equal(await page.locator("p.origin").innerText(), `${urls[0]}\nalso at ${urls[1]}`);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(faults, []);
  await page.close();
});

test("handing in files and text", async (t) => {
  const own = await serve({ options: ["--allow-add"] });
  t.after(own.stop);
  const { page, faults } = await newPage();
  await open(page, "/", own);
  assert.match(await page.locator("main").innerText(), /record is empty[\s\S]*hearsay add/);
  assert.deepEqual(await violations(page), []);
  await page.screenshot({ path: join(SHOTS, "empty-light.png") });
  await page.getByRole("link", { name: "hand in files here" }).click();
  await page.setInputFiles("input[type=file]", [join(STORY, "01-herald.txt"), join(STORY, "06-herald.html")]);
  await page.waitForFunction(() => document.querySelectorAll("tr.done").length === 2, null, { timeout: 60000 });
  await page.getByLabel("Or paste the text of one article").fill('"We checked it in March," Edda Falk told reporters.');
  await page.getByRole("button", { name: "Add the text" }).click();
  await page.waitForFunction(() => document.querySelectorAll("tr.done").length === 3, null, { timeout: 60000 });
  assert.deepEqual(await violations(page), []);
  await page.screenshot({ path: join(SHOTS, "added-light.png"), fullPage: true });
  await page.getByRole("link", { name: "read" }).first().click();
  await settled(page);
  assert.match(await page.locator(".reader").innerText(), /checked it in March/);
  assert.deepEqual(faults, []);
  await page.close();
});

test("what goes wrong says what to do", async (t) => {
  const own = await serve({ files: [join(STORY, "01-herald.txt")] });
  t.after(own.stop);
  const { page } = await newPage();
  await open(page, "/add", own);
  assert.match(await page.locator("main").innerText(), /--allow-add/);
  assert.equal(await page.getByRole("link", { name: "Add" }).count(), 0);
  for (const ending of ["", "-wal", "-shm"]) rmSync(own.store + ending, { force: true });
  await open(page, "/search?q=river", own);
  assert.match(await page.locator("[role=alert]").innerText(), /not there any more[\s\S]*hearsay add/);
  assert.deepEqual(await violations(page), []);
  await page.screenshot({ path: join(SHOTS, "gone-light.png") });
  await own.kill();
  await page.getByRole("link", { name: "Articles" }).click();
  await page.waitForSelector("[role=alert]");
  assert.match(await page.locator("[role=alert]").innerText(), /does not answer[\s\S]*hearsay serve/);
  await page.close();
});

test("printed, the text is there and the controls are not", async () => {
  const { page } = await newPage();
  await page.emulateMedia({ media: "print" });
  await open(page, `/article/${first}`);
  assert.equal(await page.locator("nav").isVisible(), false);
  assert.equal(await page.getByRole("button", { name: "cite" }).first().isVisible(), false);
  assert.equal(await page.locator(".side li").first().isVisible(), true);
  assert.ok((await page.pdf()).length > 10000);
  await page.close();
});

test("without scripts the page says what to use", async () => {
  const answer = await fetch(`${server.base}/`);
  assert.match(await answer.text(), /<noscript>.*hearsay who/);
});
