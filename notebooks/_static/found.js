// Under each page that a search finds, the passages with most of its words, each a link to where it
// stands. A page's passages come from a script of its own, which a page from a folder may load too.

const MOST = 3; // passages of a page
const STEMMER = new Stemmer();
const stem = (word) => STEMMER.stemWord(word.toLowerCase());
const looked = new Set(
  splitQuery(new URLSearchParams(location.search).get("q") ?? "")
    .filter((word) => !stopwords.has(word.toLowerCase()))
    .map(stem),
);
const waiting = new Map(); // what was found, by page, until its passages are there

// Words as they stand, with those that were looked for in <mark>.
function marked(text) {
  const pieces = [], found = new Set();
  for (const piece of text.split(/([\p{Letter}\p{Number}_]+)/u)) {
    const word = stem(piece);
    if (!piece || !looked.has(word)) {
      pieces.push(piece);
      continue;
    }
    const mark = document.createElement("mark");
    mark.textContent = piece;
    pieces.push(mark);
    found.add(word);
  }
  return { pieces, found: found.size };
}

// Called by the scripts with passages.
function tell(page, passages) {
  const shown = passages
    .map(([id, text], at) => ({ id, at, ...marked(text) }))
    .filter((passage) => passage.found)
    .sort((a, b) => b.found - a.found || a.at - b.at)
    .slice(0, MOST);
  for (const { id, pieces } of shown) {
    const link = document.createElement("a"), line = document.createElement("p");
    link.href = `${page}.html#${id}`;
    link.append(...pieces);
    line.className = "found";
    line.append(link);
    waiting.get(page).append(line);
  }
}

new MutationObserver((changes) => {
  for (const item of changes.flatMap((change) => [...change.addedNodes])) {
    const page = item.matches?.("ul.search > li")
      && item.querySelector("a").getAttribute("href").split("#")[0].replace(/\.html$/, "");
    if (!page || waiting.has(page)) continue;
    waiting.set(page, item);
    const script = document.createElement("script");
    script.src = `excerpts/${page}.js`;
    document.body.append(script);
  }
}).observe(document.getElementById("search-results"), { childList: true, subtree: true });
