// A claim: who stands for it and who against, along one time axis.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { address, ask, useRows, useWork } from "./api";
import { can, canReview } from "./can";
import { longDay } from "./dates";
import { Lanes, type Join } from "./lanes";
import { ListTools, orderOf } from "./list";
import { Answer, Chain, CueWords, contentHash, Heading, More, Note, Speaker, when } from "./parts";
import { attributionsOf, byStatement, byTime, idOf } from "./record";
import { go, Link, toArticle, toClaim, toSpread, type Place } from "./route";
import { ReviewButtons } from "./review";
import { Stance } from "./stance";
import { headingOf, pieces, Words } from "./text";
import type { Attribution, Claim, Conflict, Page, Shift } from "./types";

interface Told {
  claim: Claim;
  sides: { for: Attribution[]; against: Attribution[] };
  conflicts: Conflict[];
  shifts: Shift[];
}

/** Rows of an answer that this server may not have: then none. */
async function askMaybe<Row>(path: string, signal: AbortSignal): Promise<Row[]> {
  return ask<Page<Row>>(path, { signal }).then(
    (page) => page.rows,
    () => [],
  );
}

async function tell(id: string, signal: AbortSignal): Promise<Told> {
  const claim = await ask<Claim>(`claims/${encodeURIComponent(id)}`, { signal });
  const [pro, con, conflicts, shifts] = await Promise.all([
    attributionsOf(claim.for),
    attributionsOf(claim.against),
    askMaybe<Conflict>(address("conflicts", { claim: id, limit: 200 }), signal),
    askMaybe<Shift>(address("shifts", { claim: id, limit: 200 }), signal),
  ]);
  return {
    claim,
    sides: { for: pro.sort(byTime), against: con.sort(byTime) },
    conflicts: conflicts.filter((row) => row.claim === claim.id),
    shifts: shifts.filter((row) => row.claim === claim.id),
  };
}

// ---- the two columns ----

const RELATIONS: Record<string, string> = {
  denies: "contradicts",
  figures: "gives another figure than",
  update: "says otherwise later than",
};

