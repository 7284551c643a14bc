// The marks of a figure are links, hundreds in some. Here a figure becomes one stop of the keyboard,
// in which arrows lead from mark to mark, and a mark that is pointed at or has the focus shows what
// it stands for: its row in the table under the figure. Without this script each mark is a stop,
// and browsers show its title.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

function showMarks(figure) {
  const marks = [...figure.querySelectorAll("svg a")];
  const rows = new Map();
  for (const row of figure.querySelectorAll("tbody tr")) {
    const link = row.querySelector("a");
    rows.set(link.getAttribute("href"), row.cells[1].textContent);
  }
  const card = document.createElement("div");
  card.className = "card";
  card.hidden = true;
  figure.append(card);

  const show = (mark) => {
    const name = mark.getAttribute("aria-label"), words = rows.get(mark.getAttribute("href"));
    const head = document.createElement("strong");
    // A mark that only quotes says so in brackets, and what it quotes is in the table.
    head.textContent = words ? name.match(/^\[[^\]]+\]/)?.[0] ?? name : name;
    card.replaceChildren(head, ` ${words ?? ""}`);
    card.hidden = false;
    const place = mark.getBoundingClientRect(), frame = figure.getBoundingClientRect();
    const left = place.left - frame.left, room = frame.width - card.offsetWidth;
    card.style.left = `${Math.max(0, Math.min(left, room))}px`;
    card.style.top = `${place.bottom - frame.top}px`; // touching, so that a pointer can move there
  };
  const hide = () => (card.hidden = true);
  const leave = (event) => {
    if (event.relatedTarget !== card && !card.contains(event.relatedTarget)) hide();
  };

  marks.forEach((mark, at) => {
    const title = mark.querySelector("title");
    mark.setAttribute("aria-label", title.textContent);
    title.remove(); // or it would cover the card
    mark.setAttribute("tabindex", at ? -1 : 0);
    mark.addEventListener("pointerenter", () => show(mark));
    mark.addEventListener("pointerleave", leave);
    mark.addEventListener("focus", () => show(mark));
    mark.addEventListener("blur", hide);
  });
  card.addEventListener("pointerleave", hide);
  figure.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    const at = marks.indexOf(document.activeElement);
    if (at < 0 || !(event.key in STEPS)) return;
    event.preventDefault();
    const next = marks[Math.max(0, Math.min(at + STEPS[event.key], marks.length - 1))];
    marks[at].setAttribute("tabindex", -1);
    next.setAttribute("tabindex", 0);
    next.focus();
  });
}

document.querySelectorAll("figure.drawn:has(svg a)").forEach(showMarks);
