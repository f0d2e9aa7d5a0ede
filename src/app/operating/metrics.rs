//! Numbers for Prometheus (text exposition format 0.0.4), on a listener of their own.
//!
//! Left out on purpose: anything about requests of respondents, how many have answered, how many mails wait, reminders, and the process's use of
//! processor and memory; two milliseconds of processor time are one answer.

use std::fmt::{Display, Write as _};

use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpResponse, Responder};
use domain::Moment;

use super::health::{self, Fault, Part};
use super::vitals::WorkerKind;
use crate::error::Code;
use crate::installation::Installation;

/// The media type of the text format.
const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The only address of the listener, besides those of [`health`].
pub fn routes(installation: &Installation) -> impl FnOnce(&mut ServiceConfig) + use<> {
    let installation = installation.clone();
    move |config| {
        config
            .app_data(Data::new(installation))
            .configure(health::console_routes)
            .service(web::resource("/metrics").route(web::get().to(scrape)));
    }
}

async fn scrape(installation: Data<Installation>) -> impl Responder {
    let faults = health::faults(&installation).await;
    HttpResponse::Ok().content_type(CONTENT_TYPE).body(page(&installation, &faults).await)
}

/// The page that Prometheus reads.
async fn page(installation: &Installation, faults: &[Fault]) -> String {
    let vitals = &installation.vitals;
    let mut page = Page::default();
    page.family("candor_build_info", "gauge", "The program's version.");
    page.sample(&[("version", env!("CARGO_PKG_VERSION"))], 1);
    page.family("candor_start_time_seconds", "gauge", "When the process opened its databases, in seconds since 1970.");
    page.sample(&[], seconds(installation.started));
    page.family("candor_ready", "gauge", "1 while every part is there.");
    page.sample(&[], u8::from(faults.is_empty()));
    page.family("candor_part_ready", "gauge", "1 while the part is there.");
    for part in Part::ALL {
        page.sample(&[("part", part.name())], u8::from(faults.iter().all(|fault| fault.part != part)));
    }
    page.family(
        "candor_calendar_tick_seconds",
        "gauge",
        "When the dates were last looked at, in seconds since 1970; 0 before the first time.",
    );
    page.sample(&[], vitals.calendar_tick().map_or(0.0, seconds));
    if faults.iter().all(|fault| fault.part != Part::PeopleDatabase) {
        let own = installation.clone();
        if let Ok(Ok(waves)) = web::block(move || own.identity.waves()).await {
            page.family("candor_round_state", "gauge", "1 for the state in which a round is.");
            for wave in waves {
                page.sample(&[("round", wave.wave.as_str()), ("state", wave.state.as_str())], 1);
            }
        }
    }
    #[cfg(feature = "planted")]
    if let Some(count) = crate::lifecycle::planted::live_counter(installation) {
        page.family("candor_answers", "gauge", "A flaw on purpose.");
        page.sample(&[], count);
    }
    page.family(
        "candor_mails_total",
        "counter",
        "Attempts to send a mail of this process. Reminders are not counted: each stands for somebody who has not answered.",
    );
    for ((wave, kind, outcome), count) in vitals.mails() {
        page.sample(&[("round", wave.as_str()), ("kind", kind), ("outcome", outcome.as_str())], count);
    }
    page.family("candor_life_cycle_steps_total", "counter", "Steps in the life of a round taken by this process.");
    for (step, count) in vitals.steps() {
        page.sample(&[("step", step)], count);
    }
    page.family("candor_worker_errors_total", "counter", "Times the worker could not do what was due.");
    page.sample(&[("worker", "calendar")], vitals.worker_errors(WorkerKind::Calendar));
    page.sample(&[("worker", "mail")], vitals.worker_errors(WorkerKind::Mail));
    page.sample(&[("worker", "returned-mail")], vitals.worker_errors(WorkerKind::ReturnedMail));
    page.family("candor_console_problems_total", "counter", "Answers of the console that say that something is wrong.");
    for code in [Code::SignInFailed, Code::Unavailable, Code::Internal] {
        page.sample(&[("problem", code.name())], vitals.console_problems(code));
    }
    page.0
}

/// Whole and broken seconds since 1970.
#[expect(clippy::cast_precision_loss, reason = "a microsecond more or less")]
fn seconds(moment: Moment) -> f64 {
    moment.micros() as f64 / 1e6
}

/// A page in the making.
#[derive(Default)]
struct Page(String, &'static str);

impl Page {
    fn family(&mut self, name: &'static str, kind: &str, help: &str) {
        self.1 = name;
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn sample(&mut self, labels: &[(&str, &str)], value: impl Display) {
        self.0.push_str(self.1);
        for (place, (label, text)) in labels.iter().enumerate() {
            let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            let _ = write!(self.0, "{}{label}=\"{escaped}\"", if place == 0 { '{' } else { ',' });
        }
        let close = if labels.is_empty() { "" } else { "}" };
        let _ = writeln!(self.0, "{close} {value}");
    }
}
