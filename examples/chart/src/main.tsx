import { StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { TvfProvider } from "tvf/react";
import { App } from "./app";
import { Failure } from "./failure";
import "./style.css";

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <Failure>
      <TvfProvider fallback={<p className="waiting">Loading the module …</p>}>
        <Suspense fallback={<p className="waiting">Loading the bars …</p>}>
          <App />
        </Suspense>
      </TvfProvider>
    </Failure>
  </StrictMode>,
);
