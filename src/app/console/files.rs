//! What can be taken along of a result: for HR everything, for a partner what lies within the unit, for a leader what is theirs; each file says what the page says.

use actix_web::http::Method;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use domain::{PersonId, TeamLabel, WaveId};
use reports::Posted;
use serde::Deserialize;

use super::rounds::parse_wave;
use super::routing::{read, reading as address};
use super::session::SignedIn;
use super::{Console, answer, blocking};
use crate::error::Problem;
use crate::installation::Installation;
use crate::lifecycle::Refusal;
use crate::lifecycle::exports::{self, Kind};
use crate::lifecycle::portion::Portion;
use crate::words::Words;

/// What the pages of a result offer to take along.
pub(super) struct Take {
    /// The address before the name of a file.
    pub(super) base: String,
    /// Whose sheet can be posted: the end of its address, and their names where there are several.
    pub(super) notices: Vec<(String, String)>,
    /// The charts: their ids and what they show.
    pub(super) charts: Vec<(String, String)>,
    /// Who held the key, where that was somebody outside the operator: for somebody who may take the whole result with their signatures.
    pub(super) signed_by: Option<String>,
}

impl Take {
    /// What somebody can take along of a round; `page` is all that they read of it, where it is known already.
    pub(super) fn of(base: String, portion: &Portion, words: &Words, page: Option<&str>) -> Result<Self, Refusal> {
        let words = words.of_reports().map_err(Refusal::corrupt)?;
        let charts = match page {
            Some(page) => reports::charts_of(page),
            None => reports::charts_of(&portion.page(words)?),
        };
        let label = |of: &[String], title: &str| of.first().map_or_else(|| title.to_owned(), |whose| format!("{whose} – {title}"));
        let charts = charts.map_err(Refusal::corrupt)?.into_iter().map(|chart| (chart.id.clone(), label(&chart.of, &chart.title)));
        let posted = portion.posted();
        let signed_by = portion.latest()?.opened_outside_by().filter(|_| portion.is_everything()).map(str::to_owned);
        let notices = posted.iter().map(|one| {
            let end = if let Posted::Group(block) = one { format!("?group={}", block.0) } else { String::new() };
            Ok((end, if posted.len() == 1 { String::new() } else { portion.name_of(one, words)? }))
        });
        Ok(Self { base, notices: notices.collect::<Result<_, Refusal>>()?, charts: charts.collect(), signed_by })
    }
}

/// The addresses of files.
pub(super) fn routes(config: &mut ServiceConfig) {
    for base in ["/organisation", "/unit", "/team"] {
        config
            .service(address(&format!("{base}/{{wave}}/report.pdf")).route(read().to(pdf)))
            .service(address(&format!("{base}/{{wave}}/notice.pdf")).route(read().to(notice)))
            .service(address(&format!("{base}/{{wave}}/report.xlsx")).route(read().to(xlsx)))
            .service(address(&format!("{base}/{{wave}}/report.json")).route(read().to(json)))
            .service(address(&format!("{base}/{{wave}}/table.csv")).route(read().to(csv)))
            .service(address(&format!("{base}/{{wave}}/chart/{{chart}}.png")).route(read().to(chart)));
    }
}

/// `GET …/report.pdf`.
async fn pdf(who: SignedIn, console: Data<Console>, request: HttpRequest, wave: Path<String>) -> Result<HttpResponse, Problem> {
    file(&who, &console, &request, &wave, (Kind::Pdf, None)).await
}

/// `GET …/notice.pdf`.
async fn notice(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    wave: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Problem> {
    file(&who, &console, &request, &wave, (Kind::Notice, asked.group)).await
}

/// `GET …/report.xlsx`.
async fn xlsx(who: SignedIn, console: Data<Console>, request: HttpRequest, wave: Path<String>) -> Result<HttpResponse, Problem> {
    file(&who, &console, &request, &wave, (Kind::Xlsx, None)).await
}

/// `GET …/report.json`.
async fn json(who: SignedIn, console: Data<Console>, request: HttpRequest, wave: Path<String>) -> Result<HttpResponse, Problem> {
    file(&who, &console, &request, &wave, (Kind::Json, None)).await
}

/// `GET …/table.csv`.
async fn csv(who: SignedIn, console: Data<Console>, request: HttpRequest, wave: Path<String>) -> Result<HttpResponse, Problem> {
    file(&who, &console, &request, &wave, (Kind::Csv, None)).await
}

/// Which of several groups a sheet is about.
#[derive(Deserialize)]
struct Asked {
    /// The number that the page gives to the group.
    group: Option<u32>,
}

/// Whose result an address is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    Organisation,
    Unit,
    Team,
}

