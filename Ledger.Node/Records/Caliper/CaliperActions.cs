using System.Collections.Frozen;
using Ledger.Client.Records;

namespace Ledger.Node.Records.Caliper;

/// <summary>The actions that Caliper names (1.1, appendix A; 1.2, appendix A), and the verbs that they are.</summary>
internal static class CaliperActions
{
    /// <summary>What turns an action's term into the IRI under which it is a verb.</summary>
    public const string Vocabulary = "http://purl.imsglobal.org/vocab/caliper/v1/action#";

    /// <summary>The same term's IRI as the context of 1.1 writes it.</summary>
    private const string TermBase = "http://purl.imsglobal.org/caliper/actions/";

    private const string OfV1p1 = """
        Abandoned Activated Added Attached Bookmarked ChangedResolution ChangedSize ChangedSpeed ChangedVolume
        Classified ClosedPopout Commented Completed Created Deactivated Deleted Described DisabledClosedCaptioning
        Disliked EnabledClosedCaptioning Ended EnteredFullScreen ExitedFullScreen ForwardedTo Graded Hid Highlighted
        Identified JumpedTo Liked Linked LoggedIn LoggedOut MarkedAsRead MarkedAsUnread Modified Muted NavigatedTo
        OpenedPopout Paused Posted Questioned Ranked Recommended Removed Replied Reset Restarted Resumed Retrieved
        Reviewed Rewound Searched Shared Showed Skipped Started Submitted Subscribed Tagged TimedOut Unmuted
        Unsubscribed Used Viewed
        """;

    private const string OfV1p2 = """
        Accepted Archived Copied Declined Downloaded Launched OptedIn OptedOut Printed Published Restored Returned
        Saved Sent Unpublished Uploaded
        """;

    private static readonly FrozenDictionary<string, CaliperVersion> Known =
        Terms(OfV1p1, CaliperVersion.V1p1).Concat(Terms(OfV1p2, CaliperVersion.V1p2)).ToFrozenDictionary();

    // The tables of 1.1 and its context spell these in two ways.
    private static readonly FrozenDictionary<string, string> Spellings = new Dictionary<string, string>
    {
        ["MarkedAsUnRead"] = "MarkedAsUnread",
        ["EnteredFullscreen"] = "EnteredFullScreen",
        ["ExitedFullscreen"] = "ExitedFullScreen",
    }.ToFrozenDictionary();

    /// <summary>All terms.</summary>
    public static IEnumerable<string> All => Known.Keys;

    /// <summary>
    /// The term of an action that is given as a term or as its IRI. Throws <see cref="RecordFormatException"/> for
    /// what the version does not name.
    /// </summary>
    public static string Term(JsonCursor action, CaliperVersion version)
    {
        string text = FieldRules.Text(action);
        string term = text.StartsWith(Vocabulary, StringComparison.Ordinal) ? text[Vocabulary.Length..]
            : text.StartsWith(TermBase, StringComparison.Ordinal) ? text[TermBase.Length..]
            : text;
        term = Spellings.GetValueOrDefault(term, term);
        return Known.TryGetValue(term, out CaliperVersion since) && since <= version
            ? term
            : throw FieldRules.Refuse(
                action.Path, "caliper.action", $"'{text}' is not an action of this version of Caliper.");
    }

    private static IEnumerable<KeyValuePair<string, CaliperVersion>> Terms(string terms, CaliperVersion since) => terms
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(term => KeyValuePair.Create(term, since));
}
