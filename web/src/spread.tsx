// How a statement spread: who had it first, who copied, who reported on their
// own, drawn as a tree in time; its wordings side by side.
import { scaleUtc } from "d3-scale";
import { useEffect, useRef, useState } from "preact/hooks";
import { address, ask, useWork } from "./api";
import { dayTicks, interval, longDay, tickLabel } from "./dates";
import { Answer, Chain, contentHash, Heading, Note, Speaker } from "./parts";
import { attributionsOf, byTime } from "./record";
import { go, Link, toArticle } from "./route";
import { Stance } from "./stance";
import { pieces, visible, Words } from "./text";
import type { Attribution, Copy, Op, Page, Statement, Variant } from "./types";

/** A report's part in the spread. */
export interface Report {
  row: Attribution;
  parent: Report | null; // whom it copied
  role: "first" | "copy" | "own";
  level: number;
}

interface Told {
  statement: Statement;
  reports: Report[];
}

// ---- who copied whom ----

/** The document that each document's text comes from. */
function originals(copies: Copy[]): Map<string, string> {
  const from = new Map<string, string>();
  for (const copy of copies) {
    if (!copy.original) continue;
    for (const document of copy.documents) if (document !== copy.original) from.set(document, copy.original);
  }
  return from;
}

function reportsOf(rows: Attribution[], copies: Copy[], first: string | null): Report[] {
  const from = originals(copies);
  const reports = [...rows].sort(byTime).map((row): Report => ({ row, parent: null, role: "own", level: 0 }));
  const byDocument = new Map(reports.map((report) => [report.row.document, report]));
  for (const report of reports) {
    const original = from.get(report.row.document);
    const parent = original ? byDocument.get(original) : undefined;
    if (!parent || parent === report) continue;
    report.parent = parent;
    report.role = "copy";
  }
  const head = reports.find((report) => report.row.id === first) ?? reports[0];
  if (head && head.role === "own") head.role = "first";
  const order: Report[] = [];
  const place = (report: Report, level: number) => {
    order.push(Object.assign(report, { level }));
    reports.filter((child) => child.parent === report).forEach((child) => place(child, level + 1));
  };
  reports.filter((report) => !report.parent).forEach((report) => place(report, 0));
  return order;
}

async function tell(id: string, signal: AbortSignal): Promise<Told> {
  const statement = await ask<Statement>(`statements/${encodeURIComponent(id)}`, { signal });
  const rows = await attributionsOf(statement.attributions);
  const documents = [...new Set(rows.map((row) => row.document))];
  const copies = documents.length < 2 ? [] : await copiesOf(documents, signal);
  return { statement, reports: reportsOf(rows, copies, statement.first_reported) };
}

/** The groups of copies that hold any of the documents. */
async function copiesOf(documents: string[], signal: AbortSignal): Promise<Copy[]> {
  const found = await Promise.all(
    documents.map((document) =>
      ask<Page<Copy>>(address("copies", { document, limit: 50 }), { signal }).then(
        (page) => page.rows,
        () => [],
      ),
    ),
  );
  return [...new Map(found.flat().map((copy) => [copy.id, copy])).values()].filter((copy) => copy.whole);
}

// ---- the tree ----

const ROW = 34;
const TOP = 26;

const ROLES: Record<Report["role"], string> = { first: "first", copy: "copied", own: "on its own" };

function Tree({ reports }: { reports: Report[] }) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(700);
  useEffect(() => {
    const observer = new ResizeObserver(() => setWidth(Math.max(280, box.current!.clientWidth)));
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  const days = reports.map((report) => interval(report.row.published)?.[0].getTime()).filter((day) => day !== undefined);
  if (!days.length) return null;
  const DAY = 86_400_000;
  const [from, to] = [Math.min(...days), Math.max(...days)];
  const pad = Math.max((to - from) * 0.05, DAY / 2);
  const labelled = width < 560 ? 110 : 190;
  const scale = scaleUtc()
    .domain([new Date(from - pad), new Date(to + pad)])
    .range([12, width - labelled]);
  const x = (report: Report) => scale(interval(report.row.published)?.[0] ?? new Date(from));
  const y = (report: Report) => TOP + reports.indexOf(report) * ROW + ROW / 2;
  const ticks = dayTicks(scale.ticks(Math.max(2, Math.floor((width - labelled) / 110))));
  const step = ticks[1] ? +ticks[1] - +ticks[0]! : DAY;
  const height = TOP + reports.length * ROW;
  const first = reports.find((report) => report.role === "first") ?? reports[0]!;
  const nameOf = ({ row }: Report) => row.outlet ?? row.path?.split("/").pop() ?? "";
  const short = (report: Report) => nameOf(report).slice(0, width < 560 ? 14 : 26).trim();
  return (
    <div class="tree" ref={box}>
      <svg width={width} height={height} class="plot" role="group" aria-label="The reports as a tree in time">
        <g class="axis" aria-hidden="true">
          {ticks.map((tick) => (
            <g transform={`translate(${scale(tick)},0)`}>
              <line y1={TOP - 8} y2={height} />
              <text y={12} text-anchor="middle">
                {tickLabel(tick, Math.max(step, DAY))}
              </text>
            </g>
          ))}
        </g>
        {reports.map((report) => {
          const parent = report.parent ?? (report === first ? null : first);
          if (!parent) return null;
          const path = `M${x(parent)},${y(parent)}V${y(report)}H${x(report)}`;
          return <path class={report.parent ? "branch" : "branch own"} d={path} />;
        })}
        {reports.map((report) => (
          <a
            class="mark"
            href={toArticle(report.row.document, contentHash(report.row))}
            aria-label={`${short(report)}${short(report) === nameOf(report) ? "" : ` (${nameOf(report)})`}, ${longDay(report.row.published)}, ${ROLES[report.role]}`}
            onClick={(event: MouseEvent) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              go(toArticle(report.row.document, contentHash(report.row)));
            }}
          >
            <g transform={`translate(${x(report)},${y(report)})`}>
              <circle class="halo" r={10} />
              <circle class={`node ${report.role}`} r={report.role === "first" ? 7 : 5} />
              <text x={14} y={4} aria-hidden="true">
                {short(report)}
              </text>
            </g>
          </a>
        ))}
      </svg>
      <ul class="key" aria-label="What the marks mean">
        <li>
          <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
            <circle class="node first" r={7} />
          </svg>{" "}
          first
        </li>
        <li>
          <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
            <circle class="node own" r={5} />
          </svg>{" "}
          on its own
        </li>
        <li>
          <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
            <circle class="node copy" r={5} />
          </svg>{" "}
          copied
        </li>
      </ul>
    </div>
  );
}