impl Base {
    /// By the address as it was declared: however it was spelled, it is the one that was looked at when it was decided whether it waits.
    fn of(request: &HttpRequest) -> Option<Self> {
        let declared = request.match_pattern()?;
        let bases = [("/organisation/", Self::Organisation), ("/unit/", Self::Unit), ("/team/", Self::Team)];
        bases.into_iter().find(|(begins, _)| declared.starts_with(begins)).map(|(_, base)| base)
    }

    /// What the name of a file says of it.
    const fn in_names(self) -> &'static str {
        match self {
            Self::Organisation => "",
            Self::Unit => "-unit",
            Self::Team => "-team",
        }
    }
}

/// Who asks for a file at an address that is meant for them.
enum Reader {
    Hr,
    Partner(TeamLabel),
    Leader(PersonId),
}

impl Reader {
    fn of(base: Base, who: &SignedIn) -> Result<Self, Problem> {
        Ok(match base {
            Base::Organisation => {
                who.must_be_hr()?;
                Self::Hr
            }
            Base::Unit => Self::Partner(who.must_be_partner()?.clone()),
            Base::Team => Self::Leader(who.must_be_leader()?.clone()),
        })
    }

    /// What they read of a round.
    fn portion(&self, installation: &Installation, wave: &WaveId) -> Result<Portion, Refusal> {
        match self {
            Self::Hr => Portion::of_organisation(installation, wave),
            Self::Partner(head) => Portion::of_unit(installation, wave, head),
            Self::Leader(person) => Portion::of_leader(installation, wave, person),
        }
    }
}

async fn file(
    who: &SignedIn,
    console: &Console,
    request: &HttpRequest,
    wave: &str,
    (kind, group): (Kind, Option<u32>),
) -> Result<HttpResponse, Problem> {
    let make = move |portion: &Portion, words: &reports::Words| portion.file(kind, group, words);
    let (base, wave, bytes) = made(who, console, request, wave, kind.name(), make).await?;
    Ok(answer::file(&format!("candor-{wave}{}{}", base.in_names(), kind.ending()), kind.media_type(), bytes))
}

/// `GET …/chart/{chart}.png`: one chart of the page.
async fn chart(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    place: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (wave, chart) = (&place.0, place.1.clone());
    let id = chart.clone();
    let make = move |portion: &Portion, words: &reports::Words| portion.picture(&id, words);
    let (base, wave, bytes) = made(&who, &console, &request, wave, "png", make).await?;
    Ok(answer::file(&format!("candor-{wave}{}-{chart}.png", base.in_names()), "image/png", bytes))
}

/// Makes a file for whoever may read the page, and records under `name` that it leaves. A `HEAD` hands nothing out, so nothing is recorded of it.
async fn made(
    who: &SignedIn,
    console: &Console,
    request: &HttpRequest,
    wave: &str,
    name: &'static str,
    make: impl FnOnce(&Portion, &reports::Words) -> Result<Vec<u8>, Refusal> + Send + 'static,
) -> Result<(Base, WaveId, Vec<u8>), Problem> {
    let base = Base::of(request).ok_or_else(Problem::not_found)?;
    let reader = Reader::of(base, who)?;
    let wave = parse_wave(wave)?;
    let leaves = request.method() != Method::HEAD;
    let (round, words) = (wave.clone(), who.speaking.words);
    let turn = console.printing.clone().acquire_owned().await.map_err(|e| Problem::internal(&e))?;
    let work = move |installation: &Installation| {
        // Held until the file is made, also when nobody waits for it any more.
        let _turn = turn;
        let bytes = make(&reader.portion(installation, &round)?, words.of_reports().map_err(Refusal::corrupt)?)?;
        if leaves {
            exports::record(installation, &round, name)?;
        }
        Ok(bytes)
    };
    Ok((base, wave, blocking(console, work).await?))
}
