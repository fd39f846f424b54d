//! The source over HTTP, against a server that misbehaves on purpose.
#![expect(
    clippy::unwrap_used,
    reason = "in tests a panic is how a failure shows"
)]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use arrow_array::{Float64Array, Int64Array, RecordBatch};
use arrow_ipc::writer::StreamWriter;
use tvf_core::Code;
use tvf_core::cache::{
    Bars, Cache, Failure, Fetching, Options as Store, Retry, Series, Source, Span,
};
use tvf_feeds::http::{Http, Options};

const ARROW: &str = "application/vnd.apache.arrow.stream";

/// What a server says: bytes as they go over the wire.
type Say = Box<dyn Fn(usize, &str) -> Vec<u8> + Send>;

/// A server that answers each request by its number and its first line, and notes them.
struct Server {
    base: String,
    asked: Arc<Mutex<Vec<String>>>,
}

fn server(say: impl Fn(usize, &str) -> Vec<u8> + Send + 'static) -> Server {
    let say: Say = Box::new(say);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let noted = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            while reader.read_line(&mut head).unwrap() > 2 {}
            let count = {
                let mut noted = noted.lock().unwrap();
                noted.push(head.clone());
                noted.len()
            };
            // A client that has gone is no fault of the test.
            drop(stream.write_all(&say(count, &head)));
        }
    });
    Server { base, asked }
}

fn answer(status: &str, kind: &str, more: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n{more}\r\n"
    );
    [head.as_bytes(), body].concat()
}

fn json(body: &str) -> Vec<u8> {
    answer("200 OK", "application/json", "", body.as_bytes())
}

const BARS: &str = r#"{"time":[1704153600000,1704240000000],"open":[1,2],"high":[3,3],"low":[0.5,1],"close":[2,2.5],"volume":[10,null]}"#;

fn options(server: &Server) -> Options {
    Options {
        base: server.base.clone(),
        timeout: Duration::from_secs(2),
        ..Options::default()
    }
}

fn series() -> Series {
    Series::new("AAPL", "1D").unwrap()
}

const SPAN: Span = Span {
    start: 0,
    end: 2_000_000_000_000,
};

fn fetch(server: &Server) -> Result<Bars, Failure> {
    Http::new(options(server)).unwrap().fetch(&series(), SPAN)
}

fn failure(say: impl Fn(usize, &str) -> Vec<u8> + Send + 'static) -> Failure {
    fetch(&server(say)).unwrap_err()
}

#[test]
fn json_and_arrow_give_the_same_bars_and_the_key_is_sent() {
    let plain = server(|_, _| json(BARS));
    let bars = fetch(&plain).unwrap();
    assert_eq!(bars.time, [1_704_153_600_000, 1_704_240_000_000]);
    assert!(bars.volume[1].is_nan());
    let stream = server(|_, head| {
        assert!(head.contains("authorization: Bearer secret"), "{head}");
        let column = |values: [f64; 2]| Arc::new(Float64Array::from(values.to_vec())) as _;
        let batch = RecordBatch::try_from_iter([
            (
                "time",
                Arc::new(Int64Array::from(vec![1_704_153_600_000, 1_704_240_000_000])) as _,
            ),
            ("open", column([1.0, 2.0])),
            ("high", column([3.0, 3.0])),
            ("low", column([0.5, 1.0])),
            ("close", column([2.0, 2.5])),
            ("volume", column([10.0, f64::NAN])),
        ]);
        let batch = batch.unwrap();
        let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
        writer.write(&batch).unwrap();
        answer("200 OK", ARROW, "", &writer.into_inner().unwrap())
    });
    let asked = Options {
        key: Some("secret".into()),
        ..options(&stream)
    };
    let same = Http::new(asked).unwrap().fetch(&series(), SPAN).unwrap();
    assert_eq!((same.time, same.close), (bars.time, bars.close));
    let head = stream.asked.lock().unwrap()[0].clone();
    assert!(
        head.starts_with("GET /api/v1/bars?symbol=AAPL&timeframe=1D&start=0&end=2000000000000 "),
        "{head}"
    );
    assert!(head.contains(ARROW));
}

#[test]
fn what_may_pass_is_told_from_what_lasts() {
    let busy = |status: &'static str, more: &'static str| {
        failure(move |_, _| answer(status, "text/plain", more, b"come\nback later"))
    };
    let slowed = busy("429 Too Many Requests", "retry-after: 7\r\n");
    assert_eq!(slowed.again, Some(Duration::from_secs(7)));
    assert_eq!(
        (slowed.error.code, slowed.error.value.as_str()),
        (Code::FetchFailed, "429")
    );
    assert!(
        slowed
            .error
            .message()
            .contains("429 Too Many Requests: come back later")
    );
    for status in [
        "500 Internal Server Error",
        "502 Bad Gateway",
        "503 Service Unavailable",
    ] {
        assert_eq!(busy(status, "").again, Some(Duration::ZERO), "{status}");
    }
    for status in ["400 Bad Request", "401 Unauthorized", "404 Not Found"] {
        assert_eq!(busy(status, "").again, None, "{status}");
    }
}

