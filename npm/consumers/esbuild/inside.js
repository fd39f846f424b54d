// With the module inside the code; --alias makes the shared file import "tvf/base64".
import { work } from "./work.js";

work().then((page) => (globalThis.found = { page }));
