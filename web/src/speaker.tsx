// One speaker: what they are called, what they said over time.
import { address, ask, useRows, useWork } from "./api";
import { can, whenKnown } from "./can";
import { Lanes, type Join } from "./lanes";
import { Answer, AttributionCard, Heading, More, Note, Speaker } from "./parts";
import { attributionsOf, idOf } from "./record";
import { Link, toClaim } from "./route";
import { StanceMark, stanceWord } from "./stance";
import { pieces, Words } from "./text";
import type { Attribution, Claim, Conflict, Page, Shift } from "./types";

/** Words by which articles name the speaker, most frequent first; pronouns are
 * left out: a name has a word of the speaker's, or a capital inside. */
function namesOf(name: string, rows: Attribution[]): string[] {
  const counts = new Map<string, number>();
  const own = new Set(name.split(/\s+/));
  for (const row of rows) {
    const words = pieces(row.source_text).trim().replace(/[,;:]$/, "");
    const named = words.split(/[\s,;]+/).some((word) => own.has(word)) || /\s\p{Lu}/u.test(words);
    if (named && words.length < 80) counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([words]) => words);
}

function tally(rows: Attribution[], of: (row: Attribution) => string | null | undefined): [string, number][] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = of(row);
    if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}

function Facts({ name, rows }: { name: string; rows: Attribution[] }) {
  const names = namesOf(name, rows).filter((words) => words !== name).slice(0, 8);
  return (
    <>
      {names.length > 0 && (
        <>
          <h2>Called</h2>
          <ul class="plain">
            {names.map((words) => (
              <li>
                <Words>{words}</Words>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>Stances</h2>
      <ul class="plain">
        {tally(rows, (row) => row.stance).map(([stance, count]) => (
          <li>
            <StanceMark stance={stance} />{" "}
            <Link to={address("/search", { speaker: name, stance })}>{stanceWord(stance)}</Link>{" "}
            <span class="count">{count}</span>
          </li>
        ))}
      </ul>
      <h2>Reported by</h2>
      <ul class="plain">
        {tally(rows, (row) => row.outlet).map(([outlet, count]) => (
          <li>
            <Link to={address("/search", { speaker: name, outlet })}>
              <Words>{outlet}</Words>
            </Link>{" "}
            <span class="count">{count}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

// ---- whom they contradict, where they shifted ----

interface Disputes {
  subjects: Claim[];
  opponents: { name: string | null; claim: string; words: string }[];
  shifts: { claim: string; before: Attribution; after: Attribution }[];
}

async function disputesOf(name: string, own: Set<string>, signal: AbortSignal): Promise<Disputes> {
  const rowsAt = async <Row,>(path: "claims" | "conflicts" | "shifts"): Promise<Row[]> =>
    can(path) ? (await ask<Page<Row>>(address(path, { speaker: name, limit: 50 }), { signal })).rows : [];
  await whenKnown();
  const [subjects, conflicts, shifts] = await Promise.all([
    rowsAt<Claim>("claims"),
    rowsAt<Conflict>("conflicts"),
    rowsAt<Shift>("shifts"),
  ]);
  const opponents: Disputes["opponents"] = [];
  for (const conflict of conflicts) {
    const pair = await attributionsOf(conflict.attributions);
    const other = pair.find((one) => !own.has(idOf(one)) && one.speaker !== name) ?? pair.find((one) => !own.has(one.id));
    if (!other || opponents.some((one) => one.name === other.speaker && one.claim === conflict.claim)) continue;
    opponents.push({ name: other.speaker, claim: conflict.claim, words: pieces(other.content_text) });
  }
  const told: Disputes["shifts"] = [];
  for (const shift of shifts) {
    const [before, after] = await attributionsOf([shift.before, shift.after]);
    if (before && after) told.push({ claim: shift.claim, before, after });
  }
  return { subjects, opponents, shifts: told };
}

function DisputesList({ name, disputes }: { name: string; disputes: Disputes }) {
  return (
    <>
      {disputes.shifts.length > 0 && (
        <>
          <h2>Changed position</h2>
          <ul class="plain tight">
            {disputes.shifts.map(({ claim, before, after }) => (
              <li>
                <Link to={toClaim(claim)}>
                  “<Words>{pieces(before.content_text)}</Words>”, then “<Words>{pieces(after.content_text)}</Words>”
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {disputes.subjects.length > 0 && (
        <>
          <h2>Takes sides on</h2>
          <ul class="plain tight">
            {disputes.subjects.map((claim) => (
              <li>
                <Link to={toClaim(claim.id)}>
                  <Words>{claim.about}</Words>
                </Link>{" "}
                <span class="count">
                  {[claim.speakers_for.includes(name) && "for", claim.speakers_against.includes(name) && "against"]
                    .filter(Boolean)
                    .join(", ")}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {disputes.opponents.length > 0 && (
        <>
          <h2>Contradicts</h2>
          <ul class="plain tight">
            {disputes.opponents.map(({ name: other, claim, words }) => (
              <li>
                <Speaker name={other} />:{" "}
                <Link to={toClaim(claim)}>
                  <Words>{words}</Words>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Said({ name, rows }: { name: string; rows: Attribution[] }) {
  const asked = useWork(rows.length ? `disputes of ${name}` : null, (signal) =>
    disputesOf(name, new Set(rows.map((row) => row.id)), signal),
  );
  const joins = (asked.data?.shifts ?? []).map(
    ({ before, after }): Join => ({ one: before.id, other: after.id, kind: "shift" }),
  );
  if (!rows.length) {
    return (
      <Note title="No such speaker">
        <p>
          Nobody of that name says anything in this record.{" "}
          <Link to={address("/search", { q: name })}>Search for the name</Link> instead.
        </p>
      </Note>
    );
  }
  return (
    <>
      <Lanes rows={rows} label={`What ${name} said, over time`} joins={joins} />
      <div class="results">
        <section class="main-column" aria-labelledby="said">
          <h2 id="said">In their words</h2>
          {rows.map((row) => (
            <AttributionCard row={row} key={row.id} hideSpeaker={row.speaker === name} />
          ))}
        </section>
        <aside class="side-column">
          {asked.data && <DisputesList name={name} disputes={asked.data} />}
          <Facts name={name} rows={rows} />
        </aside>
      </div>
    </>
  );
}

export function SpeakerPage({ name }: { name: string }) {
  const rows = useRows<Attribution>("attributions", { speaker: name, limit: 200 });
  return (
    <>
      <Heading title={name}>
        <Words>{name}</Words>
      </Heading>
      <Answer asked={rows}>{(data) => <Said name={name} rows={data} />}</Answer>
      <More rows={rows} />
    </>
  );
}

export function SpeakersPage() {
  const rows = useRows<Attribution>("attributions", { limit: 200 });
  return (
    <>
      <Heading title="Speakers">Speakers</Heading>
      <Answer asked={rows}>
        {(data) => {
          const people = tally(data, (row) => row.speaker);
          return (
            <ul class="people wide">
              {people.map(([name, count]) => (
                <li key={name}>
                  <Link to={`/speaker/${encodeURIComponent(name)}`}>
                    <Words>{name}</Words>
                  </Link>{" "}
                  <span class="count">{count}</span>
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
      <More rows={rows} />
    </>
  );
}
