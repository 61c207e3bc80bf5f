// What the record is asked for most: contradictions, shifts, copies, variants, a page each.
import { address, useRows } from "./api";
import { ClaimRow } from "./claim";
import { longDay } from "./dates";
import { ListTools, orderOf, type Order } from "./list";
import { Answer, contentHash, Heading, More, Note, SaidBy, Speaker, when } from "./parts";
import { ReviewButtons } from "./review";
import { Link, toArticle, toClaim, toSpread, type Place } from "./route";
import { FilterForm, filterOf } from "./search";
import { headingOf, pieces, Words } from "./text";
import type { Attribution, Conflict, Copy, Shift, Statement } from "./types";

const row = (one: string | Attribution): Attribution | null => (typeof one === "string" ? null : one);

// ---- conflicts: one block a claim ----

interface Block {
  claim: string;
  about: string;
  pairs: Conflict[];
}

export function blocksOf(conflicts: Conflict[]): Block[] {
  const blocks = new Map<string, Block>();
  for (const conflict of conflicts) {
    const block = blocks.get(conflict.claim) ?? { claim: conflict.claim, about: conflict.about ?? "", pairs: [] };
    block.pairs.push(conflict);
    blocks.set(conflict.claim, block);
  }
  return [...blocks.values()];
}

const AGAINST: Record<string, string> = { denies: "against", figures: "with another figure than", update: "later than" };

export function ConflictBlock({ block }: { block: Block }) {
  const first = block.pairs[0]!;
  const [one, other] = first.attributions.map(row);
  const more = block.pairs.length - 1;
  if (!one || !other) return null;
  return (
    <article class="dispute">
      <h3>
        <Link to={toClaim(block.claim)}>
          <Words>{headingOf(block.about, [pieces(one.content_text), pieces(other.content_text)], one.speaker)}</Words>
        </Link>
      </h3>
      <div class="versus">
        <SaidBy row={one} />
        <p class="against-word">{AGAINST[first.relation] ?? "against"}</p>
        <SaidBy row={other} />
      </div>
      {more > 0 && (
        <p class="said-foot">
          <Link to={toClaim(block.claim)}>
            {more} more {more === 1 ? "pair" : "pairs"} on the same
          </Link>
        </p>
      )}
    </article>
  );
}

// ---- shifts ----

export function ShiftBlock({ shift }: { shift: Shift }) {
  const before = row(shift.before);
  const after = row(shift.after);
  if (!before || !after) return null;
  return (
    <article class="dispute">
      <h3>
        <Speaker name={shift.speaker} /> on{" "}
        <Link to={toClaim(shift.claim)}>
          <Words>{headingOf(shift.about ?? "", [pieces(before.content_text), pieces(after.content_text)], shift.speaker)}</Words>
        </Link>
      </h3>
      <div class="versus">
        <SaidBy row={before} label="before" />
        <p class="against-word">then</p>
        <SaidBy row={after} label="after" />
      </div>
      <ReviewButtons kind="shift" target={shift.id} name={`${shift.speaker ?? "nobody named"} changed position`} />
    </article>
  );
}

// ---- the frame of the four pages ----

interface ListPage<Row> {
  place: Place;
  path: string;
  title: string;
  lede: string;
  one: string;
  many: string;
  orders: Order[];
  none: string;
  search?: boolean;
  children: (rows: Row[]) => preact.ComponentChildren;
}

function ListPage<Row>({ place, path, title, lede, one, many, orders, none, search, children }: ListPage<Row>) {
  const { q, speaker, outlet, since, until } = filterOf(place);
  const taken = search ? { q, speaker, outlet, since, until } : path === "variants" ? { speaker: speaker || q } : path === "copies" ? { outlet, since, until } : { speaker: speaker || q, outlet, since, until };
  const values = { ...taken, ...orderOf(place) };
  const rows = useRows<Row>(path, values);
  return (
    <>
      <Heading title={title}>{title}</Heading>
      <p class="lede">{lede}</p>
      <FilterForm filter={filterOf(place)} to={place.path} words={`Search ${path}`} hint={search ? "Words or names" : "A name"} />
      <ListTools place={place} path={path} values={values} one={one} many={many} orders={orders} />
      <Answer asked={rows}>
        {(data) =>
          data.length ? (
            <>
              <h2 class="unseen">All of them</h2>
              {children(data)}
            </>
          ) : (
            <Note title="Nothing of the kind here">
              <p>{none}</p>
            </Note>
          )
        }
      </Answer>
      <More rows={rows} />
    </>
  );
}

