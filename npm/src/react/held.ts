import { useEffect, useState } from "react";

type Held<T> = { readonly key: object } & ({ readonly value: T } | { readonly error: unknown });

/**
 * What `make` makes of a key once the component is there, or promises; `free` is called when the component goes or gets
 * another key. Never what is freed, and undefined until it is made. An error is thrown when the component is rendered,
 * where a boundary catches it in any version of React.
 */
export function useHeld<K extends object, T>(
  key: K | undefined,
  make: (key: K) => T | Promise<T>,
  free: (value: T) => void,
): T | undefined {
  const [held, setHeld] = useState<Held<T>>();
  useEffect(() => {
    if (!key) return undefined;
    let isOver = false;
    let release = () => {};
    const take = (value: T) => {
      if (isOver) return free(value);
      release = () => free(value);
      setHeld({ key, value });
    };
    const fail = (error: unknown) => {
      if (!isOver) setHeld({ key, error });
    };
    try {
      const made = make(key);
      if (made instanceof Promise) made.then(take, fail);
      else take(made);
    } catch (error) {
      fail(error);
    }
    return () => {
      isOver = true;
      // A component that is only hidden, or mounted twice by strict mode, comes back: never with what is gone.
      setHeld(undefined);
      release();
    };
    // What is made depends on the key alone.
  }, [key]);
  if (!held || held.key !== key) return undefined;
  if ("error" in held) throw held.error;
  return held.value;
}
