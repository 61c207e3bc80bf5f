// One article: its words, who says which of them, and links to any of them.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { address, useAnswer, useRows } from "./api";
import { can } from "./can";
import { longDay } from "./dates";
import { marksOf, paragraphsOf, type Mark, type Paragraph } from "./marks";
import { Answer, Chain, Heading, Note, Speaker } from "./parts";
import { go, Link, toArticle, toSpread, type Place as Address } from "./route";
import { readSelector, writeSelector, type Place } from "./selector";
import { Stance, StanceKey } from "./stance";
import { offsetsOf, visible, Words, type Offsets } from "./text";
import type { Copy, FullArticle } from "./types";

/** Lines of a text file that tell what stands above already ("Outlet: …") are not
 * its text; of its headline only the words. What is marked stays. */
function withoutHeaders(paragraphs: Paragraph[], article: FullArticle, offsets: Offsets): Paragraph[] {
  const blocks = (article.blocks ?? []).map((block) => ({
    kind: block.kind,
    start: offsets.toUnits(block.start),
    end: offsets.toUnits(block.end),
  }));
  return paragraphs.flatMap((paragraph) => {
    const block = blocks.find((one) => one.start < paragraph.end && one.end > paragraph.start);
    const marked = paragraph.runs.some((run) => run.marks.length);
    if (block?.kind === "header" && !marked) return [];
    if (block?.kind !== "headline" || block.start <= paragraph.start || paragraph.runs[0]!.marks.length) return [paragraph];
    const runs = paragraph.runs
      .filter((run) => run.end > block.start)
      .map((run) => ({ ...run, start: Math.max(run.start, block.start) }));
    return marked ? [{ ...paragraph, start: block.start, runs }] : [];
  });
}

interface Reading {
  article: FullArticle;
  offsets: Offsets;
  active: number | null;
  activate: (of: number | null) => void;
  cite: (place: Place) => void;
  copies: Copy[];
}

// ---- the text ----

function classOf(marks: Mark[], active: number | null): string {
  const names = new Set(marks.map((mark) => mark.role as string));
  if (marks.some((mark) => mark.of === active && mark.role !== "copy" && mark.role !== "cited")) names.add("active");
  return [...names].join(" ");
}

/** The attribution that a run belongs to most closely: the shortest mark's. */
function ownerOf(marks: Mark[]): number | null {
  const said = marks.filter((mark) => mark.of >= 0 && mark.role !== "copy");
  if (!said.length) return null;
  return said.reduce((best, mark) => (mark.end - mark.start < best.end - best.start ? mark : best)).of;
}

function Text({ paragraph, reading }: { paragraph: Paragraph; reading: Reading }) {
  const { article, active, activate } = reading;
  return (
    <p>
      {paragraph.runs.map((run) => {
        const owner = ownerOf(run.marks);
        const words = visible(article.text.slice(run.start, run.end), run.start);
        if (!run.marks.length) return <span data-at={run.start}>{words}</span>;
        const cited = run.marks.some((mark) => mark.role === "cited");
        const Tag = cited ? "mark" : "span";
        return (
          <Tag
            data-at={run.start}
            class={classOf(run.marks, active)}
            onMouseEnter={owner === null ? undefined : () => activate(owner)}
            onMouseLeave={owner === null ? undefined : () => activate(null)}
          >
            {words}
          </Tag>
        );
      })}
    </p>
  );
}

function SideNote({ of, reading }: { of: number; reading: Reading }) {
  const { article, offsets, active, activate, cite } = reading;
  const row = article.attributions[of]!;
  const spans = row.content.length ? row.content : row.cue;
  const place = spans.length
    ? { start: offsets.toUnits(spans[0]![0]), end: offsets.toUnits(spans[spans.length - 1]![1]) }
    : null;
  return (
    <li
      id={`said-${of}`}
      class={of === active ? "active" : undefined}
      onMouseEnter={() => activate(of)}
      onMouseLeave={() => activate(null)}
      onFocusCapture={() => activate(of)}
      onBlurCapture={() => activate(null)}
    >
      <Speaker name={row.speaker} /> <Stance stance={row.stance} />
      {place && (
        <button type="button" class="cite" onClick={() => cite(place)}>
          cite<span class="unseen"> what {row.speaker ?? "this source"} says</span>
        </button>
      )}
      {row.statement && can("statements/") && (
        <Link class="spread" to={toSpread(row.statement)}>
          spread<span class="unseen"> of what {row.speaker ?? "this source"} says</span>
        </Link>
      )}
      <Chain via={row.via} to={row.to} />
      {row.said_on && <span class="when">{longDay(row.said_on)}</span>}
      {row.mode === "thought" && <span class="when">a thought</span>}
    </li>
  );
}

