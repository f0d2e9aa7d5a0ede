//! The words of reports, in Fluent files per language. Where a language is missing, English is spoken.
//!
//! A language is a file `words/report.<code>.ftl` and nothing else; the tests say what it lacks.

use std::sync::LazyLock;

use domain::Language;
use domain::instrument::Words as Texts;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// The files by language; the first one, English, stands in for every language that is missing.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/report_languages.rs"));

/// Declares texts of the files. One that is not used is a compiler warning; one that a file lacks fails a test.
macro_rules! texts {
    ($(#[$doc:meta])* $kind:ident { $($name:ident = $id:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $kind { $($name,)* }

        impl $kind {
            const ALL: &[Self] = &[$(Self::$name,)*];

            /// The id in the files.
            const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }
        }
    };
}

texts! {
    /// A text that is always the same.
    Fixed {
        NotForAppraisal = "not-for-appraisal",
        WhyNot = "why-not",
        NotValidated = "not-validated",
        Scale = "scale",
        Range = "range",
        Silent = "silent",
        NeverSeen = "never-seen",
        OneSided = "one-sided",
        LevelOnly = "level-only",
        OneMinute = "one-minute",
        LadderNote = "ladder-note",
        LadderBefore = "ladder-before",
        Further = "further",
        RecentUntold = "recent-untold",
        RecentMethod = "recent-method",
        RecentLines = "recent-lines",
        StatementsFrom = "statements-from",
        StatementsWithout = "statements-without",
        Statement = "statement",
        PlaneTitle = "plane-title",
        PlaneEllipse = "plane-ellipse",
        PlaneRectangle = "plane-rectangle",
        SaidLegend = "said-legend",
        SaidSays = "said-says",
        SaidDoes = "said-does",
        Next = "next",
        NextIntroduction = "next-introduction",
        SuggestionLow = "suggestion-low",
        SuggestionLowStatement = "suggestion-low-statement",
        SuggestionAnything = "suggestion-anything",
        SuggestionAnythingTitle = "suggestion-anything-title",
        KitBegin = "kit-begin",
        KitAgenda = "kit-agenda",
        KitShareTitle = "kit-share-title",
        KitShare = "kit-share",
        KitAskTitle = "kit-ask-title",
        KitAgreeTitle = "kit-agree-title",
        KitDateTitle = "kit-date-title",
        KitDate = "kit-date",
        KitSafetyStart = "kit-safety-start",
        KitSafetyAsk = "kit-safety-ask",
        KitSafetyAgree = "kit-safety-agree",
        KitStandardsStart = "kit-standards-start",
        KitStandardsAsk = "kit-standards-ask",
        KitStandardsAgree = "kit-standards-agree",
        KitLearningStart = "kit-learning-start",
        KitLearningAsk = "kit-learning-ask",
        KitLearningAgree = "kit-learning-agree",
        KitOtherStart = "kit-other-start",
        KitOtherAsk = "kit-other-ask",
        KitOtherAgree = "kit-other-agree",
        KitRiseStart = "kit-rise-start",
        KitRiseAsk = "kit-rise-ask",
        KitRiseAgree = "kit-rise-agree",
        KitAnythingStart = "kit-anything-start",
        KitAnythingAsk = "kit-anything-ask",
        KitAnythingAgree = "kit-anything-agree",
        Method = "method",
        OverTime = "over-time",
        Limits = "limits",
        Statements = "statements",
        Round = "round",
        Points = "points",
        Organisation = "organisation",
        Colon = "colon",
        Semicolon = "semicolon",
        FewAnswered = "few-answered",
        CountedUp = "counted-up",
        Upward = "upward",
        CoversAll = "covers-all",
        ScoreTooFew = "score-too-few",
        ScoreNoSafeRange = "score-no-safe-range",
        ScoreBothEnds = "score-both-ends",
        ScoreNotAsked = "score-not-asked",
        ShortHidden = "short-hidden",
        ShortNotAsked = "short-not-asked",
        Turned = "turned",
        ChangeClear = "change-clear",
        ChangePossible = "change-possible",
        ChangeNone = "change-none",
        ChangeHidden = "change-hidden",
        ChangeBeforeHidden = "change-before-hidden",
        NotCompared = "not-compared",
        NoComparisonFirst = "no-comparison-first",
        NoComparisonNew = "no-comparison-new",
        NoComparisonTooMany = "no-comparison-too-many",
        NoComparisonNothing = "no-comparison-nothing",
        NoComparisonUpward = "no-comparison-upward",
        SameThreeQuarters = "same-three-quarters",
        SameHalf = "same-half",
        SameQuarter = "same-quarter",
        SameFew = "same-few",
        NoTrendYet = "no-trend-yet",
        EarlierRounds = "earlier-rounds",
        TrendAborted = "trend-aborted",
        TrendNotComparable = "trend-not-comparable",
        TrendHollow = "trend-hollow",
        TrendGaps = "trend-gaps",
        Errata = "errata",
        NeverChanged = "never-changed",
        Comments = "comments",
        CommentsTogether = "comments-together",
        CommentsStyle = "comments-style",
        CommentsNoSearch = "comments-no-search",
        CommentsOfUpward = "comments-of-upward",
        Hide = "hide",
        Groups = "groups",
        Group = "group",
        Answers = "answers",
        DirectlyUnder = "directly-under",
        NoRanking = "no-ranking",
        QuadrantUntold = "quadrant-untold",
        QuadrantUnseen = "quadrant-unseen",
        QuadrantMethod = "quadrant-method",
        ZoneLearning = "zone-learning",
        ZoneComfort = "zone-comfort",
        ZoneAnxiety = "zone-anxiety",
        ZoneApathy = "zone-apathy",
        Conversation = "conversation",
        ConversationOrder = "conversation-order",
        ConversationClaim = "conversation-claim",
        TestedFirst = "tested-first",
        Course = "course",
        CourseMethod = "course-method",
        CourseTooFew = "course-too-few",
        CourseUntold = "course-untold",
        Differences = "differences",
        DifferencesMethod = "differences-method",
        DifferencesTooFew = "differences-too-few",
        DifferencesUntold = "differences-untold",
        EstimatesMethod = "estimates-method",
        EstimatesNone = "estimates-none",
        EstimatesRestOn = "estimates-rest-on",
        WeightFaint = "weight-faint",
        WeightOwn = "weight-own",
        Said = "said",
        SaidMethod = "said-method",
        SaidConsistent = "said-consistent",
        SaidMixed = "said-mixed",
        SaidConversation = "said-conversation",
        SaidHidden = "said-hidden",
        SaidFirst = "said-first",
        SaidClearOne = "said-clear-one",
        SameInARow = "same-in-a-row",
        SameThroughout = "same-throughout",
        PartOverview = "part-overview",
        PartComparison = "part-comparison",
        PartGroups = "part-groups",
        PartDifferences = "part-differences",
        PartParticipation = "part-participation",
        PartQuality = "part-quality",
        ChartBesideTable = "chart-beside-table",
        Map = "map",
        MapMethodFew = "map-method-few",
        MapLegend = "map-legend",
        MapTitle = "map-title",
        MapLikeAll = "map-like-all",
        Untold = "untold",
        Funnel = "funnel",
        FunnelMethod = "funnel-method",
        FunnelLegend = "funnel-legend",
        FunnelPeople = "funnel-people",
        FunnelInner = "funnel-inner",
        FunnelOuter = "funnel-outer",
        FunnelWithin = "funnel-within",
        FunnelBelow = "funnel-below",
        FunnelAbove = "funnel-above",
        FunnelFarBelow = "funnel-far-below",
        FunnelFarAbove = "funnel-far-above",
        QuadrantGroups = "quadrant-groups",
        QuadrantGroupsMethod = "quadrant-groups-method",
        QuadrantZone = "quadrant-zone",
        Strip = "strip",
        StripMethod = "strip-method",
        StripLegend = "strip-legend",
        StripTitle = "strip-title",
        Quality = "quality",
        QualityMethod = "quality-method",
        QualityNone = "quality-none",
        QualityOld = "quality-old",
        QualityMeasure = "quality-measure",
        QualityAlpha = "quality-alpha",
        QualityAlphaMeans = "quality-alpha-means",
        QualityOmega = "quality-omega",
        QualityOmegaMeans = "quality-omega-means",
        QualityIccOne = "quality-icc-one",
        QualityIccOneMeans = "quality-icc-one-means",
        QualityIccTwo = "quality-icc-two",
        QualityIccTwoMeans = "quality-icc-two-means",
        CoefficientFewItems = "coefficient-few-items",
        CoefficientFewGroups = "coefficient-few-groups",
        CoefficientNoSpread = "coefficient-no-spread",
        CoefficientNoDifference = "coefficient-no-difference",
        CoefficientOutOfRange = "coefficient-out-of-range",
        ComparisonOnlyBefore = "comparison-only-before",
        ComparisonGroups = "comparison-groups",
        Origins = "origins",
        OriginsMethod = "origins-method",
        OriginsWhat = "origins-what",
        OriginsBefore = "origins-before",
        OriginsEnded = "origins-ended",
        EventNone = "event-none",
        EventNew = "event-new",
        EventMerged = "event-merged",
        EventSplit = "event-split",
        EventRenamed = "event-renamed",
        EventMoved = "event-moved",
        ShareThreeQuarters = "share-three-quarters",
        ShareHalf = "share-half",
        ShareQuarter = "share-quarter",
        ShareFew = "share-few",
        Multiples = "multiples",
        MultiplesLegend = "multiples-legend",
        SpecimenTitle = "specimen-title",
        SpecimenMark = "specimen-mark",
        SpecimenNobody = "specimen-nobody",
        SpecimenMade = "specimen-made",
        SpecimenDiffers = "specimen-differs",
        SpecimenBack = "specimen-back",
        SpecimenEnd = "specimen-end",
        SpecimenGroup = "specimen-group",
        SpecimenRound = "specimen-round",
        AboutTitle = "about-title",
        AboutWhat = "about-what",
        AboutNotFor = "about-not-for",
        AboutReading = "about-reading",
        AboutUnseen = "about-unseen",
        AboutComments = "about-comments",
        FileWhat = "file-what",
        FileUnit = "file-unit",
        FileName = "file-name",
        FileAnswersFrom = "file-answers-from",
        FileAnswersTo = "file-answers-to",
        FileRateFrom = "file-rate-from",
        FileRateTo = "file-rate-to",
        FileCoversFrom = "file-covers-from",
        FileCoversTo = "file-covers-to",
        FileTopic = "file-topic",
        FileScore = "file-score",
        FileLowest = "file-lowest",
        FileHighest = "file-highest",
        FileSince = "file-since",
        FileChange = "file-change",
        FileDifference = "file-difference",
        FileDifferenceLowest = "file-difference-lowest",
        FileDifferenceHighest = "file-difference-highest",
        FileDetectable = "file-detectable",
        FileRemark = "file-remark",
        FileAtLeast = "file-at-least",
        FileTogether = "file-together",
        FileFinding = "file-finding",
        FileRounds = "file-rounds",
        FileShare = "file-share",
        FileShareLowest = "file-share-lowest",
        FileShareHighest = "file-share-highest",
        FileStatement = "file-statement",
        FileNumber = "file-number",
        FileDay = "file-day",
        FileCorrection = "file-correction",
        FileSheets = "file-sheets",
        FileEmpty = "file-empty",
        SheetReadMe = "sheet-read-me",
        SheetResults = "sheet-results",
        SheetOverTime = "sheet-over-time",
        SheetTogether = "sheet-together",
        SheetConversation = "sheet-conversation",
        SheetCourse = "sheet-course",
        SheetDifferences = "sheet-differences",
        SheetEstimates = "sheet-estimates",
        SheetSaid = "sheet-said",
        SheetStatements = "sheet-statements",
        SheetCorrections = "sheet-corrections",
        PaperComments = "paper-comments",
        NoticeTitle = "notice-title",
        NoticeThanks = "notice-thanks",
        NoticeNext = "notice-next",
        NoticeCommitments = "notice-commitments",
    }
}

