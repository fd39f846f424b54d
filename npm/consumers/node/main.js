import { work } from "./work.js";

console.log(JSON.stringify(await work({ build: process.argv[2] })));
