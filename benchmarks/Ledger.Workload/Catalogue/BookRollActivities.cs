namespace Ledger.Workload;

/// <summary>
/// BookRoll's 42 operation names, spelled as its event log spells them (some with a space, some with an underscore),
/// each with the xAPI verb that comes nearest. The mapping is ours; docs/workload.md tabulates it.
/// </summary>
internal static class BookRollActivities
{
    /// <summary>The operation with which every session in BookRoll begins.</summary>
    internal const string Open = "OPEN";

    /// <summary>The operation with which most sessions in BookRoll end.</summary>
    internal const string Close = "CLOSE";

    /// <summary>Turns to the next page.</summary>
    internal const string NextPage = "NEXT";

    /// <summary>Turns to the page before.</summary>
    internal const string PreviousPage = "PREV";

    /// <summary>What every operation ends with that goes straight to some page.</summary>
    internal const string JumpSuffix = "_JUMP";

    internal static void AddTo(CatalogueBuilder to)
    {
        AddReading(to);
        AddMarks(to);
        AddMemos(to);
        AddPen(to);
        AddSearches(to);
        AddQuizAndTimers(to);
        AddRecommendations(to);
        AddContents(to);
    }

    private static void AddReading(CatalogueBuilder to)
    {
        Add(to, Open, VerbIris.ActivityStreams + "open", 0);
        Add(to, Close, VerbIris.ActivityStreams + "close", 0);
        Add(to, NextPage, VerbIris.ActivityStreams + "read", 480);
        Add(to, PreviousPage, VerbIris.ActivityStreams + "read", 160);
        Add(to, "PAGE_JUMP", VerbIris.ActivityStreams + "read", 50);
        Add(to, "GETIT", VerbIris.ActivityStreams + "acknowledge", 18, Trait.Ability);
        Add(to, "NOTGETIT", VerbIris.TinCan + "requested-attention", 12, Trait.Struggle);
    }

    private static void AddMarks(CatalogueBuilder to)
    {
        ActivityKind marker = Add(to, "ADD MARKER", VerbIris.Annotator + "annotated", 60, Trait.Annotation);
        Add(to, "DELETE MARKER", VerbIris.ActivityStreams + "remove", 12, Trait.Annotation, marker, ends: true);
        ActivityKind bookmark = Add(to, "ADD BOOKMARK", VerbIris.TinCan + "bookmarked", 12, Trait.Annotation);
        Add(to, "DELETE BOOKMARK", VerbIris.ActivityStreams + "unsave", 4, Trait.Annotation, bookmark, ends: true);
        Add(to, "BOOKMARK_JUMP", VerbIris.ActivityStreams + "access", 10, Trait.Annotation, bookmark);
    }

    private static void AddMemos(CatalogueBuilder to)
    {
        ActivityKind memo = Add(to, "ADD MEMO", VerbIris.Adl + "commented", 24, Trait.Annotation);
        Add(to, "CHANGE MEMO", VerbIris.Annotator + "modified", 7, Trait.Annotation, memo);
        Add(to, "DELETE_MEMO", VerbIris.ActivityStreams + "delete", 3, Trait.Annotation, memo, ends: true);
        Add(to, "MEMO_JUMP", VerbIris.ActivityStreams + "access", 6, Trait.Annotation, memo);
        Add(to, "MEMO_TEXT_CHANGE_HISTORY", VerbIris.Annotator + "modified", 6, Trait.Annotation, memo);
    }

