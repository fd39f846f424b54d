import { page } from "./page.js";

page().then((found) => (globalThis.found = found));
