// Set before anything is drawn, so that a dark page never flashes white.
try {
  document.body.dataset.theme = localStorage.getItem("theme") || "auto";
} catch {
  document.body.dataset.theme = "auto"; // storage is switched off
}
