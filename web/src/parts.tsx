// Pieces that several pages show.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Asked, Problem, Rows } from "./api";
import { can } from "./can";
import { longDay } from "./dates";
import { Link, toArticle, toSpeaker, toSpread } from "./route";
import { ReviewButtons } from "./review";
import { Stance } from "./stance";
import { pieces, visible, Words } from "./text";
import type { Article, Attribution, Party } from "./types";

/** A page's heading: takes the focus when one arrives, names the window. */
export function Heading({ children, title }: { children: ComponentChildren; title: string }) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · hearsay`;
  }, [title]);
  useEffect(() => {
    if (document.body.dataset.moved) ref.current?.focus({ preventScroll: true });
    document.body.dataset.moved = "yes";
  }, []);
  return (
    <h1 ref={ref} tabIndex={-1}>
      {children}
    </h1>
  );
}

// ---- states ----

const HELP: Record<number, ComponentChildren> = {
  0: (
    <>
      Look whether <code>hearsay serve</code> still runs in its terminal, then load this page anew.
    </>
  ),
  400: "Change what you asked for and try again.",
  401: (
    <>
      Open the address that <code>hearsay serve</code> printed when it started.
    </>
  ),
  404: "It may have been removed, or the address may be mistyped. Search finds what there is.",
  503: (
    <>
      Put the store back, or make one with <code>hearsay add FILE…</code>, then load this page anew.
    </>
  ),
};

export function ProblemNote({ problem }: { problem: Problem }) {
  return (
    <section class="note problem" role="alert">
      <h2>{problem.status === 404 ? "Not in the record" : "That did not work"}</h2>
      <p>
        <Words>{problem.message}</Words>
      </p>
      <p>{HELP[problem.status] ?? "Load this page anew; the server’s terminal says more."}</p>
    </section>
  );
}

export function Note({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="note">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** What is asked for, or that it is on its way, or what went wrong. */
export function Answer<T>({ asked, children }: { asked: Asked<T>; children: (data: T) => ComponentChildren }) {
  if (asked.problem) return <ProblemNote problem={asked.problem} />;
  if (!asked.data) return asked.waiting ? <p class="waiting" role="status">Reading the record…</p> : null;
  return <>{children(asked.data)}</>;
}

/** The next page: when one has scrolled to its end, or by the button. */
export function More({ rows }: { rows: Rows<unknown> }) {
  const ref = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (!rows.more || rows.loadingMore || !ref.current) return;
    const seen = new IntersectionObserver((entries) => entries.some((one) => one.isIntersecting) && scrolled() && rows.more?.(), {
      rootMargin: "600px",
    });
    seen.observe(ref.current);
    return () => seen.disconnect();
  }, [rows.more, rows.loadingMore]);
  if (!rows.more) return null;
  return (
    <p class="more" ref={ref}>
      <button type="button" onClick={rows.more} disabled={rows.loadingMore}>
        {rows.loadingMore ? "Reading…" : "Show more"}
      </button>
    </p>
  );
}

/** A page that was just opened waits for the reader. */
const scrolled = () => scrollY > 100;

// ---- rows ----

export function Speaker({ name }: { name: string | null }) {
  if (!name) return <span class="speaker nobody">nobody named</span>;
  return (
    <Link class="speaker" to={toSpeaker(name)}>
      <Words>{name}</Words>
    </Link>
  );
}

/** "via the agency, told the Herald". */
export function Chain({ via, to }: { via: Party[]; to: Party[] }) {
  if (!via.length && !to.length) return null;
  return (
    <span class="chain">
      {via.map((party) => (
        <span>
          via <Words>{party.name}</Words>
        </span>
      ))}
      {to.map((party) => (
        <span>
          to <Words>{party.name}</Words>
        </span>
      ))}
    </span>
  );
}

export function when(row: Attribution): string {
  return row.said_on ? longDay(row.said_on) : row.published ? `reported ${longDay(row.published)}` : "undated";
}

export function contentHash(row: Attribution): string {
  const first = row.content[0] ?? row.cue[0] ?? row.source[0];
  const last = row.content[row.content.length - 1] ?? first;
  return first && last ? `#selector(type=TextPositionSelector,start=${first[0]},end=${last[1]})` : "";
}

/** "Fox *scoffed at* the visit": who, the reporting words, what; day and outlet. */
export function SaidBy({ row, label }: { row: Attribution; label?: string }) {
  return (
    <div class="said-by">
      <p class="said-head">
        {label && <span class="label">{label} </span>}
        <Speaker name={row.speaker} /> <CueWords row={row} />
      </p>
      <blockquote>
        <Link to={toArticle(row.document, contentHash(row))}>
          <Words>{pieces(row.content_text) || pieces(row.cue_text)}</Words>
        </Link>
      </blockquote>
      <p class="said-foot">
        <Stance stance={row.stance} /> · {when(row)} · <Words>{row.outlet ?? row.path?.split("/").pop()}</Words>
      </p>
    </div>
  );
}

/** The words by which the article reports it. */
export function CueWords({ row }: { row: Attribution }) {
  const cue = pieces(row.cue_text).replace(/[,:]$/, "");
  return cue ? (
    <em class="cue-words">
      <Words>{cue}</Words>
    </em>
  ) : null;
}

export function AttributionCard({ row, hideSpeaker }: { row: Attribution; hideSpeaker?: boolean }) {
  return (
    <article class="said">
      <p class="said-head">
        {!hideSpeaker && <Speaker name={row.speaker} />} <CueWords row={row} /> <Stance stance={row.stance} />{" "}
        <Chain via={row.via} to={row.to} /> <span class="when">{when(row)}</span>
      </p>
      <blockquote>
        <Link to={toArticle(row.document, contentHash(row))}>
          <Words>{pieces(row.content_text) || pieces(row.cue_text)}</Words>
        </Link>
      </blockquote>
      <p class="said-foot">
        <Words>{row.outlet ?? row.path?.split("/").pop()}</Words>
        {row.title && (
          <>
            {", "}
            <cite>
              <Words>{row.title}</Words>
            </cite>
          </>
        )}
        {row.mode === "thought" && " · a thought, not uttered"}
        {row.statement && can("statements/") && (
          <>
            {" · "}
            <Link to={toSpread(row.statement)}>how it spread</Link>
          </>
        )}{" "}
        <ReviewButtons kind="attribution" target={row.id} row={row} name={`${row.speaker ?? "nobody named"}, ${pieces(row.content_text).slice(0, 60)}`} />
      </p>
    </article>
  );
}

/** `level` of the heading: one below the heading it stands under. */
export function ArticleRow({ row, level = 3 }: { row: Article; level?: 2 | 3 }) {
  const Title = `h${level}` as "h2" | "h3";
  const name = row.title ?? row.path.split("/").pop() ?? row.id;
  const count = row.attributions;
  return (
    <article class="headline">
      <Title class="title">
        <Link to={toArticle(row.id)}>
          <Words>{name}</Words>
        </Link>
      </Title>
      {row.snippet && <p class="snippet">{visible(row.snippet)}</p>}
      <p class="said-foot">
        <Words>{row.outlet ?? "outlet not told"}</Words> · {longDay(row.published)}
        {count !== undefined && ` · ${count} ${count === 1 ? "statement" : "statements"}`}
      </p>
    </article>
  );
}