#[test]
fn an_answer_that_is_cut_short_may_pass_and_one_of_another_shape_lasts() {
    let cut = failure(|_, _| {
        let whole = json(BARS);
        whole[..whole.len() - 20].to_vec()
    });
    assert!(cut.again.is_some(), "{cut:?}");
    let nothing = failure(|_, _| Vec::new());
    assert!(nothing.again.is_some(), "{nothing:?}");
    for (body, name) in [
        ("<html>", "answer"),
        (r#"{"prices": [1, 2]}"#, "time"),
        (
            r#"{"time":[1],"open":[1],"high":["x"],"low":[1],"close":[1]}"#,
            "high",
        ),
    ] {
        let wrong = failure(move |_, _| json(body));
        assert_eq!(
            (wrong.again, wrong.error.name.as_str()),
            (None, name),
            "{body}"
        );
    }
    let broken = failure(|_, _| answer("200 OK", ARROW, "", b"no arrow at all"));
    assert!(
        broken.error.message().contains("no Arrow stream"),
        "{broken:?}"
    );
}

#[test]
fn a_server_that_is_slow_or_gone_is_given_up() {
    let slow = server(|_, _| {
        thread::sleep(Duration::from_secs(30));
        Vec::new()
    });
    let patient = Options {
        timeout: Duration::from_millis(200),
        ..options(&slow)
    };
    let began = Instant::now();
    let failure = Http::new(patient)
        .unwrap()
        .fetch(&series(), SPAN)
        .unwrap_err();
    assert!(failure.again.is_some() && began.elapsed() < Duration::from_secs(10));
    let gone = Options {
        base: "http://127.0.0.1:9".into(),
        ..options(&slow)
    };
    assert!(
        Http::new(gone)
            .unwrap()
            .fetch(&series(), SPAN)
            .unwrap_err()
            .again
            .is_some()
    );
}

#[test]
fn an_answer_beyond_the_bound_is_refused() {
    let long = server(|_, _| json(BARS));
    let short = Options {
        most: 20,
        ..options(&long)
    };
    let failure = Http::new(short)
        .unwrap()
        .fetch(&series(), SPAN)
        .unwrap_err();
    assert_eq!(failure.again, None, "{failure:?}");
}

#[test]
fn requests_keep_to_their_budget() {
    let server = server(|_, _| json(BARS));
    let slow = Options {
        per_second: Some(20.0),
        ..options(&server)
    };
    let http = Http::new(slow).unwrap();
    let began = Instant::now();
    for _ in 0..5 {
        http.fetch(&series(), SPAN).unwrap();
    }
    // The first goes at once, four wait 50 ms each.
    assert!(began.elapsed() >= Duration::from_millis(200));
}

#[test]
fn a_store_tries_again_until_the_server_answers() {
    let server = server(|count, _| match count {
        1 => answer(
            "429 Too Many Requests",
            "text/plain",
            "retry-after: 0\r\n",
            b"",
        ),
        2 => answer("500 Internal Server Error", "text/plain", "", b"oops"),
        3 => json(BARS)[..150].to_vec(),
        _ => json(BARS),
    });
    let folder = std::env::temp_dir().join(format!("tvf-feeds-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let store = Store {
        clock: Arc::new(|| SPAN.end),
        ..Store::default()
    };
    let cache = Arc::new(Cache::open(folder.join("bars.redb"), store).unwrap());
    let source: Arc<dyn Source> = Arc::new(Http::new(options(&server)).unwrap());
    let how = Fetching {
        retry: Retry {
            tries: 4,
            first: Duration::from_millis(1),
            most: Duration::from_secs(1),
        },
        stale_while_revalidate: false,
    };
    let bars = cache.get_or_fetch(&series(), SPAN, &source, how).unwrap();
    assert_eq!((bars.len(), server.asked.lock().unwrap().len()), (2, 4));
    assert_eq!(cache.about(&series()).unwrap().unwrap().source, server.base);
    // Once more: from the store.
    cache.get_or_fetch(&series(), SPAN, &source, how).unwrap();
    assert_eq!(server.asked.lock().unwrap().len(), 4);
    drop(cache);
    std::fs::remove_dir_all(folder).unwrap();
}
