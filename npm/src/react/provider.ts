import { createContext, createElement, type ReactElement, type ReactNode, useContext, useEffect, useState } from "react";
import init, { build, type Build, type InitOptions } from "../loader.js";

/** Whether the module runs yet. */
export type TvfState =
  | { readonly status: "loading"; readonly ready: false; readonly build?: undefined; readonly error?: undefined }
  | { readonly status: "ready"; readonly ready: true; readonly build: Build; readonly error?: undefined }
  | { readonly status: "failed"; readonly ready: false; readonly build?: undefined; readonly error: unknown };

export interface TvfProviderProps {
  /** What `init` takes. The first call of the page decides; other options later change nothing. */
  options?: InitOptions;
  /** What loads the module instead of `init`, such as the default of `tvf/base64`. */
  load?: (options?: InitOptions) => Promise<unknown>;
  /** What is shown until the module runs. Without it the children are shown at once, and `useTvf` tells. */
  fallback?: ReactNode;
  children?: ReactNode;
}

const LOADING: TvfState = { status: "loading", ready: false };
const Context = createContext<TvfState | undefined>(undefined);

/** Loads the module for all below it. On a server it loads nothing and shows what is shown while it loads. */
export function TvfProvider({ options, load = init, fallback, children }: TvfProviderProps): ReactElement {
  const [state, setState] = useState(LOADING);
  useEffect(() => {
    let isThere = true;
    // Options are those of the first time: a module is loaded once a page.
    load(options).then(
      () => isThere && setState({ status: "ready", ready: true, build: build() }),
      (error: unknown) => isThere && setState({ status: "failed", ready: false, error }),
    );
    return () => {
      isThere = false;
    };
  }, [load]);
  const shown = state.status === "loading" && fallback !== undefined ? fallback : children;
  return createElement(Context.Provider, { value: state }, shown);
}

/** Whether the module runs, which build it is, or why it does not. */
export function useTvf(): TvfState {
  const state = useContext(Context);
  if (!state) throw new Error("useTvf needs a <TvfProvider> above it");
  return state;
}