    private static void AddPen(CatalogueBuilder to)
    {
        ActivityKind stroke = Add(to, "ADD_HW_MEMO", VerbIris.DigitalKnowledge + "drew", 34, Trait.Annotation);
        ActivityKind undone =
            Add(to, "UNDO_HW_MEMO", VerbIris.ActivityStreams + "retract", 8, Trait.Annotation, stroke);
        Add(to, "REDO_HW_MEMO", VerbIris.ActivityStreams + "append", 3, Trait.Annotation, undone, ends: true);
        Add(to, "CLEAR_HW_MEMO", VerbIris.TinCan + "discarded", 3, Trait.Annotation, stroke, ends: true);
        ActivityKind path = Add(to, "ADD_SVG_PATH", VerbIris.DigitalKnowledge + "drew", 8, Trait.Annotation);
        Add(to, "CHANGE_SVG_PATH", VerbIris.ActivityStreams + "update", 3, Trait.Annotation, path);
    }

    private static void AddSearches(CatalogueBuilder to)
    {
        ActivityKind search = Add(to, "SEARCH", VerbIris.ActivityStreams + "search", 12, Trait.Diligence);
        Add(to, "SEARCH_JUMP", VerbIris.ActivityStreams + "find", 10, Trait.Diligence, search);
        Add(to, "LINK_CLICK", VerbIris.ActivityStreams + "access", 10);
    }

    private static void AddQuizAndTimers(CatalogueBuilder to)
    {
        ActivityKind correct = to.Add(LearningTool.BookRoll, "QUIZ_ANSWER_CORRECT", VerbIris.Adl + "passed",
            ObjectKind.Book, 0, outcome: OutcomeKind.Answer);
        to.Add(LearningTool.BookRoll, "QUIZ_ANSWER", VerbIris.Adl + "answered", ObjectKind.Book, 24,
            outcome: OutcomeKind.Answer, whenSuccessful: correct);
        ActivityKind timer = Add(to, "TIMER_START", VerbIris.ActivityStreams + "start", 5, Trait.Diligence);
        Add(to, "TIMER_PAUSE", VerbIris.TinCan + "paused", 2, Trait.Diligence, timer);
        Add(to, "TIMER_STOP", VerbIris.Adl + "terminated", 4, Trait.Diligence, timer, ends: true);
        ActivityKind audio = Add(to, "AUDIO_START", VerbIris.ActivityStreams + "play", 6);
        Add(to, "AUDIO_PAUSE", VerbIris.TinCan + "paused", 3, Trait.None, audio);
        Add(to, "AUDIO_END", VerbIris.ActivityStreams + "listen", 4, Trait.None, audio, ends: true);
    }

    private static void AddRecommendations(CatalogueBuilder to)
    {
        ActivityKind opened = Add(to, "OPEN_RECOMMENDATION", VerbIris.TinCan + "previewed", 9);
        Add(to, "CLICK_RECOMMENDATION", VerbIris.TinCan + "selected", 5, Trait.Diligence, opened);
        Add(to, "CLOSE_RECOMMENDATION", VerbIris.ActivityStreams + "close", 5, Trait.None, opened, ends: true);
        ActivityKind added = Add(to, "ADD_RECOMMENDATION", VerbIris.ActivityStreams + "add", 2, Trait.Sociability);
        Add(to, "DELETE_RECOMMENDATION", VerbIris.ActivityStreams + "ignore", 1, Trait.Sociability, added, ends: true);
    }

    private static void AddContents(CatalogueBuilder to)
    {
        ActivityKind registered = Add(to, "REGIST CONTENTS", VerbIris.ActivityStreams + "create", 2, Trait.Diligence);
        Add(to, "SUBMIT CONTENTS", VerbIris.ActivityStreams + "submit", 2, Trait.Diligence, registered);
        Add(to, "DELETE CONTENTS", VerbIris.ActivityStreams + "delete", 1, Trait.Diligence, registered, ends: true);
    }

    private static ActivityKind Add(
        CatalogueBuilder to,
        string operation,
        string verbIri,
        int weight,
        Trait trait = Trait.None,
        ActivityKind? requires = null,
        bool ends = false) =>
        to.Add(
            LearningTool.BookRoll, operation, verbIri, ObjectKind.Book, weight, trait, requires: requires, ends: ends);
}
