//! A round that waits for the countersignature of its key holder: kept whole, served to nobody, gone without a trace when it is ended.

use domain::Gate;
use responses::{PreparedWave, Redeemed, ResponsesError, Transition};
use secrecy::ExposeSecret;

use crate::{ballot, later_wave, new_wave, seed, store, wave_id};

#[test]
fn a_round_that_waits_is_served_to_nobody_and_begins_under_the_sheet_that_was_countersigned() {
    let (_home, store) = store();
    let new = new_wave(&wave_id());
    assert_eq!(store.prepare(&new).unwrap(), Transition::Done);
    let mut again = new_wave(&wave_id());
    again.manifest.push(b' ');
    assert_eq!(store.prepare(&again).unwrap(), Transition::AlreadyDone);
    let kept = PreparedWave { manifest: new.manifest.clone(), groups: new.groups.clone(), instrument: new.instrument.clone() };
    assert_eq!(store.prepared(&wave_id()).unwrap(), Some(kept), "what was kept first stays");
    assert!(store.wave(&wave_id()).unwrap().is_none() && store.progress(&wave_id()).unwrap().is_none());
    assert!(store.keys(&wave_id()).unwrap().is_none() && store.credential_key(&wave_id()).unwrap().is_none());
    assert_eq!(store.waves().unwrap(), []);
    assert!(matches!(store.redeem(&wave_id(), &ballot(1)), Err(ResponsesError::UnknownWave { .. })));

    let signed = b"{\"wave\":\"2026-q4\",\"nonce\":1}";
    assert_eq!(store.launch_prepared(&wave_id(), signed, b"signature").unwrap(), Transition::Done);
    assert_eq!(store.launch_prepared(&wave_id(), signed, b"signature").unwrap(), Transition::AlreadyDone);
    for (manifest, signature) in [(signed.as_slice(), b"another".as_slice()), (b"{}", b"signature")] {
        let refused = store.launch_prepared(&wave_id(), manifest, signature);
        assert_eq!(refused, Err(ResponsesError::Differs { wave: wave_id(), what: "countersignature" }));
    }
    assert!(store.prepared(&wave_id()).unwrap().is_none());
    let served = store.wave(&wave_id()).unwrap().unwrap();
    assert_eq!(
        (served.gate, served.manifest.as_slice(), served.countersignature.as_deref()),
        (Gate::Open, &signed[..], Some(&b"signature"[..]))
    );
    assert_eq!((served.groups, served.instrument, served.client), (new.groups, new.instrument, new.client));
    assert_eq!(store.credential_key(&wave_id()).unwrap().unwrap().expose_secret(), seed("credential key", 0));
    assert_eq!(store.board_key(&wave_id()).unwrap().unwrap().expose_secret(), seed("board key", 0));
    assert!(store.notices_key(&wave_id()).unwrap().is_some());
    assert_eq!(store.redeem(&wave_id(), &ballot(1)).unwrap(), Redeemed::New);
    assert_eq!(store.prepare(&new_wave(&wave_id())), Err(ResponsesError::Differs { wave: wave_id(), what: "manifest" }));
    store.integrity_check().unwrap();
}

#[test]
fn one_round_waits_at_a_time_and_none_beside_a_box() {
    let (_home, store) = store();
    store.prepare(&new_wave(&wave_id())).unwrap();
    let refused = Err(ResponsesError::AnotherWave { wave: later_wave(), other: wave_id() });
    assert_eq!(store.prepare(&new_wave(&later_wave())), refused);
    assert_eq!(store.launch(&new_wave(&later_wave())), refused);
    assert!(matches!(store.launch_prepared(&later_wave(), b"{}", b""), Err(ResponsesError::UnknownWave { .. })));
    store.destroy_ballots(&wave_id()).unwrap();
    store.launch(&new_wave(&later_wave())).unwrap();
    assert_eq!(store.prepare(&new_wave(&wave_id())), Err(ResponsesError::AnotherWave { wave: wave_id(), other: later_wave() }));
}
