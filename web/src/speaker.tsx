// One speaker: what they are called, what they said over time.
import { address, useRows } from "./api";
import { Lanes } from "./lanes";
import { Answer, AttributionCard, Heading, More, Note } from "./parts";
import { Link } from "./route";
import { StanceMark, stanceWord } from "./stance";
import { pieces, Words } from "./text";
import type { Attribution } from "./types";

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

function Said({ name, rows }: { name: string; rows: Attribution[] }) {
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
      <Lanes rows={rows} label={`What ${name} said, over time`} />
      <div class="results">
        <section class="main-column" aria-labelledby="said">
          <h2 id="said">In their words</h2>
          {rows.map((row) => (
            <AttributionCard row={row} key={row.id} hideSpeaker={row.speaker === name} />
          ))}
        </section>
        <aside class="side-column">
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
