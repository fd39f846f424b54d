"use client";
import { useEffect, useState } from "react";
import { page } from "../page.js";

export default function Page() {
  const [found, setFound] = useState();
  useEffect(() => {
    page().then(setFound);
  }, []);
  useEffect(() => {
    globalThis.found = found;
  }, [found]);
  return <p>{found ? `RSI ${found.page.last[0]}` : "computing"}</p>;
}
