import { work } from "./work.js";

onmessage = async ({ data }) => postMessage(await work(data).catch((error) => ({ error: String(error) })));
