namespace Ledger.Workload;

/// <summary>Caliper's events, by event type and action.</summary>
internal static class CaliperActivities
{
    /// <summary>The event of looking at a document; every student's second record.</summary>
    internal const string View = "ViewEvent";

    /// <summary>The event of going to a document, with which every session in the reader begins.</summary>
    internal const string Navigation = "NavigationEvent";

    internal static void AddTo(CatalogueBuilder to)
    {
        Add(to, View, "Viewed", ObjectKind.Document, 300);
        Add(to, Navigation, "NavigatedTo", ObjectKind.Document, 200);
        ActivityKind loggedIn = Add(to, "SessionEvent", "LoggedIn", ObjectKind.Site, 20);
        Add(to, "SessionEvent", "LoggedOut", ObjectKind.Site, 15, requires: loggedIn, ends: true);
        Add(to, "AnnotationEvent", "Bookmarked", ObjectKind.Document, 25, Trait.Annotation);
        Add(to, "AnnotationEvent", "Highlighted", ObjectKind.Document, 50, Trait.Annotation);
        ActivityKind started = Add(to, "AssessmentEvent", "Started", ObjectKind.Quiz, 30);
        Add(to, "AssessmentItemEvent", "Completed", ObjectKind.Question, 90, requires: started);
        Add(to, "AssessmentItemEvent", "Skipped", ObjectKind.Question, 15, Trait.Struggle, started);
        Add(to, "AssessmentEvent", "Submitted", ObjectKind.Quiz, 30, Trait.Diligence, started, ends: true);
        ActivityKind playing = Add(to, "MediaEvent", "Started", ObjectKind.Video, 40);
        ActivityKind paused = Add(to, "MediaEvent", "Paused", ObjectKind.Video, 30, requires: playing);
        Add(to, "MediaEvent", "Resumed", ObjectKind.Video, 25, requires: paused, ends: true);
        Add(to, "MediaEvent", "Ended", ObjectKind.Video, 25, Trait.Diligence, playing, ends: true);
        Add(to, "ForumEvent", "Subscribed", ObjectKind.Forum, 8, Trait.Sociability);
    }

    private static ActivityKind Add(
        CatalogueBuilder to,
        string eventType,
        string action,
        ObjectKind about,
        int weight,
        Trait trait = Trait.None,
        ActivityKind? requires = null,
        bool ends = false) =>
        to.Add(
            LearningTool.Caliper,
            eventType,
            VerbIris.Caliper + action,
            about,
            weight,
            trait,
            requires: requires,
            ends: ends);
}
