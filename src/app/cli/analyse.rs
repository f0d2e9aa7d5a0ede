//! `candor analyse`.

use super::Failure;
use super::terminal::line;
use crate::analyse::{Options, analyse, printable};

pub(super) fn run(options: &Options) -> Result<(), Failure> {
    let report = analyse(options).map_err(|problem| Failure::BadInput(printable(&problem.to_string()).into_owned()))?;
    let text = if options.json { report.json().map_err(|e| Failure::Refused(e.to_string()))? } else { report.text() };
    line(text.trim_end());
    Ok(())
}

/// One example for each method, below `candor analyse --help`.
pub(super) const EXAMPLES: &str = "\
Typed numbers (--values) are lists with names: x=1,2,3 is a list, X=1,5/2,4 a
table with one row per person; null, NA or an empty place is a missing answer.
Several names are separated by semicolons or typed with several --values.
Options can stand among them by name: scale=1,5, N=8 (or N1 and N2), rho,
reliability, null_var, reverse (1,0,1 for three items, or their numbers) and
min_fraction; k, n and mean are typed only. An unknown name is an error.

One example for each method; answers.csv and headcounts.csv are in
docs/examples, docs/analyse.md goes through them:

  candor analyse answers.csv --method cronbach_alpha \\
    --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --where wave=1

  candor analyse answers.csv --method mcdonald_omega_total_1factor \\
    --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --where wave=1

  candor analyse answers.csv --method within_group_agreement \\
    --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --group team \\
    --where wave=1 --null-variance 2,1.34

  candor analyse --method rwg --values x=1,1,5,5 --options 5

  candor analyse answers.csv --method team_overview \\
    --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --group team \\
    --where wave=1

  candor analyse answers.csv --method icc_anova --items saf1,saf2,saf3,saf4 \\
    --reversed saf2 --scale 1:5 --group team --where wave=1

  candor analyse answers.csv --method reml_variance_components_and_EB_means \\
    --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --group team \\
    --where wave=1

  candor analyse answers.csv --method team_score_and_interval \\
    --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --where wave=2 \\
    --where team=West --roster headcounts.csv --reliability 0.8

  candor analyse --method mean_ci --values x=4,4.25,3.5,3.75,4.5 --roster-n 5 \\
    --reliability 0.8

  candor analyse --method nonresponse_bounds --values \"n=6;mean=4\" \\
    --roster-n 8 --scale 1:5

  candor analyse --method wilson --values \"k=8;n=10\"

  candor analyse answers.csv --method two_wave_comparison \\
    --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --sum \\
    --wave wave --before 1 --after 3 --where team=West

  candor analyse answers.csv --method roster_aware_change_test \\
    --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --wave wave \\
    --before 1 --after 3 --where team=West --roster headcounts.csv --rho 0.4

  candor analyse --method welch --values \"x=3,4,4,5;y=2,3,3,4\"

  candor analyse --method perm_exact --values \"x=1,2,3;y=7,8,9\"

  candor analyse answers.csv --method welch_p_per_team_then_BH \\
    --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --group team \\
    --wave wave --before 2 --after 3

  candor analyse --method benjamini_hochberg --values p=0.001,0.008,0.039,0.2

  candor analyse answers.csv --method team_trend --items saf1,saf2,saf3,saf4 \\
    --reversed saf2 --scale 1:5 --wave wave --where team=West

  candor analyse answers.csv --method org_mixed_trend \\
    --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --wave wave \\
    --group team

  candor analyse answers.csv --method relative_importance --outcome stay \\
    --predictors saf1,saf3,lrn1

  candor analyse answers.csv --method longstring_and_irv \\
    --items saf1,saf2,saf3,saf4,lrn1,lrn2,lrn3,lrn4 --rows 1:12

  candor analyse --method scale_score --values items=7,1,7,,1,6,6 --scale 1:7 \\
    --reversed 1,3,5
";