texts! {
    /// A text with something to fill in.
    Filled {
        List = "list",
        Month = "month",
        Date = "date",
        RoundNamed = "round-named",
        PeopleBetween = "people-between",
        PeopleFrom = "people-from",
        Participation = "participation",
        ParticipationUnder = "participation-under",
        ParticipationFrom = "participation-from",
        ParticipationBetween = "participation-between",
        Combined = "combined",
        CountedUpTitle = "counted-up-title",
        CountedUpWith = "counted-up-with",
        CoversUnder = "covers-under",
        CoversBetween = "covers-between",
        ScoreBetween = "score-between",
        ScoreAtLeast = "score-at-least",
        ScoreAtMost = "score-at-most",
        ShortBetween = "short-between",
        ShortAtLeast = "short-at-least",
        ShortAtMost = "short-at-most",
        ScaleTitle = "scale-title",
        RungsEven = "rungs-even",
        RungsAbout = "rungs-about",
        RungsListed = "rungs-listed",
        DetailHidden = "detail-hidden",
        DetailAtLeastLess = "detail-at-least-less",
        DetailAtLeastMore = "detail-at-least-more",
        Detail = "detail",
        ChangeShortAtLeast = "change-short-at-least",
        Detectable = "detectable",
        DetectableFrom = "detectable-from",
        DetectableBetween = "detectable-between",
        ComparedTogether = "compared-together",
        ComparedWithCorrected = "compared-with-corrected",
        TrendTitle = "trend-title",
        TrendTogether = "trend-together",
        CommentsOfOne = "comments-of-one",
        CommentsOfSeveral = "comments-of-several",
        CommentsOfSeveralUpward = "comments-of-several-upward",
        CommentsTooFew = "comments-too-few",
        CommentsHidden = "comments-hidden",
        ShortPeopleBetween = "short-people-between",
        ShortPeopleFrom = "short-people-from",
        ShortParticipationUnder = "short-participation-under",
        ShortParticipationFrom = "short-participation-from",
        ShortParticipationBetween = "short-participation-between",
        RoundBefore = "round-before",
        RecentRounds = "recent-rounds",
        PlaneAxes = "plane-axes",
        SuggestionFell = "suggestion-fell",
        SuggestionRose = "suggestion-rose",
        SuggestionStatement = "suggestion-statement",
        KitTogether = "kit-together",
        KitMinutes = "kit-minutes",
        MethodPeople = "method-people",
        MethodRules = "method-rules",
        AnsweredFrom = "answered-from",
        QuadrantIn = "quadrant-in",
        QuadrantBetween = "quadrant-between",
        TestedNothing = "tested-nothing",
        TestedOneStandsOut = "tested-one-stands-out",
        TestedOneChance = "tested-one-chance",
        TestedChance = "tested-chance",
        TestedTogether = "tested-together",
        TestedStandOut = "tested-stand-out",
        CourseUpAndDown = "course-up-and-down",
        CourseLine = "course-line",
        DifferencesShare = "differences-share",
        MapFaint = "map-faint",
        FunnelTitle = "funnel-title",
        FunnelMean = "funnel-mean",
        QuadrantTitle = "quadrant-title",
        ZoneEither = "zone-either",
        QualityRests = "quality-rests",
        Coefficient = "coefficient",
        Since = "since",
        Continued = "continued",
        OriginsSame = "origins-same",
        MultiplesTitle = "multiples-title",
        FromTo = "from-to",
        Estimate = "estimate",
        SaidClear = "said-clear",
        SaidUnseen = "said-unseen",
        SaidGap = "said-gap",
        SaidGapAtLeast = "said-gap-at-least",
        Signals = "signals",
        Farther = "farther",
        FartherAtLeast = "farther-at-least",
        ThanElsewhere = "than-elsewhere",
        ThanBefore = "than-before",
        ThanIn = "than-in",
        AboutRound = "about-round",
        AboutForm = "about-form",
        AboutMethod = "about-method",
        AboutSmallest = "about-smallest",
        PaperNumbering = "paper-numbering",
        PaperReplaced = "paper-replaced",
    }
}

