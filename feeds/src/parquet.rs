//! Bars in Parquet files.

use std::fs::File;
use std::path::Path;

use arrow_array::{Float64Array, RecordBatch, StringArray, TimestampMillisecondArray};
use parquet::arrow::ArrowWriter;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use tvf_core::Error;
use tvf_core::cache::{Bars, VALUES};

use crate::columns::{BySymbol, Places, add};
use crate::fault::failed;

/// Rows that are read at once.
const BATCH: usize = 1 << 16;

/// Adds the rows of a file to the bars of their symbols, and reads only the columns of bars.
///
/// # Errors
/// [`Code::FetchFailed`](tvf_core::Code::FetchFailed) for what is no Parquet, or has no bars.
pub fn read(path: &Path, into: &mut BySymbol) -> Result<(), Error> {
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let builder =
        ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| unreadable(&error))?;
    let names = builder
        .schema()
        .fields()
        .iter()
        .map(|field| field.name().as_str());
    let places = Places::find(names)?;
    let wanted = places
        .values
        .into_iter()
        .flatten()
        .chain([places.time])
        .chain(places.symbol);
    let mask = ProjectionMask::roots(builder.parquet_schema(), wanted);
    let reader = builder.with_projection(mask).with_batch_size(BATCH).build();
    for batch in reader.map_err(|error| unreadable(&error))? {
        add(&batch.map_err(|error| unreadable(&error))?, into)?;
    }
    Ok(())
}

/// Writes bars as they come, compressed by zstd, with their symbol if it is said.
pub struct Writer {
    writer: ArrowWriter<File>,
    symbol: Option<String>,
}

impl Writer {
    /// Makes a file.
    ///
    /// # Errors
    /// [`Code::FetchFailed`](tvf_core::Code::FetchFailed) if it cannot be written.
    pub fn create(path: &Path, symbol: Option<&str>) -> Result<Self, Error> {
        let file = File::create(path).map_err(|error| unwritable(&error))?;
        let empty = batch(&Bars::default(), symbol)?;
        let how = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .build();
        let writer = ArrowWriter::try_new(file, empty.schema(), Some(how));
        Ok(Self {
            writer: writer.map_err(|error| unwritable(&error))?,
            symbol: symbol.map(str::to_owned),
        })
    }

    /// Adds bars.
    ///
    /// # Errors
    /// As [`Writer::create`].
    pub fn write(&mut self, bars: &Bars) -> Result<(), Error> {
        let rows = batch(bars, self.symbol.as_deref())?;
        self.writer.write(&rows).map_err(|error| unwritable(&error))
    }

    /// Ends the file, which is not readable before.
    ///
    /// # Errors
    /// As [`Writer::create`].
    pub fn finish(self) -> Result<(), Error> {
        self.writer
            .close()
            .map(drop)
            .map_err(|error| unwritable(&error))
    }
}

fn batch(bars: &Bars, symbol: Option<&str>) -> Result<RecordBatch, Error> {
    let time = TimestampMillisecondArray::from(bars.time.clone()).with_timezone("UTC");
    let mut columns: Vec<(&str, arrow_array::ArrayRef)> = Vec::new();
    if let Some(symbol) = symbol {
        let symbols = StringArray::from_iter_values(bars.time.iter().map(|_| symbol));
        columns.push(("symbol", std::sync::Arc::new(symbols)));
    }
    columns.push(("time", std::sync::Arc::new(time)));
    for (name, values) in VALUES.iter().zip(bars.values()) {
        columns.push((
            name,
            std::sync::Arc::new(Float64Array::from(values.clone())),
        ));
    }
    RecordBatch::try_from_iter(columns).map_err(|error| unwritable(&error))
}

fn unreadable(error: &dyn core::fmt::Display) -> Error {
    failed(
        "file",
        "",
        "a Parquet file",
        format!("it cannot be read as Parquet: {error}"),
    )
}

fn unwritable(error: &dyn core::fmt::Display) -> Error {
    failed(
        "file",
        "",
        "a file that can be written",
        format!("it cannot be written: {error}"),
    )
}
