import { Component, type ReactNode } from "react";

/** Says what went wrong instead of an empty page. */
export class Failure extends Component<{ children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return (
      <p className="waiting" role="alert">
        {String(this.state.error)}
      </p>
    );
  }
}
