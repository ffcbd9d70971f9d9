using System.Collections.Frozen;

namespace Ledger.Node.Records.Caliper;

/// <summary>
/// Every event type with its actions, actors, objects, targets and results (1.1 and 1.2, appendix B, and the profiles
/// where they allow more). A type has several shapes where an action decides who may act.
/// </summary>
internal static class EventShapes
{
    private const CaliperVersion V1p1 = CaliperVersion.V1p1;
    private const CaliperVersion V1p2 = CaliperVersion.V1p2;

    private static readonly string[] Person = ["Person"];
    private static readonly string[] Agent = ["Agent"];
    private static readonly string[] Application = ["SoftwareApplication"];
    private static readonly string[] Resource = ["DigitalResource"];

    private static readonly FrozenDictionary<string, EventShape[]> ByType = ((IEnumerable<EventShape>)
        [.. Learning(), .. Discussion(), .. Media(), .. Tools(), .. Resources(), .. Surveys()])
        .GroupBy(shape => shape.Type)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    // A profile of 1.2 names the event types that it has.
    private static readonly FrozenDictionary<string, string[]> Profiles = new Dictionary<string, string[]>
    {
        ["AnnotationProfile"] = ["AnnotationEvent"],
        ["AssessmentProfile"] = ["AssessmentEvent", "AssessmentItemEvent", "NavigationEvent", "ViewEvent"],
        ["AssignableProfile"] = ["AssignableEvent", "NavigationEvent", "ViewEvent"],
        ["FeedbackProfile"] = ["FeedbackEvent", "NavigationEvent", "ViewEvent"],
        ["ForumProfile"] = ["ForumEvent", "MessageEvent", "NavigationEvent", "ThreadEvent", "ViewEvent"],
        ["GeneralProfile"] = ["Event"],
        ["GradingProfile"] = ["GradeEvent", "ViewEvent"],
        ["MediaProfile"] = ["MediaEvent", "NavigationEvent", "ViewEvent"],
        ["ReadingProfile"] = ["NavigationEvent", "ViewEvent"],
        ["ResourceManagementProfile"] = ["ResourceManagementEvent"],
        ["SearchProfile"] = ["SearchEvent"],
        ["SessionProfile"] = ["SessionEvent"],
        ["SurveyProfile"] =
        [
            "SurveyEvent", "SurveyInvitationEvent", "QuestionnaireEvent", "QuestionnaireItemEvent",
            "NavigationEvent", "ViewEvent",
        ],
        ["ToolLaunchProfile"] = ["ToolLaunchEvent"],
        ["ToolUseProfile"] = ["ToolUseEvent"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All shapes.</summary>
    public static IEnumerable<EventShape> All => ByType.Values.SelectMany(shapes => shapes);

    /// <summary>The shapes of an event type that a version has; none when it does not name the type.</summary>
    public static IReadOnlyList<EventShape> Of(string type, CaliperVersion version) =>
        ByType.TryGetValue(type, out EventShape[]? shapes) ? [.. shapes.Where(shape => shape.Since <= version)] : [];

    /// <summary>The event types of a profile, or null when there is no such profile.</summary>
    public static IReadOnlyList<string>? OfProfile(string profile) => Profiles.GetValueOrDefault(profile);

    private static IEnumerable<EventShape> Learning() =>
    [
        new("Event", [], Agent, [EntityTypes.Entity], V1p1),
        new("AnnotationEvent", ["Bookmarked", "Highlighted", "Shared", "Tagged"], Person, Resource, V1p1)
        {
            Targets = ["Frame"], Generated = ["Annotation"],
        },
        new("AssessmentEvent", ["Started", "Paused", "Resumed", "Restarted", "Reset", "Submitted"], Person,
            ["Assessment"], V1p1) { Generated = ["Attempt"] },
        new("AssessmentItemEvent", ["Started", "Skipped", "Completed"], Person, ["AssessmentItem"], V1p1)
        {
            Generated = ["Attempt", "Response"],
        },
        new("AssignableEvent", ["Activated", "Deactivated", "Started", "Completed", "Submitted", "Reviewed"], Person,
            ["AssignableDigitalResource"], V1p1) { Targets = ["Frame"], Generated = ["Attempt"] },
        new("GradeEvent", ["Graded"], Agent, ["Attempt"], V1p1) { Targets = [], Generated = ["Score"] },
        new("OutcomeEvent", ["Graded"], Agent, ["Attempt"], V1p1) { Targets = [], Generated = ["Result"] },
    ];

    private static IEnumerable<EventShape> Discussion() =>
    [
        new("ForumEvent", ["Subscribed", "Unsubscribed"], Person, ["Forum"], V1p1),
        new("MessageEvent", ["MarkedAsRead", "MarkedAsUnread", "Posted"], Person, ["Message"], V1p1),
        new("ThreadEvent", ["MarkedAsRead", "MarkedAsUnread"], Person, ["Thread"], V1p1),
        new("FeedbackEvent", ["Commented"], Person, [EntityTypes.Entity], V1p2)
        {
            Targets = ["Frame"], Generated = ["Comment"],
        },
        new("FeedbackEvent", ["Ranked"], Person, [EntityTypes.Entity], V1p2)
        {
            Targets = ["Frame"], Generated = ["Rating"],
        },
    ];

    private static IEnumerable<EventShape> Media() =>
    [
        new("MediaEvent",
            [
                "Started", "Ended", "Paused", "Resumed", "Restarted", "ForwardedTo", "JumpedTo", "ChangedResolution",
                "ChangedSize", "ChangedSpeed", "ChangedVolume", "EnabledClosedCaptioning",
                "DisabledClosedCaptioning", "EnteredFullScreen", "ExitedFullScreen", "Muted", "Unmuted",
                "OpenedPopout", "ClosedPopout",
            ],
            Person, ["MediaObject"], V1p1) { Targets = ["MediaLocation"] },
        new("NavigationEvent", ["NavigatedTo"], Person, ["DigitalResource", "SoftwareApplication"], V1p1)
        {
            Targets = Resource,
        },
        new("ReadingEvent", ["NavigatedTo", "Searched", "Viewed"], Person, Resource, V1p1) { Targets = ["Frame"] },
        new("ViewEvent", ["Viewed"], Person, ["DigitalResource", "Result"], V1p1) { Targets = Resource },
    ];

    private static IEnumerable<EventShape> Tools() =>
    [
        new("SessionEvent", ["LoggedIn"], Person, Application, V1p1)
        {
            Targets = ["DigitalResource", "Session"], Generated = ["Session"],
        },
        new("SessionEvent", ["LoggedOut"], Person, Application, V1p1) { Targets = ["DigitalResource", "Session"] },
        new("SessionEvent", ["TimedOut"], Application, ["Session"], V1p1),
        new("ToolUseEvent", ["Used"], Person, Application, V1p1) { Targets = Application },
        new("ToolLaunchEvent", ["Launched", "Returned"], Person, Application, V1p2)
        {
            Targets = ["Link", "LtiLink"], Generated = Resource,
        },
    ];

    private static IEnumerable<EventShape> Resources() =>
    [
        new("ResourceManagementEvent",
            [
                "Archived", "Copied", "Created", "Deleted", "Described", "Downloaded", "Modified", "Printed",
                "Published", "Restored", "Retrieved", "Saved", "Unpublished", "Uploaded",
            ],
            Person, Resource, V1p2) { Generated = Resource },
        new("SearchEvent", ["Searched"], Person, [EntityTypes.Entity], V1p2) { Generated = ["SearchResponse"] },
    ];

    private static IEnumerable<EventShape> Surveys() =>
    [
        new("SurveyEvent", ["OptedIn", "OptedOut"], Person, ["Survey"], V1p2),
        new("SurveyInvitationEvent", ["Accepted", "Declined", "Sent"], Person, ["SurveyInvitation"], V1p2),
        new("QuestionnaireEvent", ["Started", "Submitted"], Person, ["Questionnaire"], V1p2),
        new("QuestionnaireItemEvent", ["Started", "Skipped", "Completed"], Person, ["QuestionnaireItem"], V1p2)
        {
            Generated = ["Response"],
        },
    ];
}
