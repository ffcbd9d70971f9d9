using Ledger.Contracts.Verbs;

namespace Ledger.Workload.Tests;

/// <summary>The verbs that the catalogue takes from the table.</summary>
[TestFixture]
public sealed class VerbTests
{
    private static readonly string[] BookRollOperations =
    [
        "OPEN", "CLOSE", "NEXT", "PREV", "PAGE_JUMP", "GETIT", "NOTGETIT", "ADD MARKER", "DELETE MARKER", "ADD MEMO",
        "CHANGE MEMO", "DELETE_MEMO", "MEMO_JUMP", "ADD BOOKMARK", "DELETE BOOKMARK", "BOOKMARK_JUMP", "SEARCH",
        "SEARCH_JUMP", "LINK_CLICK", "ADD_HW_MEMO", "CLEAR_HW_MEMO", "UNDO_HW_MEMO", "REDO_HW_MEMO", "QUIZ_ANSWER",
        "QUIZ_ANSWER_CORRECT", "TIMER_START", "TIMER_PAUSE", "TIMER_STOP", "AUDIO_START", "AUDIO_PAUSE", "AUDIO_END",
        "OPEN_RECOMMENDATION", "CLOSE_RECOMMENDATION", "CLICK_RECOMMENDATION", "ADD_RECOMMENDATION",
        "DELETE_RECOMMENDATION", "REGIST CONTENTS", "SUBMIT CONTENTS", "DELETE CONTENTS", "ADD_SVG_PATH",
        "CHANGE_SVG_PATH", "MEMO_TEXT_CHANGE_HISTORY",
    ];

    [Test]
    public void Every_verb_in_use_is_in_the_table()
    {
        Assert.That(ActivityCatalogue.Verbs, Is.Unique.And.SubsetOf(VerbTable.Standard.All));
        Assert.That(ActivityCatalogue.All.Select(kind => ActivityCatalogue.Verbs[kind.VerbIndex]),
            Is.EqualTo(ActivityCatalogue.All.Select(kind => kind.Verb)));
    }

    [Test]
    public void BookRoll_has_its_42_operations()
    {
        Assert.That(BookRollOperations, Has.Length.EqualTo(42));
        Assert.That(ActivityCatalogue.Of(LearningTool.BookRoll).Select(kind => kind.EventName),
            Is.EquivalentTo(BookRollOperations));
    }

    [Test]
    public void Moodle_uses_the_verbs_of_its_plug_in()
    {
        string[] labels = ActivityCatalogue.Of(LearningTool.Moodle).Select(kind => kind.Verb.Label).ToArray();
        Assert.That(labels, Is.SupersetOf(
            new[] { "Viewed", "Answered", "Completed", "Scored", "Registered", "Commented", "Submitted", "Passed" }));
    }
}
