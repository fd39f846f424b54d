//! The commands as a user runs them.
#![expect(
    clippy::unwrap_used,
    reason = "in tests a panic is how a failure shows"
)]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::thread;

use serde_json::Value;

/// A folder of its own that is gone afterwards, with a store in it.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tvf-cli-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_tvf"))
            .arg("cache")
            .args(args)
            .env("TVF_CACHE", self.0.join("bars.redb"))
            .output()
            .unwrap()
    }

    /// What a command that goes well says in JSON.
    fn json(&self, args: &[&str]) -> Value {
        let output = self.run(&[args, &["--json"]].concat());
        let (out, err) = (
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        );
        assert!(output.status.success(), "{args:?}: {out}{err}");
        serde_json::from_str(&out).unwrap()
    }

    /// What a command says, and whether it went well.
    fn text(&self, args: &[&str]) -> (String, String, bool) {
        let output = self.run(args);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            text(output.stdout),
            text(output.stderr),
            output.status.success(),
        )
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

const HEAD: &str = "time,open,high,low,close,volume\n";

fn days(from: i64, count: i64) -> String {
    let line = |day: i64| {
        let time = (19_724 + day) * 86_400_000;
        format!("{time},10.25,{}.5,9.75,10.5,{}\n", 11 + day, 1000 + day)
    };
    let lines: String = (from..from + count).map(line).collect();
    format!("{HEAD}{lines}")
}

#[test]
fn files_go_in_and_come_out_as_they_were() {
    let place = Place::new("round");
    let (csv, folder) = (
        place.write("in/AAPL_1D.csv", &days(0, 300)),
        place.0.join("in"),
    );
    place.write("in/1D/MSFT.csv", &days(5, 100));
    place.write("in/notes.md", "not read");
    let done = place.json(&["import", folder.to_str().unwrap()]);
    assert_eq!(
        (&done["files"], &done["series"], &done["added"]),
        (&2.into(), &2.into(), &400.into())
    );
    let again = place.json(&["import", &csv]);
    assert_eq!(
        (&again["added"], &again["replaced"]),
        (&0.into(), &300.into())
    );

    let (out, _, _) = place.text(&["export", "AAPL", "1D"]);
    assert_eq!(out, days(0, 300));
    let parquet = place.0.join("out/AAPL_1D.parquet");
    std::fs::create_dir_all(parquet.parent().unwrap()).unwrap();
    let parquet = parquet.to_str().unwrap();
    let part = [
        "export",
        "AAPL",
        "1D",
        "--start",
        "2024-01-11",
        "--end",
        "2024-01-20",
        "-o",
        parquet,
    ];
    assert_eq!(place.json(&part)["bars"], 10);
    assert_eq!(place.json(&["remove", "AAPL"])[0], "AAPL:1D");
    assert_eq!(
        place.json(&["import", parquet, "--symbol", "OTHER"])["added"],
        10
    );

    let all = place.json(&["ls"]);
    let names: Vec<&str> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["symbol"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["MSFT", "OTHER"]);
    let info = place.json(&["info"]);
    assert_eq!((&info["series"], &info["bars"]), (&2.into(), &110.into()));
    assert_eq!(place.json(&["info", "MSFT", "1d"])["source"], "MSFT.csv");
    assert_eq!(place.json(&["verify"])["damages"], Value::Array(vec![]));
    assert!(place.json(&["compact"])["after"].as_u64().unwrap() > 0);
}

#[test]
fn people_read_tables() {
    let place = Place::new("tables");
    let text = format!("{}{}", days(0, 3), days(6, 2).replace(HEAD, ""));
    let csv = place.write("AAPL_1D.csv", &text);
    let (out, _, fine) = place.text(&["import", &csv]);
    assert!(
        fine && out.starts_with("5 bars of 1 series from 1 files in "),
        "{out}"
    );
    let (out, _, _) = place.text(&["ls"]);
    assert!(out.starts_with("symbol  timeframe  bars  first"), "{out}");
    assert!(
        out.contains("AAPL    1D            5  2024-01-02T00:00:00Z"),
        "{out}"
    );
    let (out, _, _) = place.text(&["gaps", "AAPL", "1D"]);
    assert!(out.contains("asked for, none there"), "{out}");
    let (out, _, _) = place.text(&["info"]);
    assert!(out.contains("series    1\nbars      5"), "{out}");
    let (out, _, _) = place.text(&["verify"]);
    assert_eq!(out, "everything is as it was written\n");
}

