//! The real program as a service manager runs it: how it ends.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use candor::installation::Installation;
use domain::SystemClock;
use protocol::wire::REQUEST_SIZE;

use crate::mail::slow_mail_server;
use crate::program::{Program, eventually, import};

#[test]
fn a_request_in_hand_gets_its_answer_after_the_request_to_stop() {
    let mut program = Program::new(9, "[stop]\nannounce_seconds = 3\n");
    program.serve();
    let mut stream = program.half_a_request();
    program.terminate();
    // First readiness says no, then nobody listens any more; the process waits for what has begun.
    let mut said_no = false;
    eventually("the listener did not close", || {
        let readiness = program.readiness();
        said_no |= readiness == Some(503);
        readiness.is_none()
    });
    assert!(said_no, "the listener closed before readiness said no");
    stream.write_all(&[0; REQUEST_SIZE - REQUEST_SIZE / 2]).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let text = String::from_utf8_lossy(&answer);
    assert!(text.contains("HTTP/1.1 404") && answer.len() > 4_096, "{text}");
    assert_eq!(program.wait().code(), Some(0), "{}", program.log());
}

#[test]
fn a_second_signal_ends_the_process_at_once() {
    let mut program = Program::new(9, "");
    program.serve();
    let held = program.half_a_request();
    program.terminate();
    eventually("the listener did not close", || program.readiness().is_none());
    program.terminate();
    assert_eq!(program.wait().code(), Some(143));
    drop(held);
}

#[test]
fn a_mail_in_hand_is_finished_and_ticked_off_before_the_end() {
    let (port, served) = slow_mail_server(Duration::from_millis(200));
    let mut program = Program::new(port, "");
    import(&program);
    program.run("wave create 2026-q4");
    program.run("wave launch 2026-q4");
    program.serve();
    eventually("no mail was sent", || !served.lock().unwrap().is_empty());
    program.terminate();
    assert_eq!(program.wait().code(), Some(0), "{}", program.log());
    let served = served.lock().unwrap().clone();
    let installation = Installation::open(program.config.clone(), Arc::new(SystemClock)).unwrap();
    let waiting = installation.identity.jobs_waiting().unwrap();
    assert!(served.values().all(|times| *times == 1), "{served:?}");
    assert_eq!(u32::try_from(served.len()).unwrap() + waiting, 28, "a mail that was taken is still in the queue");
    assert!(waiting > 0, "everything was sent before the stop, which proves nothing");
}

#[test]
fn during_a_round_people_can_answer_also_when_the_program_starts_without_the_key_folder() {
    let mut program = Program::new(1, "");
    import(&program);
    program.run("wave create 2026-q4");
    program.run("wave launch 2026-q4");
    std::fs::rename(&program.config.storage.keys, program.place.path().join("elsewhere")).unwrap();
    program.serve();
    let mut stream = TcpStream::connect(program.config.respondents.listen).unwrap();
    stream.write_all(b"GET /w/2026-q4/manifest HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    assert!(program.log().contains("the round cannot go on"), "{}", program.log());
}
