//! Drafts for HR: a new round, its settings until the launch, the groups they give, and the forecast of who will be shown how.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Form, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::{Schedule, WaveId, WaveState};
use release::opening::every_processor;
use serde::Deserialize;

use super::draft_fields::Typed;
use super::draft_form::{DraftForm, Kind, LONGEST};
use super::draft_reading::read_name;
use super::navigation::Page;
use super::rounds::parse_wave;
use super::routing::{posting, read, reading, taking_forms};
use super::session::SignedIn;
use super::{Console, answer, blocking, draft_reading, own_form};
use crate::error::{Code, Problem};
use crate::forecast::{self, Forecast, in_percent};
use crate::installation::Installation;
use crate::lifecycle::draft::{self, NotKept};
use crate::lifecycle::faults::{Fault, Field};
use crate::lifecycle::settings::WaveSettings;
use crate::lifecycle::summary::{self, Summary};
use crate::lifecycle::{Refusal, groups};
use crate::local_time;
use crate::words::{Saying, Value};

/// The routes of drafts. They come before those of a round, whose name could be anything.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(taking_forms("/rounds/new").route(read().to(begin)).route(web::post().to(create)))
        .service(taking_forms("/rounds/{wave}/draft").route(read().to(show)).route(web::post().to(save)))
        .service(posting("/rounds/{wave}/draft/discard").route(web::post().to(discard)))
        .service(reading("/rounds/{wave}/forecast").route(read().to(forecast_page)));
}

#[derive(Template)]
#[template(path = "draft.html")]
struct DraftPage<'a> {
    page: Page,
    /// `None` for a new round.
    wave: Option<&'a WaveId>,
    form: DraftForm,
    /// What a launch would do with the draft as it is kept.
    summary: Option<&'a Summary>,
    saved: bool,
}

impl DraftPage<'_> {
    fn action(&self) -> String {
        self.wave.map_or_else(|| "/rounds/new".to_owned(), |wave| format!("/rounds/{wave}/draft"))
    }

    fn group_count(&self) -> usize {
        self.summary.and_then(|summary| summary.groups.as_ref()).map_or(0, |groups| groups.proposal.leaves.len())
    }
}

/// A new draft before anybody has typed: two weeks, and reminders a week after the opening and two days before the end.
fn usual(installation: &Installation) -> WaveSettings {
    let (now, zone) = (installation.clock.now(), installation.config.survey.zone());
    let at = |days, hour| local_time::days_later(now, days, hour, &zone);
    let mut settings = WaveSettings::usual(&installation.config, Schedule::with_defaults(at(14, 17)));
    settings.particulars.reminders = vec![at(7, 9), at(12, 9)];
    settings
}

/// `GET /rounds/new`.
async fn begin(who: SignedIn, console: Data<Console>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let typed = Typed::of(&usual(&console.installation), &console.installation);
    fill_in(&who, &console, None, &typed, &[], None, false)
}

fn fill_in(
    who: &SignedIn,
    console: &Console,
    wave: Option<&WaveId>,
    typed: &Typed,
    faults: &[Fault],
    summary: Option<&Summary>,
    saved: bool,
) -> Result<HttpResponse, Problem> {
    let page = Page::of(who, "/rounds");
    let form = DraftForm::new(&page, typed, faults, &console.installation, wave.is_some());
    let status = if faults.is_empty() { StatusCode::OK } else { Code::FieldsRefused.status() };
    answer::page(status, &DraftPage { page, wave, form, summary, saved })
}

/// What was typed is shown again to somebody, and said to a program.
fn refuse(
    who: &SignedIn,
    console: &Console,
    request: &HttpRequest,
    wave: Option<&WaveId>,
    typed: &Typed,
    faults: &[Fault],
) -> Result<HttpResponse, Problem> {
    if answer::reads_pages(request.headers()) {
        return fill_in(who, console, wave, typed, faults, None, false);
    }
    let told = faults.iter().map(|fault| Saying::key("fault-at").and("field", fault.field.as_str()).and("problem", fault.says.clone()));
    Err(Problem::said(Code::FieldsRefused, Saying::key("detail-fields").and("faults", Value::List(told.collect()))))
}