#[test]
fn what_is_wrong_is_told_and_the_rest_is_done() {
    let place = Place::new("wrong");
    place.write("in/A_1D.csv", &days(0, 10));
    place.write("in/B_1D.csv", &format!("{HEAD}2024-01-02,1,x,1,1,1\n"));
    place.write("in/C_1D.csv", &format!("{HEAD}2024-01-02,1,1,2,1,1\n"));
    place.write("in/D.csv", &days(0, 10));
    let folder = place.0.join("in");
    let (out, err, fine) = place.text(&["import", folder.to_str().unwrap()]);
    assert!(
        !fine && out.contains("10 new, 0 replaced, 3 files failed"),
        "{out}{err}"
    );
    for part in [
        "high in line 2 is \"x\"",
        "high of bar 0 (time 1704153600000) is 1; it must be at least the low, 2",
        "D.csv: its name does not say how long a bar is",
    ] {
        assert!(err.contains(part), "{part}: {err}");
    }
    let (_, err, fine) = place.text(&["info", "A", "1h"]);
    assert!(
        !fine && err.contains("there is no series A:1h; there is A at 1D"),
        "{err}"
    );
    let (out, _, fine) = place.text(&["info", "A", "1x", "--json"]);
    let told: Value = serde_json::from_str(&out).unwrap();
    assert!(
        !fine && told["code"] == "param_choice" && told["name"] == "timeframe",
        "{out}"
    );
    let nowhere = Place::new("nowhere");
    let (_, err, fine) = nowhere.text(&["ls"]);
    assert!(!fine && err.contains("bars.redb"), "{err}");
}

#[test]
fn series_are_loaded_from_a_server_a_folder_and_the_sample() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut line = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            reader.read_line(&mut line).unwrap();
            let mut rest = String::new();
            while reader.read_line(&mut rest).unwrap() > 2 {}
            let (status, body) = if line.contains("symbol=GONE") {
                ("404 Not Found", "no such symbol")
            } else {
                ("200 OK", r"[[1704153600000, 1, 2, 0.5, 1.5, 10]]")
            };
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
            );
            stream
                .write_all(format!("{head}{body}").as_bytes())
                .unwrap();
        }
    });
    let place = Place::new("load");
    let list = place.write("list.txt", "# two\nA\n\nB\n");
    let loaded = place.json(&["prefetch", "--symbols", &list, "C", "--source", &base]);
    assert_eq!((&loaded["done"], &loaded["bars"]), (&3.into(), &3.into()));
    let (out, err, fine) = place.text(&["prefetch", "GONE", "--source", &base]);
    assert!(
        !fine && out.contains("0 of 1 series") && err.contains("404 Not Found: no such symbol"),
        "{out}{err}"
    );
    place.write("in/AAPL_1D.csv", &days(0, 7));
    let folder = place.0.join("in");
    assert_eq!(
        place.json(&["prefetch", "AAPL", "--source", folder.to_str().unwrap()])["bars"],
        7
    );
    let hours = [
        "prefetch",
        "DEMO",
        "-t",
        "1h",
        "--source",
        "sample",
        "--start",
        "2024-01-01",
        "--end",
        "2024-01-02",
    ];
    assert_eq!(place.json(&hours)["bars"], 25);
    assert_eq!(place.json(&hours)["fresh"], 1);
    // Whoever loaded has closed the file: it can be opened to read.
    assert_eq!(place.json(&["ls"]).as_array().unwrap().len(), 5);
}