// ---- copies ----

/** Passages that other articles have too. */
function copyMarks(article: FullArticle, copies: Copy[], offsets: Offsets): Mark[] {
  return copies.flatMap((copy, of) =>
    copy.passages
      .filter(([document]) => document === article.id)
      .map(([, start, end]) => ({ start: offsets.toUnits(start), end: offsets.toUnits(end), role: "copy" as const, of })),
  );
}

function Twin({ copy, own, id }: { copy: Copy; own: string; id: string }) {
  const twin = copy.articles.find((article) => article.id === id);
  const passage = copy.passages.find(([document]) => document === id);
  const hash = passage ? `#selector(type=TextPositionSelector,start=${passage[1]},end=${passage[2]})` : "";
  return (
    <li>
      <Link to={toArticle(id, hash)}>
        <Words>{twin?.outlet ?? twin?.title ?? twin?.path?.split("/").pop() ?? id}</Words>
      </Link>
      , {longDay(twin?.published)}
      {copy.original === id && " (the original)"}
      {copy.original === own && " (copied from here)"}
    </li>
  );
}

function Copies({ article, copies }: { article: FullArticle; copies: Copy[] }) {
  if (!copies.length) return null;
  return (
    <section class="twins" aria-labelledby="copies">
      <h2 id="copies">
        <span class="copy">Text shared</span> with
      </h2>
      <ul class="plain">
        {copies.flatMap((copy) =>
          copy.documents.filter((id) => id !== article.id).map((id) => <Twin copy={copy} own={article.id} id={id} />),
        )}
      </ul>
      {copies[0]!.because && (
        <p class="hint">
          The original was told by: <Words>{copies[0]!.because}</Words>
        </p>
      )}
    </section>
  );
}

// ---- citing ----

/** Place of the selected words in the article's text. */
function selectedPlace(root: HTMLElement): Place | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const unit = (node: Node, offset: number): number | null => {
    const element = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>("[data-at]");
    if (!element || !root.contains(element)) return null;
    if (element.dataset.one !== undefined) return Number(element.dataset.at) + (offset > 0 ? 1 : 0);
    return Number(element.dataset.at) + (node instanceof Text_ ? offset : 0);
  };
  const start = unit(range.startContainer, range.startOffset);
  const end = unit(range.endContainer, range.endOffset);
  return start !== null && end !== null && end > start ? { start, end } : null;
}
const Text_ = globalThis.Text;

function CiteBar({ link, close }: { link: string; close: () => void }) {
  const ref = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    setCopied(false);
    ref.current?.select();
  }, [link]);
  const copy = async () => {
    ref.current?.select();
    await navigator.clipboard.writeText(link).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div class="cite-bar" role="group" aria-label="Link to these words">
      <label>
        Link to these words <input ref={ref} readOnly value={link} />
      </label>
      <button type="button" onClick={copy}>
        {copied ? "Copied" : "Copy"}
      </button>
      <button type="button" onClick={close}>
        Close
      </button>
    </div>
  );
}

// ---- the page ----

function Head({ article }: { article: FullArticle }) {
  return (
    <header class="article-head">
      <Heading title={article.title ?? article.path}>
        <Words>{article.title ?? article.path.split("/").pop()}</Words>
      </Heading>
      <p class="byline">
        {article.byline && (
          <>
            <Words>{article.byline}</Words>
            {" · "}
          </>
        )}
        {article.outlet && (
          <>
            <Words>{article.outlet}</Words>
            {" · "}
          </>
        )}
        {longDay(article.published)}
      </p>
      <p class="origin">
        <Words>{article.url ?? article.path}</Words>
        {article.addresses?.map((address) => (
          <>
            <br />
            also at <Words>{address}</Words>
          </>
        ))}
      </p>
    </header>
  );
}

