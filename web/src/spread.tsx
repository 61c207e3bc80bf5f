// How a statement spread: who had it first, who copied, who reported on their
// own, drawn as a tree in time; its wordings side by side.
import type { ComponentChildren } from "preact";
import { scaleUtc } from "d3-scale";
import { useEffect, useRef, useState } from "preact/hooks";
import { useAnswer } from "./api";
import { dayTicks, interval, longDay, tickLabel } from "./dates";
import { Answer, Chain, contentHash, Heading, Speaker } from "./parts";
import { ReviewButtons } from "./review";
import { go, Link, toArticle } from "./route";
import { Stance } from "./stance";
import { visible, Words } from "./text";
import type { Attribution, Op, Report, Statement, Variant } from "./types";

/** A report in its place: copies stand under what they copy. */
interface Placed {
  row: Report;
  parent: Placed | null;
  role: Report["role"];
}

function placed(rows: Report[]): Placed[] {
  const all = rows.map((row): Placed => ({ row, parent: null, role: row.role }));
  const byId = new Map(all.map((report) => [report.row.id, report]));
  for (const report of all) report.parent = byId.get(report.row.copied_from ?? "") ?? null;
  const order: Placed[] = [];
  const place = (report: Placed) => {
    if (order.includes(report)) return;
    order.push(report);
    all.filter((child) => child.parent === report).forEach(place);
  };
  all.filter((report) => !report.parent).forEach(place);
  return order;
}

// ---- the tree ----

const ROW = 34;
const TOP = 26;

const ROLES: Record<Report["role"], string> = {
  first: "first",
  copy: "copied",
  own: "on its own",
  again: "once more in the same article",
};

function Tree({ reports }: { reports: Placed[] }) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(700);
  useEffect(() => {
    const element = box.current!;
    const observer = new ResizeObserver(() => setWidth(Math.max(280, element.clientWidth)));
    observer.observe(element);
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
  const x = (report: Placed) => scale(interval(report.row.published)?.[0] ?? new Date(from));
  const y = (report: Placed) => TOP + reports.indexOf(report) * ROW + ROW / 2;
  const ticks = dayTicks(scale.ticks(Math.max(2, Math.floor((width - labelled) / 110))));
  const step = ticks[1] ? +ticks[1] - +ticks[0]! : DAY;
  const height = TOP + reports.length * ROW;
  const first = reports.find((report) => report.role === "first") ?? reports[0]!;
  const nameOf = ({ row }: Placed) => row.outlet ?? row.path?.split("/").pop() ?? "";
  const short = (report: Placed) => nameOf(report).slice(0, width < 560 ? 14 : 26).trim();
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

const contentOf = (row: Attribution) => row.content_text.join("\n");

/** One wording against the base: what was left out is struck, what was added underlined. */
function Wording({ other, ops }: { other: string; ops: Op[] }) {
  const points = [...other];
  const out: ComponentChildren[] = [];
  let at = 0;
  for (const op of ops) {
    const [start, end] = op.other;
    const look = op.slight ? "slight" : undefined;
    out.push(visible(points.slice(at, start).join("")));
    if (op.base_words) out.push(<del class={look}>{visible(op.base_words)}</del>);
    if (op.base_words && end > start) out.push(" ");
    if (end > start) out.push(<ins class={look}>{visible(points.slice(start, end).join(""))}</ins>);
    at = end;
  }
  out.push(visible(points.slice(at).join("")));
  return <bdi>{out}</bdi>;
}

function Wordings({ rows: list, variants }: { rows: Report[]; variants: Variant[] }) {
  const rows = new Map(list.map((row) => [row.id, row]));
  const base = rows.get(variants[0]!.base);
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
          {base && (
            <tr>
              <td>
                <Words>{base.outlet ?? base.path?.split("/").pop()}</Words>
              </td>
              <td>
                <Words>{contentOf(base)}</Words>
              </td>
            </tr>
          )}
          {variants.map((variant) => {
            const row = rows.get(variant.attribution);
            if (!row) return null;
            return (
              <tr>
                <td>
                  <Words>{row.outlet ?? row.path?.split("/").pop()}</Words>
                </td>
                <td>
                  <Wording other={contentOf(row)} ops={variant.ops} />
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

function Reports({ reports }: { reports: Placed[] }) {
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
  const asked = useAnswer<Statement>(`statements/${encodeURIComponent(id)}`);
  const statement = asked.data;
  const head = statement?.attributions[0];
  const title = statement ? `How it spread: ${statement.text.slice(0, 60)}` : "How it spread";
  return (
    <>
      <Heading title={title}>How it spread</Heading>
      <Answer asked={asked}>
        {(told) => (
          <>
            <div class="said">
              <p class="said-head">
                <Speaker name={told.speaker} /> <Stance stance={head?.stance ?? null} />{" "}
                <span class="when">
                  {told.said_on ? longDay(told.said_on) : `reported ${longDay(head?.published)}`}
                </span>
              </p>
              <blockquote>
                <Words>{told.text}</Words>
              </blockquote>
              <p class="said-foot">
                {told.attributions.length} {told.attributions.length === 1 ? "report" : "reports"},{" "}
                {told.independent_reports} of them on their own
              </p>
              <ReviewButtons kind="statement" target={told.id} name="that these are one utterance" />
            </div>
            <Tree reports={placed(told.attributions)} />
            <Reports reports={placed(told.attributions)} />
            {told.variants.length > 0 && <Wordings rows={told.attributions} variants={told.variants} />}
          </>
        )}
      </Answer>
    </>
  );
}
