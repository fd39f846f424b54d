//! Reads `docs/agreement.json`: what was measured against outside references.

use serde_json::Value;

use crate::root;

/// What was compared with one reference under the same settings.
pub struct Row {
    /// The entry's id.
    pub entry: String,
    /// Who made the numbers.
    pub reference: String,
    /// The profile that the entry ran under.
    pub profile: String,
    /// What else was set for the definitions to be the same.
    pub settings: Vec<String>,
    /// The outputs that were compared.
    pub outputs: Vec<String>,
    /// Decimal digits of the scale that agree; all of them from 17 on.
    pub digits: u64,
    /// The worst distance, as a share of the scale.
    pub worst: f64,
    /// How many values were compared.
    pub values: u64,
    /// What stays different, with the reason.
    pub apart: Vec<String>,
}

/// The rows, in the order of the file.
pub fn rows() -> Result<Vec<Row>, String> {
    let path = root().join("docs/agreement.json");
    let wrong = |why: String| format!("{}: {why}", path.display());
    let text = std::fs::read_to_string(&path).map_err(|e| wrong(e.to_string()))?;
    let value: Value = serde_json::from_str(&text).map_err(|e| wrong(e.to_string()))?;
    let rows = value.as_array().map(Vec::as_slice).unwrap_or_default();
    rows.iter()
        .map(|value| row(value).ok_or_else(|| wrong(format!("{value} is no row"))))
        .collect()
}

fn row(value: &Value) -> Option<Row> {
    let text = |key: &str| value[key].as_str().map(str::to_string);
    let texts = |key: &str| -> Option<Vec<String>> {
        let texts = value[key].as_array()?.iter();
        texts
            .map(|text| text.as_str().map(str::to_string))
            .collect()
    };
    Some(Row {
        entry: text("entry")?,
        reference: text("reference")?,
        profile: text("profile")?,
        settings: texts("settings")?,
        outputs: texts("outputs")?,
        digits: value["digits"].as_u64()?,
        worst: value["worst"].as_f64()?,
        values: value["values"].as_u64()?,
        apart: texts("apart")?,
    })
}
