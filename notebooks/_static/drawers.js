// On narrow screens Furo's menus open by labels of hidden checkboxes, which no key reaches.
// Here these labels get the buttons that they look like.

const NAMES = { __navigation: "Pages of this site", __toc: "On this page" };

for (const label of document.querySelectorAll(".nav-overlay-icon, .toc-overlay-icon")) {
  const box = document.getElementById(label.htmlFor);
  const button = document.createElement("button");
  const tell = () => button.setAttribute("aria-expanded", box.checked);
  button.type = "button";
  button.setAttribute("aria-label", NAMES[label.htmlFor]);
  button.addEventListener("click", () => box.click());
  button.append(...label.childNodes);
  label.append(button);
  box.addEventListener("change", tell);
  tell();
}
