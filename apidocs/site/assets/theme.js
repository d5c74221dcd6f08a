"use strict";
// Before the first paint: the theme that the reader chose.
try {
  const theme = localStorage.getItem("plumb-theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch { /* a page from a disk may have no storage */ }