/// A form, checked to be the console's own and of this session.
fn own(who: &SignedIn, console: &Console, request: &HttpRequest, form: Form<Vec<(String, String)>>) -> Result<Typed, Problem> {
    who.must_be_hr()?;
    own_form(request, console)?;
    let typed = Typed::sent(form.into_inner());
    who.form_token().check(typed.get("token"))?;
    Ok(typed)
}

/// Keeps settings of which all could be read.
async fn keep(
    console: &Console,
    faults: &mut Vec<Fault>,
    settings: WaveSettings,
    work: impl FnOnce(&Installation, &WaveSettings) -> Result<(), NotKept> + Send + 'static,
) -> Result<(), Problem> {
    let unread: Vec<Field> = faults.iter().map(|fault| fault.field).collect();
    let kept = blocking(console, move |installation| {
        let outcome = if unread.is_empty() {
            work(installation, &settings)
        } else {
            crate::lifecycle::faults::of(installation, &settings).map_err(Into::into).and_then(|faults| Err(NotKept::Faults(faults)))
        };
        match outcome {
            Ok(()) => Ok(Vec::new()),
            // What stands in for a field that could not be read is nobody's fault.
            Err(NotKept::Faults(faults)) => Ok(faults.into_iter().filter(|fault| !unread.contains(&fault.field)).collect()),
            Err(NotKept::Refused(refusal)) => Err(refusal),
        }
    });
    faults.extend(kept.await?);
    Ok(())
}