function Card({ reports, told, side }: { reports: Attribution[]; told: Told; side: "for" | "against" }) {
  const [row, ...others] = reports as [Attribution, ...Attribution[]];
  const ids = new Set(reports.map((report) => report.id));
  const against = told.conflicts.filter((conflict) => conflict.attributions.some((one) => ids.has(idOf(one))));
  const all = [...told.sides.for, ...told.sides.against];
  const opponents = against.map((conflict) => ({
    conflict,
    row: all.find((one) => !ids.has(one.id) && conflict.attributions.some((id) => idOf(id) === one.id)),
  }));
  const shift = told.shifts.find((one) => ids.has(idOf(one.before)) || ids.has(idOf(one.after)));
  const named = new Map<string, Set<string>>(); // how → whom
  for (const { conflict, row: other } of opponents) {
    const how = RELATIONS[conflict.relation] ?? "contradicts";
    if (other) named.set(how, (named.get(how) ?? new Set()).add(other.speaker ?? "nobody named"));
  }
  return (
    <article class="card" id={`report-${row.id}`} data-reports={[...ids].join(" ")}>
      <p class="said-head">
        <Speaker name={row.speaker} /> <CueWords row={row} /> <Stance stance={row.stance} /> <Chain via={row.via} to={row.to} />
      </p>
      <blockquote>
        <Link to={toArticle(row.document, contentHash(row))}>
          <Words>{pieces(row.content_text) || pieces(row.cue_text)}</Words>
        </Link>
      </blockquote>
      <p class="said-foot">
        <Words>{row.outlet ?? row.path?.split("/").pop()}</Words>
        {row.statement && can("statements/") && (
          <>
            {" · "}
            <Link to={toSpread(row.statement)}>how it spread</Link>
          </>
        )}{" "}
        <ReviewButtons kind="attribution" target={row.id} row={row} name={`${row.speaker ?? "nobody named"}, ${pieces(row.content_text).slice(0, 60)}`} />
      </p>
      {canReview() && (
        <p class="said-foot">
          {side}:{" "}
          <ReviewButtons kind="side" target={`${told.claim.id} ${row.id}`} name={`that it stands ${side}, ${pieces(row.content_text).slice(0, 60)}`} />
        </p>
      )}
      {shift && (
        <p class="shifted">
          {ids.has(idOf(shift.before)) ? "Later changed position." : "A change of position."}
        </p>
      )}
      {named.size > 0 && (
        <p class="disputes">
          {[...named].map(([how, whom], i) => (
            <>
              {i > 0 && "; "}
              {how} <Words>{[...whom].join(", ")}</Words>
            </>
          ))}
        </p>
      )}
      {others.length > 0 && (
        <details>
          <summary>
            also in {others.length} more {others.length === 1 ? "report" : "reports"}
          </summary>
          <ul class="plain">
            {others.map((other) => (
              <li>
                <Link to={toArticle(other.document, contentHash(other))}>
                  <Words>{other.outlet ?? other.path?.split("/").pop()}</Words>
                </Link>
                , {longDay(other.published)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </article>
  );
}

/** Lines between cards that conflict, drawn over the columns. */
function useLines(told: Told) {
  const ref = useRef<HTMLDivElement>(null);
  const [lines, setLines] = useState<string[]>([]);
  useLayoutEffect(() => {
    const box = ref.current!;
    const draw = () => {
      const origin = box.getBoundingClientRect();
      const cards = [...box.querySelectorAll<HTMLElement>(".card")];
      const cardOf = (id: string) => cards.find((card) => card.dataset.reports!.split(" ").includes(id));
      const paths = new Set<string>();
      for (const conflict of told.conflicts) {
        const [a, b] = conflict.attributions.map((one) => cardOf(idOf(one))?.getBoundingClientRect());
        if (!a || !b || Math.abs(a.left - b.left) < 20) continue;
        const [left, right] = a.left < b.left ? [a, b] : [b, a];
        const [x1, y1] = [left.right - origin.left, left.top - origin.top + 22];
        const [x2, y2] = [right.left - origin.left, right.top - origin.top + 22];
        const middle = (x1 + x2) / 2;
        paths.add(`M${x1},${y1}C${middle},${y1} ${middle},${y2} ${x2},${y2}`);
      }
      setLines([...paths]);
    };
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(box);
    return () => observer.disconnect();
  }, [told]);
  return { ref, lines };
}

function Columns({ told }: { told: Told }) {
  const { ref, lines } = useLines(told);
  const groups = [
    ...byStatement(told.sides.for).map((reports) => ({ side: "for" as const, reports })),
    ...byStatement(told.sides.against).map((reports) => ({ side: "against" as const, reports })),
  ].sort((a, b) => byTime(a.reports[0]!, b.reports[0]!));
  const days = [...new Set(groups.map((group) => when(group.reports[0]!).replace("reported ", "")))];
  return (
    <div class="sides" ref={ref}>
      <svg class="side-lines" aria-hidden="true">
        {lines.map((path) => (
          <path d={path} />
        ))}
      </svg>
      <h2 class="for">For</h2>
      <h2 class="against">Against</h2>
      {days.map((day) => {
        const mine = groups.filter((group) => when(group.reports[0]!).replace("reported ", "") === day);
        return (
          <section class="day" aria-label={day}>
            <h3 class="day-name">
              <span>{day}</span>
            </h3>
            {(["for", "against"] as const).map((side) => (
              <div class={side}>
                {mine.some((group) => group.side === side) && <h4 class="side-name">{side === "for" ? "For" : "Against"}</h4>}
                {mine
                  .filter((group) => group.side === side)
                  .map((group) => (
                    <Card reports={group.reports} told={told} side={side} />
                  ))}
              </div>
            ))}
          </section>
        );
      })}
    </div>
  );
}

function joinsOf(told: Told): Join[] {
  return [
    ...told.conflicts.map(({ attributions: [one, other] }) => ({ one: idOf(one!), other: idOf(other!), kind: "conflict" as const })),
    ...told.shifts.map(({ before, after }) => ({ one: idOf(before), other: idOf(after), kind: "shift" as const })),
  ];
}

const REASONS: Record<string, string> = {
  event: "they tell of one event",
  words: "they share rare words",
  figures: "they give figures of one thing",
  answer: "one answers the other",
  copy: "one was copied",
};

/** "opposite 0.98" → a sentence. */
function judged(rest: string): string {
  const [, which, share] = /^(opposite|the same) ([\d.]+)$/.exec(rest) ?? [];
  if (!which) return rest;
  const many = Math.round(Number(share) * 100);
  return which === "opposite"
    ? `weighed together, they stand against one another, with ${many} chances in 100`
    : `weighed together, they say the same, with ${many} chances in 100`;
}

/** "event: supply, sent; words: drones · Moscow" → sentences. */
export function Why({ why }: { why: string }) {
  if (!why) return null;
  return (
    <details class="why">
      <summary>Why these belong together</summary>
      <ul class="plain tight">
        {why.split("; ").map((reason) => {
          const [, key, rest] = /^([a-z]+): (.*)$/s.exec(reason) ?? [null, "", reason];
          return (
            <li>
              {key && key !== "model" && `${REASONS[key] ?? key}: `}
              <Words>{key === "model" ? judged(rest!) : rest}</Words>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

export function ClaimPage({ id }: { id: string }) {
  const asked = useWork(id, (signal) => tell(id, signal));
  const about = asked.data
    ? headingOf(
        asked.data.claim.about,
        [...asked.data.sides.for, ...asked.data.sides.against].slice(0, 12).map((row) => pieces(row.content_text)),
        asked.data.sides.for[0]?.speaker,
      )
    : "Claim";
  return (
    <>
      <Heading title={about} key={about}>
        <Words>{about}</Words>
      </Heading>
      <Answer asked={asked}>
        {(told) => (
          <>
            <p class="lede">
              {told.claim.statements_for} {told.claim.statements_for === 1 ? "statement" : "statements"} for,{" "}
              {told.claim.statements_against} against.
            </p>
            <Why why={told.claim.why} />
            <Lanes
              rows={[...told.sides.for, ...told.sides.against]}
              label="Both sides over time, a lane a speaker"
              joins={joinsOf(told)}
            />
            <h2 class="unseen">Both sides by time</h2>
            <Columns told={told} />
          </>
        )}
      </Answer>
    </>
  );
}

// ---- the list ----

function namesIn(names: string[]): string {
  const FEW = 3;
  if (!names.length) return "nobody named";
  return names.slice(0, FEW).join(", ") + (names.length > FEW ? ` and ${names.length - FEW} more` : "");
}

export function ClaimRow({ row }: { row: Claim }) {
  return (
    <article class="headline">
      <h3>
        <Link to={toClaim(row.id)}>
          <Words>{headingOf(row.about, [pieces(row.first_for?.content_text), pieces(row.first_against?.content_text)], row.first_for?.speaker)}</Words>
        </Link>
      </h3>
      <p class="said-foot">
        for: <Words>{namesIn(row.speakers_for)}</Words> · against: <Words>{namesIn(row.speakers_against)}</Words>
      </p>
    </article>
  );
}

const ORDERS = [
  { value: "confidence", word: "how sure it is" },
  { value: "speakers", word: "number of voices" },
  { value: "statements", word: "number of statements" },
  { value: "day", word: "latest day" },
  { value: "about", word: "its words" },
];

export function ClaimsPage({ place }: { place: Place }) {
  const q = place.query.get("q") ?? "";
  const values = { q, ...orderOf(place) };
  const rows = useRows<Claim>("claims", values);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    go(address("/claims", { q: String(new FormData(event.currentTarget as HTMLFormElement).get("q")) }));
  };
  return (
    <>
      <Heading title="Claims">Claims</Heading>
      <form class="filter" role="search" aria-label="Search claims" onSubmit={submit} key={q}>
        <div class="ask">
          <input name="q" type="search" defaultValue={q} aria-label="Words of the claim" autocomplete="off" />
          <button type="submit">Search</button>
        </div>
      </form>
      <ListTools place={place} path="claims" values={values} one="claim" many="claims" orders={ORDERS} />
      <h2>What is disputed</h2>
      <Answer asked={rows}>
        {(data) =>
          data.length ? (
            <div class="columns">
              {data.map((row) => (
                <ClaimRow row={row} key={row.id} />
              ))}
            </div>
          ) : (
            <Note title="Nothing is disputed here">
              <p>
                Claims appear where one statement contradicts another. Try other words, or read more articles into the
                record.
              </p>
            </Note>
          )
        }
      </Answer>
      <More rows={rows} />
    </>
  );
}
