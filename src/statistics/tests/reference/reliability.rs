//! Alpha with Feldt's interval, and omega.

use statistics::{
    Covariances, Omega, cronbach_alpha, feldt_interval, mcdonald_omega, omega_closed_form, omega_least_squares, omega_maximum_likelihood,
};

use crate::survey::{SCALES, answers, equal, members};

#[test]
fn alpha_and_feldt_s_interval_agree_with_r() {
    let people = members("1");
    for scale in &SCALES {
        let case = format!("w1_{}_alpha", scale.name);
        let covariances = Covariances::of(&answers(&people, scale)).unwrap();
        let alpha = cronbach_alpha(&covariances).unwrap();
        let interval = feldt_interval(alpha, covariances.people(), covariances.items()).unwrap();
        equal(&case, "n", covariances.people() as f64, 0.0);
        equal(&case, "k", covariances.items() as f64, 0.0);
        equal(&case, "alpha", alpha, 1e-12);
        equal(&case, "ci_low", interval.low, 1e-11);
        equal(&case, "ci_high", interval.high, 1e-11);
    }
}

#[test]
fn omega_agrees_with_r_whichever_way_the_loadings_are_found() {
    let people = members("1");
    for scale in &SCALES {
        let case = format!("w1_{}_omega", scale.name);
        let covariances = Covariances::of(&answers(&people, scale)).unwrap();
        let least_squares = omega_least_squares(&covariances).unwrap();
        assert_eq!(mcdonald_omega(&covariances), Ok(Omega::LeastSquares(least_squares)));
        // The estimates of lavaan and psych are converged to seven digits, the closed form needs no iteration.
        equal(&case, "omega_uls_cov", least_squares, 1e-7);
        equal(&case, "omega_ml_cov", omega_maximum_likelihood(&covariances).unwrap(), 1e-7);
        equal(&case, "omega_minres_cor", omega_least_squares(&covariances.correlations().unwrap()).unwrap(), 1e-5);
        equal(&case, "omega_hancock_an_closed_form", omega_closed_form(&covariances).unwrap(), 1e-12);
    }
}
