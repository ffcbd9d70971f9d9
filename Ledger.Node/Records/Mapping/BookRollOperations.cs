using System.Collections.Frozen;

namespace Ledger.Node.Records.Mapping;

/// <summary>
/// The verbs of BookRoll's operations. BookRoll's log names an operation by a word of its own, with spaces or with
/// underscores; each of the 42 is the xAPI verb that comes nearest. A name that is not among them is kept: its verb is
/// an IRI below BookRoll's own address.
/// </summary>
public static class BookRollOperations
{
    private const string ActivityStreams = "http://activitystrea.ms/schema/1.0/";
    private const string Adl = "http://adlnet.gov/expapi/verbs/";
    private const string TinCan = "http://id.tincanapi.com/verb/";
    private const string Annotator = "http://risc-inc.com/annotator/verbs/";
    private const string DigitalKnowledge = "http://www.digital-knowledge.co.jp/tincanapi/verbs/";
    private const string UnknownPath = "/operations/";

    private static readonly FrozenDictionary<string, string> Verbs = new Dictionary<string, string>
    {
        ["OPEN"] = ActivityStreams + "open",
        ["CLOSE"] = ActivityStreams + "close",
        ["NEXT"] = ActivityStreams + "read",
        ["PREV"] = ActivityStreams + "read",
        ["PAGE_JUMP"] = ActivityStreams + "read",
        ["GETIT"] = ActivityStreams + "acknowledge",
        ["NOTGETIT"] = TinCan + "requested-attention",
        ["ADD_MARKER"] = Annotator + "annotated",
        ["DELETE_MARKER"] = ActivityStreams + "remove",
        ["ADD_BOOKMARK"] = TinCan + "bookmarked",
        ["DELETE_BOOKMARK"] = ActivityStreams + "unsave",
        ["BOOKMARK_JUMP"] = ActivityStreams + "access",
        ["ADD_MEMO"] = Adl + "commented",
        ["CHANGE_MEMO"] = Annotator + "modified",
        ["DELETE_MEMO"] = ActivityStreams + "delete",
        ["MEMO_JUMP"] = ActivityStreams + "access",
        ["MEMO_TEXT_CHANGE_HISTORY"] = Annotator + "modified",
        ["ADD_HW_MEMO"] = DigitalKnowledge + "drew",
        ["UNDO_HW_MEMO"] = ActivityStreams + "retract",
        ["REDO_HW_MEMO"] = ActivityStreams + "append",
        ["CLEAR_HW_MEMO"] = TinCan + "discarded",
        ["ADD_SVG_PATH"] = DigitalKnowledge + "drew",
        ["CHANGE_SVG_PATH"] = ActivityStreams + "update",
        ["SEARCH"] = ActivityStreams + "search",
        ["SEARCH_JUMP"] = ActivityStreams + "find",
        ["LINK_CLICK"] = ActivityStreams + "access",
        ["QUIZ_ANSWER"] = Adl + "answered",
        ["QUIZ_ANSWER_CORRECT"] = Adl + "passed",
        ["TIMER_START"] = ActivityStreams + "start",
        ["TIMER_PAUSE"] = TinCan + "paused",
        ["TIMER_STOP"] = Adl + "terminated",
        ["AUDIO_START"] = ActivityStreams + "play",
        ["AUDIO_PAUSE"] = TinCan + "paused",
        ["AUDIO_END"] = ActivityStreams + "listen",
        ["OPEN_RECOMMENDATION"] = TinCan + "previewed",
        ["CLICK_RECOMMENDATION"] = TinCan + "selected",
        ["CLOSE_RECOMMENDATION"] = ActivityStreams + "close",
        ["ADD_RECOMMENDATION"] = ActivityStreams + "add",
        ["DELETE_RECOMMENDATION"] = ActivityStreams + "ignore",
        ["REGIST_CONTENTS"] = ActivityStreams + "create",
        ["SUBMIT_CONTENTS"] = ActivityStreams + "submit",
        ["DELETE_CONTENTS"] = ActivityStreams + "delete",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names that have a verb, with underscores.</summary>
    public static IReadOnlyCollection<string> Names => Verbs.Keys;

    /// <summary>The verb's IRI of an operation, in any of its spellings, of the BookRoll at that address.</summary>
    public static string VerbOf(string operation, string bookRollAddress)
    {
        string name = operation.Trim().Replace(' ', '_').ToUpperInvariant();
        return Verbs.TryGetValue(name, out string? verb)
            ? verb
            : bookRollAddress.TrimEnd('/') + UnknownPath + Uri.EscapeDataString(name);
    }
}
