//! Runs `panel.py` on the same answers, when there is a Python with numpy.

use std::path::Path;
use std::process::Command;

use crate::measured::Took;
use crate::survey::{COLUMNS, FAVOURABLE, PEOPLE, POINTS, SCALES, Survey, TEAMS, WAVES, reversed};

pub(crate) struct Measured {
    pub(crate) version: String,
    pub(crate) times: Vec<Took>,
    pub(crate) totals: Vec<(String, usize, f64)>,
}

/// How often numpy does the work.
const TIMES: usize = 5;

pub(crate) fn run(survey: &Survey) -> Result<Measured, String> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let found = Command::new(&python).args(["-c", "import numpy; print(numpy.__version__)"]).output();
    let found = found.map_err(|error| format!("{python} does not start: {error}"))?;
    if !found.status.success() {
        return Err(format!("{python} has no numpy"));
    }
    let version = String::from_utf8_lossy(&found.stdout).trim().to_owned();

    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let teams: Vec<u8> = survey.teams.iter().flatten().flat_map(|team| team.to_le_bytes()).collect();
    for (name, bytes) in [("answers", survey.answers.concat()), ("teams", teams)] {
        std::fs::write(folder.path().join(name), bytes).map_err(|error| error.to_string())?;
    }

    let turned: Vec<String> = (0..COLUMNS).filter(|column| reversed(*column)).map(|column| column.to_string()).collect();
    let numbers = [WAVES, PEOPLE, TEAMS, SCALES, COLUMNS, usize::from(POINTS), usize::from(FAVOURABLE), TIMES];
    let output = Command::new(&python)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../benches/statistics/panel.py"))
        .arg(folder.path())
        .args(numbers.map(|number| number.to_string()))
        .arg(turned.join(","))
        // One thread: nothing here calls BLAS, but an installation may start its threads all the same.
        .envs([("OMP_NUM_THREADS", "1"), ("OPENBLAS_NUM_THREADS", "1"), ("MKL_NUM_THREADS", "1")])
        .output()
        .map_err(|error| error.to_string())?;
    assert!(output.status.success(), "panel.py: {}", String::from_utf8_lossy(&output.stderr));

    let (mut times, mut totals) = (Vec::new(), Vec::new());
    let parsed = |number: &str| number.parse::<f64>().map_err(|error| format!("{number}: {error}"));
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        match line.split_whitespace().collect::<Vec<_>>()[..] {
            ["seconds", wall, processor] => times.push(Took { wall: parsed(wall)?, processor: parsed(processor)? }),
            [name, count, sum] => totals.push((name.to_owned(), count.parse().expect("a count"), parsed(sum)?)),
            _ => return Err(format!("panel.py printed {line}")),
        }
    }
    Ok(Measured { version, times, totals })
}