/// `POST /rounds/new`: keeps a draft, or shows the form again with everything that has to change.
async fn create(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    form: Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Problem> {
    let typed = own(&who, &console, &request, form)?;
    let (settings, mut faults) = draft_reading::read(&typed, &usual(&console.installation), &console.installation);
    let name = read_name(&typed);
    if let Err(fault) = &name {
        faults.insert(0, fault.clone());
    }
    let named = name.clone().ok();
    keep(&console, &mut faults, settings, move |installation, settings| match &named {
        Some(wave) => draft::begin(installation, wave, settings),
        None => Ok(()),
    })
    .await?;
    match name {
        Ok(wave) if faults.is_empty() => Ok(answer::see_other(&format!("/rounds/{wave}/draft?done=saved"))),
        _ => refuse(&who, &console, &request, None, &typed, &faults),
    }
}

/// What a finished action sends the browser back with.
#[derive(Deserialize)]
struct Done {
    done: Option<String>,
}

/// `GET /rounds/{wave}/draft`: the form, and what a launch would make of it.
async fn show(who: SignedIn, console: Data<Console>, wave: Path<String>, query: Option<Query<Done>>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let wave = parse_wave(&wave)?;
    let asked = wave.clone();
    let found = blocking(&console, move |installation| {
        let drafted = installation.state(&asked)? == WaveState::Draft;
        drafted.then(|| summary::of_draft(installation, &asked)).transpose()
    });
    // From the launch on there is nothing to change.
    let Some(summary) = found.await? else { return Ok(answer::see_other(&format!("/rounds/{wave}"))) };
    let typed = Typed::of(&summary.settings, &console.installation);
    let saved = query.is_some_and(|query| query.done.as_deref() == Some("saved"));
    fill_in(&who, &console, Some(&wave), &typed, &[], Some(&summary), saved)
}

/// `POST /rounds/{wave}/draft`: keeps what was changed.
async fn save(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    wave: Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Problem> {
    let typed = own(&who, &console, &request, form)?;
    let wave = parse_wave(&wave)?;
    let asked = wave.clone();
    let trustee = blocking(&console, move |installation| Ok(WaveSettings::of(&installation.identity, &asked)?.particulars.trustee)).await?;
    let (mut settings, mut faults) = draft_reading::read(&typed, &usual(&console.installation), &console.installation);
    // Whose key the draft names is decided on a page of its own.
    settings.particulars.trustee = trustee;
    let changed = wave.clone();
    keep(&console, &mut faults, settings, move |installation, settings| draft::change(installation, &changed, settings)).await?;
    if faults.is_empty() {
        return Ok(answer::see_other(&format!("/rounds/{wave}/draft?done=saved")));
    }
    refuse(&who, &console, &request, Some(&wave), &typed, &faults)
}

/// `POST /rounds/{wave}/draft/discard`: the draft goes; nobody was promised anything.
async fn discard(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    wave: Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Problem> {
    own(&who, &console, &request, form)?;
    let wave = parse_wave(&wave)?;
    blocking(&console, move |installation| draft::discard(installation, &wave)).await?;
    Ok(answer::see_other("/rounds"))
}

/// A share as a page shows it: the sign stays with its number at the end of a line.
fn share(of_hundred: f64) -> String {
    in_percent(of_hundred).replace(' ', "\u{a0}")
}

/// With which probabilities everybody is taken to answer.
const RATES: [f64; 3] = [0.4, 0.6, 0.8];
/// How many groups are listed one by one: the smallest, which lose their own result first.
const GROUPS_SHOWN: usize = 60;

#[derive(Template)]
#[template(path = "forecast.html")]
struct ForecastPage {
    page: Page,
    wave: WaveId,
    forecast: Forecast,
    k: u32,
}

/// One group of the forecast.
struct GroupLine<'a> {
    label: &'a str,
    invited: u32,
    /// Each rate, and how often the group is then shown alone.
    alone: Vec<(String, String)>,
}

impl ForecastPage {
    /// The rates over the columns.
    fn rates(&self) -> Vec<String> {
        self.forecast.rates.iter().map(|rate| share(rate.response_rate * 100.0)).collect()
    }

    /// The lines about the whole: the key of what they say, and a share at each rate.
    fn whole(&self) -> Vec<(&'static str, Vec<String>)> {
        let line = |key, of: fn(&forecast::AtRate) -> f64| (key, self.forecast.rates.iter().map(|rate| share(of(rate))).collect());
        vec![
            line("forecast-alone", |rate| rate.groups_alone),
            line("forecast-combined", |rate| rate.groups_combined),
            line("forecast-people", |rate| rate.people_alone),
            line("forecast-nothing", |rate| rate.nothing_shown),
        ]
    }

    /// How exact the share of one group is.
    fn plus_minus(&self) -> String {
        let widest = self.forecast.rates.iter().map(|rate| rate.plus_minus_of_a_group).fold(0.0, f64::max);
        format!("{:.0}", widest.ceil())
    }

    fn draws(&self) -> usize {
        self.forecast.rates.first().map_or(0, |rate| rate.draws)
    }

    /// The smallest groups with their size and how often each is shown alone, at each rate.
    fn groups(&self) -> Vec<GroupLine<'_>> {
        let mut places: Vec<usize> = (0..self.forecast.groups.len()).collect();
        places.sort_by_key(|place| self.forecast.groups.get(*place).map(|group| group.invited));
        let alone = |place: usize| {
            let of_group = |rate: &forecast::AtRate| rate.of_groups.get(place).map_or_else(String::new, |group| share(group.alone));
            self.rates().into_iter().zip(self.forecast.rates.iter().map(of_group)).collect()
        };
        let line = |place: usize| {
            let group = self.forecast.groups.get(place)?;
            Some(GroupLine { label: group.label.as_str(), invited: group.invited, alone: alone(place) })
        };
        places.into_iter().take(GROUPS_SHOWN).filter_map(line).collect()
    }

    fn left_out(&self) -> usize {
        self.forecast.groups.len().saturating_sub(GROUPS_SHOWN)
    }
}

/// `GET /rounds/{wave}/forecast`: who will be shown how, if so many answer.
async fn forecast_page(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let wave = parse_wave(&wave)?;
    let asked = wave.clone();
    let (k, forecast) = blocking(&console, move |installation| {
        let settings = WaveSettings::of(&installation.identity, &asked)?;
        let leaves = match installation.state(&asked)? {
            WaveState::Draft => groups::of_draft(installation, &asked, &settings, &installation.identity.roster()?)?.proposal.leaves,
            _ => installation.identity.groups(&asked)?,
        };
        let forecast = forecast::of_draft(&leaves, settings.k, &RATES, every_processor());
        Ok((settings.k, forecast.map_err(Refusal::corrupt)?))
    })
    .await?;
    answer::page(StatusCode::OK, &ForecastPage { page: Page::of(&who, "/rounds"), wave, forecast, k })
}