// ---- the wordings ----

function wordsAt(text: string, piece: Op["base"] | undefined): string {
  if (piece === undefined) return "";
  return typeof piece === "string" ? piece : [...text].slice(piece[0], piece[1]).join("");
}

/** One wording against the base: what was left out is struck, what was added underlined. */
function Wording({ base, other, ops }: { base: string; other: string; ops: Op[] }) {
  const spans = ops.every((op) => Array.isArray(op.other));
  if (!spans) {
    return (
      <>
        <Words>{other}</Words>
        {ops.map((op) => (
          <span class="op">
            {" "}
            {op.base && <del>{visible(wordsAt(base, op.base))}</del>} {op.other && <ins>{visible(wordsAt(other, op.other))}</ins>}
          </span>
        ))}
      </>
    );
  }
  const points = [...other];
  const out: preact.ComponentChildren[] = [];
  let at = 0;
  for (const op of ops) {
    const [start, end] = op.other as [number, number];
    out.push(visible(points.slice(at, start).join("")));
    const gone = wordsAt(base, op.base);
    if (gone) out.push(<del class={op.slight ? "slight" : undefined}>{visible(gone)}</del>, " ");
    if (end > start) out.push(<ins class={op.slight ? "slight" : undefined}>{visible(points.slice(start, end).join(""))}</ins>);
    at = end;
  }
  out.push(visible(points.slice(at).join("")));
  return <bdi>{out}</bdi>;
}

function Wordings({ told, variants }: { told: Told; variants: Variant[] }) {
  const rows = new Map(told.reports.map((report) => [report.row.id, report.row]));
  return (
    <section aria-labelledby="wordings">
      <h2 id="wordings">How it was worded</h2>
      <table class="wordings">
        <thead>
          <tr>
            <th scope="col">Outlet</th>
            <th scope="col">
              Words (<del>left out</del>, <ins>added</ins>)
            </th>
          </tr>
        </thead>
        <tbody>
          {variants.map((variant) => {
            const row = rows.get(variant.attribution);
            if (!row) return null;
            return (
              <tr>
                <td>
                  <Words>{row.outlet ?? row.path?.split("/").pop()}</Words>
                </td>
                <td>
                  <Wording base={told.statement.text} other={pieces(row.content_text)} ops={variant.ops} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

// ---- the page ----

function Reports({ reports }: { reports: Report[] }) {
  return (
    <section aria-labelledby="reports">
      <h2 id="reports">Who reported it</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Outlet</th>
            <th scope="col">How</th>
          </tr>
        </thead>
        <tbody>
          {reports.map(({ row, role, parent }) => (
            <tr>
              <td>{longDay(row.published)}</td>
              <td>
                <Link to={toArticle(row.document, contentHash(row))}>
                  <Words>{row.outlet ?? row.path?.split("/").pop()}</Words>
                </Link>
              </td>
              <td>
                {ROLES[role]}
                {parent && (
                  <>
                    {" from "}
                    <Words>{parent.row.outlet ?? parent.row.path?.split("/").pop()}</Words>
                  </>
                )}{" "}
                <Chain via={row.via} to={row.to} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function SpreadPage({ id }: { id: string }) {
  const asked = useWork(id, (signal) => tell(id, signal));
  const statement = asked.data?.statement;
  const head = asked.data?.reports[0]?.row;
  return (
    <>
      <Heading title={statement ? `How it spread: ${statement.text.slice(0, 60)}` : "How it spread"}>How it spread</Heading>
      <Answer asked={asked}>
        {(told) =>
          told.reports.length ? (
            <>
              <div class="said">
                <p class="said-head">
                  <Speaker name={told.statement.speaker} /> <Stance stance={head?.stance ?? null} />{" "}
                  <span class="when">
                    {told.statement.said_on ? longDay(told.statement.said_on) : `reported ${longDay(head?.published)}`}
                  </span>
                </p>
                <blockquote>
                  <Words>{told.statement.text}</Words>
                </blockquote>
                <p class="said-foot">
                  {told.reports.length} {told.reports.length === 1 ? "report" : "reports"},{" "}
                  {told.statement.independent_reports} of them on their own
                </p>
              </div>
              <Tree reports={told.reports} />
              <Reports reports={told.reports} />
              {!!told.statement.variants?.length && <Wordings told={told} variants={told.statement.variants} />}
            </>
          ) : (
            <Note title="Its articles are gone">
              <p>No article that reports this statement is in the record any more.</p>
            </Note>
          )
        }
      </Answer>
    </>
  );
}