/// A text of the product that is missing or broken; a fault of the program, found by its tests.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the {language} text {id:?} of reports is missing or broken: {reason}")]
pub struct BrokenWords {
    language: String,
    id: String,
    reason: String,
}

/// What a text is filled with, by name.
pub(crate) type Filling<'a> = (&'static str, FluentValue<'a>);

/// The language of a page: its own sentences, and which of the questionnaire's texts it shows.
pub struct Words {
    language: Language,
    /// By the place of the text in [`Fixed`].
    fixed: Vec<String>,
    bundle: FluentBundle<FluentResource>,
}

/// The words of all languages, read once.
static READ: LazyLock<Vec<Result<Words, BrokenWords>>> = LazyLock::new(|| FILES.iter().map(|(tag, text)| Words::read(tag, text)).collect());

impl Words {
    /// The words of `language`, or English ones where there are none of it.
    ///
    /// # Errors
    /// [`BrokenWords`] when the product's own words cannot be read, which its tests rule out.
    pub fn in_language(language: &Language) -> Result<&'static Self, BrokenWords> {
        Self::at(FILES.iter().position(|(tag, _)| *tag == language.as_str()).unwrap_or_default())
    }

    /// English words.
    ///
    /// # Errors
    /// As [`Words::in_language`].
    pub fn english() -> Result<&'static Self, BrokenWords> {
        Self::at(0)
    }

    fn at(place: usize) -> Result<&'static Self, BrokenWords> {
        match READ.get(place) {
            Some(Ok(words)) => Ok(words),
            Some(Err(broken)) => Err(broken.clone()),
            None => Err(BrokenWords { language: String::new(), id: String::new(), reason: "there is no file".to_owned() }),
        }
    }

    fn read(tag: &str, text: &str) -> Result<Self, BrokenWords> {
        let broken = |reason: String| BrokenWords { language: tag.to_owned(), id: String::new(), reason };
        let locale = tag.parse().map_err(|e| broken(format!("{e:?}")))?;
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Without marks around fillings: pages escape them, and charts and tables show them as they are.
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| broken(format!("{errors:?}")))?;
        bundle.add_resource(resource).map_err(|errors| broken(format!("{errors:?}")))?;
        let language = Language::parse(tag).map_err(|e| broken(e.to_string()))?;
        if let Some(missing) = Filled::ALL.iter().find(|text| !bundle.has_message(text.id())) {
            return Err(broken(format!("{} is missing", missing.id())));
        }
        let mut words = Self { language, fixed: Vec::new(), bundle };
        words.fixed = Fixed::ALL.iter().map(|text| words.format(text.id(), &[])).collect::<Result<_, _>>()?;
        Ok(words)
    }

    /// The language that is really spoken: English where the one that was asked for is missing.
    #[must_use]
    pub const fn language(&self) -> &Language {
        &self.language
    }

    /// A text that is always the same.
    pub(crate) fn say(&self, text: Fixed) -> &str {
        self.fixed.get(text as usize).map_or("", String::as_str)
    }

    /// A text, filled.
    pub(crate) fn fill(&self, text: Filled, filling: &[Filling<'_>]) -> Result<String, BrokenWords> {
        self.format(text.id(), filling)
    }

    fn format(&self, id: &str, filling: &[Filling<'_>]) -> Result<String, BrokenWords> {
        let broken = |reason: String| BrokenWords { language: self.language.to_string(), id: id.to_owned(), reason };
        let pattern = self.bundle.get_message(id).and_then(|message| message.value()).ok_or_else(|| broken("no such text".to_owned()))?;
        let args: FluentArgs<'_> = filling.iter().cloned().collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if errors.is_empty() { Ok(text) } else { Err(broken(format!("{errors:?}"))) }
    }

    /// A text of the questionnaire: in this language, else in English, else in the first there is.
    pub(crate) fn of(&self, text: &Texts) -> String {
        let english = || text.iter().find(|(language, _)| language.as_str() == "en").map(|(_, text)| text);
        text.get(&self.language).or_else(english).or_else(|| text.values().next()).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
#[path = "catalogue_tests.rs"]
mod tests;