const NONE: Copy[] = [];

function Body({ article, hash, thoughts }: { article: FullArticle; hash: string; thoughts: boolean }) {
  const root = useRef<HTMLDivElement>(null);
  const [active, activate] = useState<number | null>(null);
  const [selected, setSelected] = useState<Place | null>(null);
  const [shown, setShown] = useState(false);
  const offsets = useMemo(() => offsetsOf(article.text), [article]);
  const cited = useMemo(() => readSelector(hash, article.text, offsets), [article, hash]);
  const copies = useRows<Copy>(can("copies") ? "copies" : null, { document: article.id, limit: 20 }).data ?? NONE;
  const paragraphs = useMemo(() => {
    const marks = [...marksOf(article.attributions, offsets), ...copyMarks(article, copies, offsets)];
    if (cited) marks.push({ ...cited, role: "cited", of: -1 });
    return withoutHeaders(paragraphsOf(article.text, marks), article, offsets);
  }, [article, cited, copies]);
  useEffect(() => {
    root.current?.querySelector("mark.cited")?.scrollIntoView({ block: "center" });
  }, [cited]);
  useEffect(() => {
    const note = () => setSelected(root.current && selectedPlace(root.current));
    document.addEventListener("selectionchange", note);
    return () => document.removeEventListener("selectionchange", note);
  }, []);
  const cite = (place: Place) => {
    go(location.pathname + location.search + writeSelector(article.text, place, offsets), true);
    setShown(true);
  };
  const reading = { article, offsets, active, activate, cite, copies };
  return (
    <>
      <div class="tools">
        <StanceKey shown={article.attributions.map((row) => row.stance)} />
        <ul class="key" aria-label="How the text is marked">
          <li>
            <span class="source">who speaks</span>
          </li>
          <li>
            <span class="cue">how</span>
          </li>
          <li>
            <span class="content">what is said</span>
          </li>
        </ul>
        <Link to={toArticle(article.id, "") + (thoughts ? "" : "?thoughts=true")}>
          {thoughts ? "Speech alone" : "With thoughts"}
        </Link>
        <button type="button" disabled={!selected} onClick={() => selected && cite(selected)}>
          Cite the selected words
        </button>
      </div>
      {shown && cited && <CiteBar link={location.href} close={() => setShown(false)} />}
      {hash.startsWith("#selector") && !cited && (
        <Note title="The cited words are not here">
          <p>The address names words that this article does not hold. The whole article follows.</p>
        </Note>
      )}
      <div class="reader" ref={root} lang={article.language === "und" ? undefined : article.language}>
        {paragraphs.map((paragraph) => (
          <div class={paragraph.tight ? "paragraph tight" : "paragraph"}>
            <Text paragraph={paragraph} reading={reading} />
            {paragraph.begins.length > 0 && (
              <ul class="side" aria-label="Who says this">
                {paragraph.begins.map((of) => (
                  <SideNote of={of} reading={reading} />
                ))}
              </ul>
            )}
          </div>
        ))}
      </div>
      <Copies article={article} copies={copies} />
      {!article.attributions.length && (
        <Note title="Nobody is quoted here">
          <p>
            {article.language === "en"
              ? "No reported speech was found in this article."
              : "Only articles in English are read for who said what."}
          </p>
        </Note>
      )}
    </>
  );
}

export function ArticlePage({ id, place }: { id: string; place: Address }) {
  const thoughts = place.query.get("thoughts") === "true";
  const asked = useAnswer<FullArticle>(address(`articles/${encodeURIComponent(id)}`, { thoughts: thoughts ? "true" : "" }));
  if (!asked.data) {
    return (
      <>
        <Heading title="Article">Article</Heading>
        <Answer asked={asked}>{() => null}</Answer>
      </>
    );
  }
  return (
    <>
      <Head article={asked.data} />
      <Body article={asked.data} hash={place.hash} thoughts={thoughts} />
    </>
  );
}
