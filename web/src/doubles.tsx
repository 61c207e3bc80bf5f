// Entities that may be one: a question after the other, by buttons and keys.
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { ask, useRows, type Problem } from "./api";
import { canReview } from "./can";
import { ListTools } from "./list";
import { Answer, Heading, More, Note, SaidBy, Speaker } from "./parts";
import type { Place } from "./route";
import { FilterForm, filterOf } from "./search";
import { Words } from "./text";
import type { Attribution, Double } from "./types";

async function post<T>(body: object): Promise<T> {
  return ask<T>("doubles", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

interface Kept {
  id: string; // of the pair
  number: number;
  same: boolean;
}

function End({ name, kind, said, titles, row }: { name: string; kind: string; said: number; titles: string[]; row: Attribution | null }) {
  return (
    <div class="said-by">
      <p class="said-head">
        <Speaker name={name} /> <span class="when">{kind}</span>
      </p>
      <p class="said-foot">
        said {said.toLocaleString("en")}
        {titles.length > 0 && (
          <>
            {" · "}
            <Words>{titles.join("; ")}</Words>
          </>
        )}
      </p>
      {row && (
        <details>
          <summary>
            what <Words>{name}</Words> said
          </summary>
          <SaidBy row={row} />
        </details>
      )}
    </div>
  );
}

function Signs({ label, list }: { label: string; list: string[] }) {
  if (!list.length) return null;
  return (
    <p class="said-foot">
      <strong>{label}</strong> {list.join("; ")}
    </p>
  );
}

function Pair({ row, kept, current, answer, back }: { row: Double; kept?: Kept; current: boolean; answer: (same: boolean) => void; back: () => void }) {
  const names = `${row.name_of_one} and ${row.name_of_other}`;
  return (
    <article class="dispute" aria-current={current ? "true" : undefined}>
      <h3>
        <Words>{row.name_of_one}</Words> and <Words>{row.name_of_other}</Words>{" "}
        <span class="count">{Math.round(row.chance * 100)} in 100</span>
      </h3>
      <div class="versus">
        <End name={row.name_of_one} kind={row.kind_of_one} said={row.attributions_of_one} titles={row.titles_of_one} row={row.said_by_one} />
        <p class="against-word">or</p>
        <End name={row.name_of_other} kind={row.kind_of_other} said={row.attributions_of_other} titles={row.titles_of_other} row={row.said_by_other} />
      </div>
      <Signs label="For:" list={row.evidence} />
      <Signs label="Against:" list={row.against} />
      {canReview() &&
        (kept ? (
          <p class="marks" role="status">
            {kept.same ? "taken for one" : "kept apart"}{" "}
            <button type="button" class="quiet" onClick={back} aria-label={`Undo: ${names}`}>
              undo
            </button>
          </p>
        ) : (
          <p class="marks">
            <button type="button" onClick={() => answer(true)} aria-label={`One: ${names}`}>
              one
            </button>{" "}
            <button type="button" onClick={() => answer(false)} aria-label={`Two: ${names}`}>
              two
            </button>
          </p>
        ))}
    </article>
  );
}

/** What waits for its links; they follow when asked for, or when the page is left. */
function useWaiting(): [number, (by: number) => void, () => Promise<void>] {
  const [waiting, set] = useState(0);
  useEffect(() => {
    if (!waiting) return;
    const leave = () => void fetch("/api/v1/doubles", {
      method: "POST", keepalive: true, headers: { "Content-Type": "application/json" }, body: '{"settle": true}',
    });
    addEventListener("pagehide", leave);
    return () => removeEventListener("pagehide", leave);
  }, [waiting > 0]);
  const settle = async () => {
    await post({ settle: true });
    set(0);
  };
  return [waiting, (by) => set((n) => n + by), settle];
}

export function DoublesPage({ place }: { place: Place }) {
  const q = place.query.get("q") ?? "";
  const values = { q };
  const rows = useRows<Double>("doubles", values);
  const [kept, keep] = useState<Kept[]>([]);
  const [at, setAt] = useState(0);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [waiting, wait, settle] = useWaiting();
  const [linking, setLinking] = useState(false);
  const keptOf = (row: Double) => kept.find((one) => one.id === row.id);
  const list = rows.data ?? [];
  const current = list.findIndex((row, i) => i >= at && !keptOf(row));
  const answer = (row: Double, same: boolean) =>
    post<{ number: number }>({ one: row.one, other: row.other, same }).then(
      (made) => (keep((all) => [...all, { id: row.id, number: made.number, same }]), wait(1), setProblem(null)),
      setProblem,
    );
  const back = (one: Kept | undefined) =>
    one &&
    post({ back: one.number }).then(
      () => (keep((all) => all.filter((other) => other !== one)), wait(1), setAt(0), setProblem(null)),
      setProblem,
    );
  useLayoutEffect(() => {
    const row = list[current];
    const keys: Record<string, () => unknown> = {
      y: () => row && answer(row, true),
      n: () => row && answer(row, false),
      s: () => setAt(current + 1),
      u: () => back(kept[kept.length - 1]),
    };
    const press = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest("input, select, textarea");
      if (canReview() && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) keys[event.key]?.();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
  useEffect(() => {
    document.querySelector("article[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  }, [current]);
  const link = () => {
    setLinking(true);
    settle().catch(setProblem).finally(() => setLinking(false));
  };
  return (
    <>
      <Heading title="Doubles">One or two?</Heading>
      <p class="lede">
        Names of people and bodies that may be one’s, the likeliest first.{" "}
        {canReview() ? (
          <>
            Keys: <kbd>y</kbd> one, <kbd>n</kbd> two, <kbd>s</kbd> skip, <kbd>u</kbd> undo.
          </>
        ) : (
          <>
            <code>hearsay serve --allow-review</code> takes answers here, <code>hearsay doubles --apply</code> in a terminal.
          </>
        )}
      </p>
      <FilterForm filter={filterOf(place)} to="/doubles" words="Find doubles" hint="Part of a name" bare />
      <ListTools place={place} path="doubles" values={values} one="pair" many="pairs" />
      {waiting > 0 && (
        <p class="marks">
          <button type="button" onClick={link} disabled={linking}>
            {linking ? "Linking…" : "Link the record anew"}
          </button>{" "}
          {waiting} {waiting === 1 ? "answer waits" : "answers wait"} for it.
        </p>
      )}
      {problem && <p role="alert">{problem.message}</p>}
      <Answer asked={rows}>
        {() =>
          list.length ? (
            <>
              <h2 class="unseen">All of them</h2>
              {list.map((row, i) => (
                <Pair
                  row={row}
                  kept={keptOf(row)}
                  current={canReview() && i === current}
                  answer={(same) => answer(row, same)}
                  back={() => back(keptOf(row))}
                  key={row.id}
                />
              ))}
            </>
          ) : (
            <Note title="Nothing of the kind here">
              <p>No two names in this record are likely to be one’s, or all have been answered.</p>
            </Note>
          )
        }
      </Answer>
      <More rows={rows} />
    </>
  );
}
