// Lanes along one time axis: a lane a speaker, a mark a statement. Zoom by
// wheel, pinch, buttons or keys; the strip below chooses a stretch (brush).
import { brushX, type D3BrushEvent } from "d3-brush";
import { scaleUtc } from "d3-scale";
import { select } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomTransform } from "d3-zoom";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { address } from "./api";
import { dayTicks, interval, longDay, momentOf, tickLabel } from "./dates";
import { contentHash, when } from "./parts";
import { go, toArticle } from "./route";
import { StanceKey, StanceShape, stanceWord } from "./stance";
import { pieces } from "./text";
import type { Attribution } from "./types";

const LANE = 38;
const TOP = 26;
const STRIP = 38;
const RIGHT = 12;
const LANES_MOST = 24;

export interface LaneMark {
  row: Attribution;
  at: Date;
  from: Date;
  to: Date;
  lane: number;
  level: number; // steps off the lane's middle, where marks would hide each other
}

interface Lane {
  name: string;
  rows: Attribution[];
}

function lanesOf(rows: Attribution[]): Lane[] {
  const lanes = new Map<string, Lane>();
  for (const row of rows) {
    const name = row.speaker ?? "nobody named";
    if (!lanes.has(name)) lanes.set(name, { name, rows: [] });
    lanes.get(name)!.rows.push(row);
  }
  return [...lanes.values()].sort((a, b) => b.rows.length - a.rows.length || (a.name < b.name ? -1 : 1));
}

function marksIn(lanes: Lane[]): LaneMark[] {
  return lanes.flatMap((lane, index) => {
    const perMoment = new Map<number, number>();
    return lane.rows
      .map((row) => ({ row, at: momentOf(row), span: interval(row.said_on) ?? interval(row.published) }))
      .filter((mark) => mark.at && mark.span)
      .sort((a, b) => a.at!.getTime() - b.at!.getTime())
      .map(({ row, at, span }) => {
        const level = perMoment.get(at!.getTime()) ?? 0;
        perMoment.set(at!.getTime(), level + 1);
        return { row, at: at!, from: span![0], to: span![1], lane: index, level };
      });
  });
}

const DAY = 86_400_000;

/** Marks between which nearly all lie, where a few far away would press these into a
 * corner; else all of them. */
export function coreOf(marks: LaneMark[]): LaneMark[] {
  const FAR = 3;
  const MANY = 12;
  const sorted = [...marks].sort((a, b) => +a.at - +b.at);
  const aside = Math.floor(sorted.length * 0.03);
  const core = sorted.slice(aside, sorted.length - aside);
  const span = (list: LaneMark[]) => Math.max(+list[list.length - 1]!.at - +list[0]!.at, DAY);
  if (sorted.length < MANY || span(sorted) < FAR * span(core)) return marks;
  const [from, to] = [+core[0]!.at - 0.1 * span(core), +core[core.length - 1]!.at + 0.1 * span(core)];
  return marks.filter((mark) => +mark.at >= from && +mark.at <= to);
}

function extentOf(marks: LaneMark[]): [Date, Date] {
  const from = Math.min(...marks.map((mark) => mark.at.getTime() - Math.min(DAY / 2, +mark.at - +mark.from)));
  const to = Math.max(...marks.map((mark) => mark.at.getTime() + Math.min(DAY / 2, +mark.to - +mark.at)));
  const margin = Math.max((to - from) * 0.04, DAY / 2);
  return [new Date(from - margin), new Date(to + margin)];
}