const SURE = { value: "confidence", word: "how sure it is" };
const DAY = { value: "day", word: "day" };

export const ConflictsPage = ({ place }: { place: Place }) => (
  <ListPage<Conflict>
    place={place}
    path="conflicts"
    title="Contradictions"
    lede="Who says one thing, and who says it is not so: a block a claim."
    one="pair of statements"
    many="pairs of statements"
    orders={[SURE, DAY, { value: "about", word: "claim" }]}
    none="Contradictions appear where one statement denies another, gives other figures, or is overtaken by later news."
    search
  >
    {(rows) => (
      <>
        <p class="hint">
          <a href={"/api/v1/" + address("feed", { q: place.query.get("q"), speaker: place.query.get("speaker") })}>
            Follow as a feed
          </a>{" "}
          (Atom): new contradictions and changes of position.
        </p>
        {blocksOf(rows).map((block) => (
          <ConflictBlock block={block} key={block.claim} />
        ))}
      </>
    )}
  </ListPage>
);

export const ShiftsPage = ({ place }: { place: Place }) => (
  <ListPage<Shift>
    place={place}
    path="shifts"
    title="Changed position"
    lede="Who stood on one side of a claim, and later on the other: the words of both, and the days."
    one="change"
    many="changes"
    orders={[SURE, DAY, { value: "speaker", word: "name" }]}
    none="A change of position is told where one speaker is on both sides of a claim, and the order is known."
  >
    {(rows) => rows.map((shift) => <ShiftBlock shift={shift} key={shift.id} />)}
  </ListPage>
);

function CopyBlock({ copy }: { copy: Copy }) {
  const article = (id: string) => copy.articles.find((one) => one.id === id);
  return (
    <article class="dispute">
      <h3>
        {copy.documents.length} articles {copy.whole ? "of one text" : "share a passage"}
      </h3>
      {copy.words && (
        <blockquote>
          <Words>{copy.words}</Words>
        </blockquote>
      )}
      <ul class="plain">
        {copy.documents.map((id) => {
          const passage = copy.passages.find(([document]) => document === id);
          const hash = passage ? `#selector(type=TextPositionSelector,start=${passage[1]},end=${passage[2]})` : "";
          return (
            <li>
              <Link to={toArticle(id, hash)}>
                <Words>{article(id)?.outlet ?? article(id)?.title ?? article(id)?.path?.split("/").pop() ?? id}</Words>
              </Link>
              , {longDay(article(id)?.published)}
              {copy.original === id && <strong> · the original</strong>}
            </li>
          );
        })}
      </ul>
      {copy.because && (
        <p class="said-foot">
          Told by: <Words>{copy.because}</Words>
        </p>
      )}
    </article>
  );
}

export const CopiesPage = ({ place }: { place: Place }) => (
  <ListPage<Copy>
    place={place}
    path="copies"
    title="Copies"
    lede="Articles that share text, with the likely original."
    one="group"
    many="groups"
    orders={[DAY, { value: "documents", word: "number of articles" }, { value: "containment", word: "share of text" }]}
    none="No articles here share a passage."
  >
    {(rows) => rows.map((copy) => <CopyBlock copy={copy} key={copy.id} />)}
  </ListPage>
);

export const VariantsPage = ({ place }: { place: Place }) => (
  <ListPage<Statement>
    place={place}
    path="variants"
    title="Differing quotations"
    lede="One utterance, quoted in other words from report to report."
    one="statement"
    many="statements"
    orders={[DAY, { value: "reports", word: "number of reports" }]}
    none="No quotation here differs from report to report in more than spelling, brackets and cuts."
  >
    {(rows) =>
      rows.map((statement) => (
        <article class="dispute" key={statement.id}>
          <h3>
            <Speaker name={statement.speaker} />{" "}
            <Link to={toSpread(statement.id)}>{statement.attributions.length} reports</Link>
          </h3>
          <ul class="plain tight">
            {statement.attributions.slice(0, 4).map((report) => (
              <li>
                <Link to={toArticle(report.document, contentHash(report))}>
                  <Words>{pieces(report.content_text)}</Words>
                </Link>{" "}
                <span class="count">
                  <Words>{report.outlet ?? "outlet not told"}</Words>, {when(report)}
                </span>
              </li>
            ))}
          </ul>
        </article>
      ))
    }
  </ListPage>
);

export { ClaimRow };