function useWidth(): [preact.RefObject<HTMLDivElement | null>, number] {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(720);
  useLayoutEffect(() => {
    const element = ref.current!;
    const measure = () => setWidth(Math.max(300, element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}

function labelOf(row: Attribution): string {
  const words = pieces(row.content_text) || pieces(row.cue_text);
  const short = words.length > 160 ? `${words.slice(0, 157)}…` : words;
  return `${row.speaker ?? "Nobody named"} ${stanceWord(row.stance)}, ${when(row)}: ${short}`;
}

/** What is drawn at one place: a mark, or many that would hide each other. */
interface Item {
  marks: LaneMark[];
  lane: number;
  at: Date;
}

const CELL = 16; // pixels
const CROWD = 6; // marks of a lane in a cell that are still drawn each

/** Marks by lane and time; those that crowd a cell as one item. */
function itemsOf(marks: LaneMark[], x: (mark: LaneMark) => number): Item[] {
  const cells = new Map<string, LaneMark[]>();
  for (const mark of marks) {
    const key = `${mark.lane} ${Math.floor(x(mark) / CELL)}`;
    cells.set(key, [...(cells.get(key) ?? []), mark]);
  }
  const items: Item[] = [];
  for (const cell of cells.values()) {
    if (cell.length > CROWD) items.push({ marks: cell, lane: cell[0]!.lane, at: cell[cell.length >> 1]!.at });
    else items.push(...cell.map((mark) => ({ marks: [mark], lane: mark.lane, at: mark.at })));
  }
  return items.sort((a, b) => a.lane - b.lane || +a.at - +b.at);
}

/** The days between which the item's marks lie, for a search. */
function daysOf(item: Item): { since: string; until: string } {
  const days = item.marks.map((mark) => mark.at.toISOString().slice(0, 10)).sort();
  return { since: days[0]!, until: days[days.length - 1]! };
}

function crowdLabel(item: Item): string {
  const { since, until } = daysOf(item);
  const counts = new Map<string, number>();
  for (const { row } of item.marks) counts.set(stanceWord(row.stance), (counts.get(stanceWord(row.stance)) ?? 0) + 1);
  const stances = [...counts].sort((a, b) => b[1] - a[1]).map(([word, count]) => `${count} ${word}`);
  const when = since === until ? longDay(since) : `${longDay(since)} to ${longDay(until)}`;
  return `${item.marks[0]!.row.speaker ?? "Nobody named"}, ${when}: ${item.marks.length} statements (${stances.join(", ")})`;
}

/** The item that a key leads to, or null. */
function neighbour(marks: Item[], from: number, key: string): number | null {
  const mark = marks[from]!;
  if (key === "ArrowRight") return marks[from + 1]?.lane === mark.lane ? from + 1 : null;
  if (key === "ArrowLeft") return marks[from - 1]?.lane === mark.lane ? from - 1 : null;
  const lane = mark.lane + (key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : NaN);
  let best: number | null = null;
  marks.forEach((other, i) => {
    if (other.lane !== lane) return;
    const nearer = best === null || Math.abs(+other.at - +mark.at) < Math.abs(+marks[best]!.at - +mark.at);
    if (nearer) best = i;
  });
  return best;
}

/** Two attributions, by id, that a line joins. */
export interface Join {
  one: string;
  other: string;
  kind: "conflict" | "shift";
}

interface PlotProps {
  lanes: Lane[];
  marks: LaneMark[];
  label: string;
  joins: Join[];
}

function Plot({ lanes, marks, label, joins }: PlotProps) {
  const [box, width] = useWidth();
  const svg = useRef<SVGSVGElement>(null);
  const strip = useRef<SVGGElement>(null);
  const [transform, setTransform] = useState<ZoomTransform>(zoomIdentity);
  const [current, setCurrent] = useState(0);
  const [shown, setShown] = useState<number | null>(null);
  const left = width < 560 ? 8 : 168;
  const laneHeight = width < 560 ? LANE + 16 : LANE;
  const height = TOP + lanes.length * laneHeight;
  const clip = useId();

  const core = useMemo(() => coreOf(marks), [marks]);
  const [whole, setWhole] = useState(false);
  const drawn = whole ? marks : core;
  const base = useMemo(() => scaleUtc().domain(extentOf(drawn)).range([left, width - RIGHT]), [drawn, width, left]);
  const scale = transform.rescaleX(base);
  const items = useMemo(() => itemsOf(drawn, (mark) => scale(mark.at)), [drawn, transform, base]);
  const behaviour = useMemo(
    () =>
      zoom<SVGSVGElement, unknown>()
        .scaleExtent([1, 400])
        .extent([[left, 0], [width - RIGHT, height]])
        .translateExtent([[left, 0], [width - RIGHT, height]])
        .filter((event) => event.type !== "wheel" || event.ctrlKey || event.shiftKey || event.metaKey),
    [left, width, height],
  );
  useEffect(() => {
    const node = select(svg.current!);
    behaviour.on("zoom", (event: D3ZoomEvent<SVGSVGElement, unknown>) => setTransform(event.transform));
    node.call(behaviour).on("dblclick.zoom", null);
    node.call(behaviour.transform, zoomIdentity);
    return () => void node.on(".zoom", null);
  }, [behaviour]);

  const brush = useMemo(() => brushX<unknown>().extent([[left, 2], [width - RIGHT, STRIP - 14]]), [left, width]);
  useEffect(() => {
    const group = select(strip.current!);
    brush.on("brush end", (event: D3BrushEvent<unknown>) => {
      if (!event.sourceEvent) return;
      const [from, to] = (event.selection as [number, number] | null) ?? [left, width - RIGHT];
      const full = width - RIGHT - left;
      const k = Math.min(400, full / Math.max(1, to - from));
      select(svg.current!).call(behaviour.transform, zoomIdentity.translate(left, 0).scale(k).translate(-from, 0));
    });
    group.call(brush);
    return () => void group.on(".brush", null);
  }, [brush, behaviour]);
  useEffect(() => {
    const [from, to] = base.range().map((x) => transform.invertX(x!));
    select(strip.current!).call(brush.move, transform.k === 1 ? null : [Math.max(left, from!), Math.min(width - RIGHT, to!)]);
  }, [transform, brush]);

  const at = Math.min(current, items.length - 1);
  const scaleBy = (factor: number) => select(svg.current!).call(behaviour.scaleBy, factor);
  const reset = () => select(svg.current!).call(behaviour.transform, zoomIdentity);
  const pan = (share: number) => select(svg.current!).call(behaviour.translateBy, (share * (width - left)) / transform.k, 0);

  const focusMark = (index: number) => {
    setCurrent(index);
    const x = scale(items[index]!.at);
    if (x < left || x > width - RIGHT) {
      select(svg.current!).call(behaviour.translateTo, base(items[index]!.at), 0);
    }
    requestAnimationFrame(() => svg.current?.querySelector<SVGElement>(`[data-mark="${index}"]`)?.focus());
  };
  const onKey = (event: KeyboardEvent) => {
    const keys: Record<string, () => void> = {
      "+": () => scaleBy(1.6),
      "=": () => scaleBy(1.6),
      "-": () => scaleBy(1 / 1.6),
      "0": reset,
      PageUp: () => pan(0.4),
      PageDown: () => pan(-0.4),
      Home: () => focusMark(0),
      End: () => focusMark(items.length - 1),
    };
    const next = event.key.startsWith("Arrow") ? neighbour(items, at, event.key) : null;
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      if (next !== null) focusMark(next);
      return;
    }
    if (!keys[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    keys[event.key]!();
  };

  const laneMiddle = (lane: number) => TOP + lane * laneHeight + (width < 560 ? laneHeight - 16 : laneHeight / 2);
  const yOf = (mark: LaneMark) => laneMiddle(mark.lane) + [0, -11, 11][mark.level % 3]!;
  const xOf = (mark: LaneMark) => scale(mark.at) + Math.floor(mark.level / 3) * 11;
  const ticks = dayTicks(scale.ticks(Math.max(2, Math.floor((width - left) / 110)))).filter(
    (tick) => scale(tick) > left + 16 && scale(tick) < width - 28,
  );
  const format = (tick: Date) => tickLabel(tick, ticks[1] ? +ticks[1] - +ticks[0]! : 0);
  const place = new Map(drawn.map((mark) => [mark.row.id, mark]));
  const tip = shown === null ? null : items[shown];
  const aside = marks.length - core.length;

  return (
    <div class="lanes" ref={box}>
      <div class="lane-tools">
        <button type="button" onClick={() => scaleBy(1.6)} aria-label="Zoom in">
          +
        </button>
        <button type="button" onClick={() => scaleBy(1 / 1.6)} aria-label="Zoom out" disabled={transform.k <= 1}>
          −
        </button>
        <button
          type="button"
          onClick={() => (setWhole(true), reset())}
          disabled={(whole || !aside) && transform.k === 1 && transform.x === 0}
        >
          Whole time
        </button>
        <span class="hint">Arrow keys go from mark to mark, + and − zoom, Enter opens.</span>
      </div>
      <svg ref={svg} width={width} height={height} onKeyDown={onKey} role="group" aria-label={label} class="plot">
        <clipPath id={clip}>
          <rect x={left - 8} y={0} width={width - left - RIGHT + 16} height={height} />
        </clipPath>
        <g class="axis" aria-hidden="true">
          {ticks.map((tick) => (
            <g transform={`translate(${scale(tick)},0)`}>
              <line y1={TOP - 6} y2={height} />
              <text y={12} text-anchor="middle">
                {format(tick)}
              </text>
            </g>
          ))}
        </g>
        {lanes.map((lane, index) => (
          <g class="lane" transform={`translate(0,${TOP + index * laneHeight})`} aria-hidden="true">
            <line x1={0} x2={width} y1={laneHeight} y2={laneHeight} />
            <text x={width < 560 ? 4 : left - 14} y={width < 560 ? 14 : laneHeight / 2 + 4} text-anchor={width < 560 ? "start" : "end"}>
              {lane.name.length > 24 ? `${lane.name.slice(0, 22)}…` : lane.name}
            </text>
          </g>
        ))}
        <g clip-path={`url(#${clip})`}>
          {joins.map(({ one, other, kind }) => {
            const [a, b] = [place.get(one), place.get(other)];
            return a && b && <line class={kind} x1={xOf(a)} y1={yOf(a)} x2={xOf(b)} y2={yOf(b)} />;
          })}
          {items.map((item, index) => {
            const mark = item.marks[0]!;
            const crowd = item.marks.length > 1;
            const to = crowd
              ? address("/search", { speaker: mark.row.speaker, ...daysOf(item) })
              : toArticle(mark.row.document, contentHash(mark.row));
            return (
              <a
                href={to}
                data-mark={index}
                tabIndex={index === at ? 0 : -1}
                aria-label={crowd ? crowdLabel(item) : labelOf(mark.row)}
                class={crowd ? "mark crowd" : "mark"}
                onClick={(event: MouseEvent) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                  event.preventDefault();
                  go(to);
                }}
                onFocus={() => (setCurrent(index), setShown(index))}
                onBlur={() => setShown(null)}
                onMouseEnter={() => setShown(index)}
                onMouseLeave={() => setShown(null)}
              >
                {!crowd && +mark.to - +mark.from > 2 * DAY && (
                  <line class="span" x1={scale(mark.from)} x2={scale(mark.to)} y1={yOf(mark)} y2={yOf(mark)} />
                )}
                {crowd ? (
                  <g transform={`translate(${scale(item.at)},${laneMiddle(item.lane)})`}>
                    <circle class="halo" r={16} />
                    <circle class="many" r={Math.min(15, 9 + Math.log2(item.marks.length))} />
                    <text y={4} text-anchor="middle">
                      {item.marks.length}
                    </text>
                  </g>
                ) : (
                  <g transform={`translate(${xOf(mark)},${yOf(mark)})`}>
                    <circle class="halo" r={10} />
                    <StanceShape stance={mark.row.stance} scale={1.15} />
                  </g>
                )}
              </a>
            );
          })}
        </g>
      </svg>
      <svg width={width} height={STRIP} class="strip" aria-hidden="true">
        {drawn.map((mark) => (
          <line x1={base(mark.at)} x2={base(mark.at)} y1={6} y2={STRIP - 18} />
        ))}
        <g ref={strip} />
      </svg>
      <p class="tip" aria-hidden="true">
        {!tip ? "\u00a0" : tip.marks.length > 1 ? crowdLabel(tip) : labelOf(tip.marks[0]!.row)}
      </p>
      {aside > 0 && !whole && (
        <p class="hint">
          {aside} far before or after {aside === 1 ? "is" : "are"} left out; “Whole time” shows {aside === 1 ? "it" : "them"}.
        </p>
      )}
    </div>
  );
}

export function Lanes({ rows, label, joins = [] }: { rows: Attribution[]; label: string; joins?: Join[] }) {
  const all = useMemo(() => lanesOf(rows), [rows]);
  const [count, setCount] = useState(LANES_MOST);
  const lanes = all.slice(0, count);
  const marks = useMemo(() => marksIn(lanes), [all, count]);
  const undated = rows.filter((row) => !momentOf(row)).length;
  if (!marks.length) return <p class="hint">None of these has a date.</p>;
  return (
    <figure class="timeline">
      <StanceKey shown={rows.map((row) => row.stance)} />
      {joins.length > 0 && (
        <ul class="key" aria-label="What the lines mean">
          {(["conflict", "shift"] as const)
            .filter((kind) => joins.some((join) => join.kind === kind))
            .map((kind) => (
              <li>
                <svg class="plain-line" width="26" height="8" aria-hidden="true">
                  <line class={kind} x1={1} x2={25} y1={4} y2={4} />
                </svg>{" "}
                {kind === "conflict" ? "contradict each other" : "changed position"}
              </li>
            ))}
        </ul>
      )}
      <Plot lanes={lanes} marks={marks} label={label} joins={joins} />
      <figcaption class="hint">
        {all.length > count && (
          <button type="button" onClick={() => setCount(count + LANES_MOST)}>
            {all.length - count} more speakers
          </button>
        )}
        {undated > 0 && ` ${undated} without a date ${undated === 1 ? "is" : "are"} not shown.`}
      </figcaption>
    </figure>
  );
}
