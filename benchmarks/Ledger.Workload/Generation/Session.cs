namespace Ledger.Workload;

/// <summary>One student at work in one tool for a number of records. Mutable and reused.</summary>
internal sealed class Session
{
    private const int LengthLeast = 4;
    private const int LengthSpread = 24;
    private const int RevisionPerMille = 250;
    private const int ClosePerMille = 750;
    private const int LoginPerMille = 500;
    private const int PassMark = 60;

    private static readonly ActivityKind MoodleLogin =
        ActivityCatalogue.Find(LearningTool.Moodle, MoodleActivities.LoggedIn, "Log In");

    private static readonly ActivityKind CourseVisit =
        ActivityCatalogue.Find(LearningTool.Moodle, MoodleActivities.CourseViewed, "Viewed");

    private static readonly ActivityKind OpenBook =
        ActivityCatalogue.Find(LearningTool.BookRoll, BookRollActivities.Open, "Opened");

    private static readonly ActivityKind CloseBook =
        ActivityCatalogue.Find(LearningTool.BookRoll, BookRollActivities.Close, "Closed");

    private static readonly ActivityKind Navigation =
        ActivityCatalogue.Find(LearningTool.Caliper, CaliperActivities.Navigation, "Navigated To");

    private Student? student;
    private LearningTool tool;
    private int course;
    private int unit;
    private int page;
    private int remaining;
    private ActivityKind? last;

    /// <summary>One bit per kind of the tool that was done and not ended.</summary>
    private ulong done;

    internal bool IsOver => remaining == 0;

    /// <summary>Ends the session where it stands, as when the school day ends.</summary>
    internal void Break() => remaining = 0;

    /// <summary>Seats a student. Work is on the unit of the day, or in a quarter of cases on an earlier one.</summary>
    internal void Begin(Student next, int currentUnit, Xoshiro256 random)
    {
        student = next;
        tool = next.DrawTool(random);
        course = next.DrawCourse(random);
        unit = random.Chance(RevisionPerMille) ? random.Below(currentUnit + 1) : currentUnit;
        page = 1;
        remaining = LengthLeast + random.Below(LengthSpread);
        last = null;
        done = 0;
    }

    /// <summary>The next record of the session.</summary>
    internal LearningRecord Next(ulong seed, int number, long timeMilliseconds, Xoshiro256 random)
    {
        Student who = student ?? throw new InvalidOperationException("The session has not begun.");
        ActivityKind kind = Settle(Choose(who, random));
        (int? score, bool? success) = Judge(ref kind, who.Traits, random);
        last = kind;
        remaining--;
        return new LearningRecord(
            seed, number, who.Index, kind, timeMilliseconds, course, unit, DetailOf(kind, random), score, success);
    }

    private ActivityKind Choose(Student who, Xoshiro256 random)
    {
        if (last is null)
        {
            return tool switch
            {
                LearningTool.Moodle => random.Chance(LoginPerMille) ? MoodleLogin : CourseVisit,
                LearningTool.BookRoll => OpenBook,
                LearningTool.Caliper => Navigation,
                _ => throw new InvalidOperationException($"No session begins in {tool}."),
            };
        }

        if (remaining == 1 && tool == LearningTool.BookRoll && random.Chance(ClosePerMille))
        {
            return CloseBook;
        }

        return FollowUps.Draw(last, random) ?? who.DrawActivity(tool, random);
    }

    /// <summary>Replaces what cannot happen yet by what must come before it, and notes what was done.</summary>
    private ActivityKind Settle(ActivityKind wanted)
    {
        bool tooEarly = string.Equals(wanted.EventName, MoodleActivities.CourseCompleted, StringComparison.Ordinal)
            && unit < CourseCatalogue.UnitCount - 1;
        ActivityKind kind = tooEarly ? CourseVisit : wanted;
        while (kind.Requires is { } before && (done & BitOf(before)) == 0)
        {
            kind = before;
        }

        done |= BitOf(kind);
        if (kind is { Ends: true, Requires: { } ended })
        {
            done &= ~BitOf(ended);
        }

        return kind;
    }

    private static ulong BitOf(ActivityKind kind) => 1UL << kind.ToolIndex;

    /// <summary>A mark is 35, plus a twentieth of the ability, plus a scatter of up to 16 either way.</summary>
    private static (int? Score, bool? Success) Judge(ref ActivityKind kind, StudentTraits traits, Xoshiro256 random)
    {
        if (kind.Outcome == OutcomeKind.None)
        {
            return (null, null);
        }

        int scatter = (random.Below(501) + random.Below(501) - 500) / 3;
        int mark = Math.Clamp((350 + (traits.Ability / 2) + scatter) / 10, 0, 100);
        bool isAnswer = kind.Outcome == OutcomeKind.Answer;
        bool success = isAnswer ? random.Below(100) < mark : mark >= PassMark;
        if (success && kind.WhenSuccessful is { } other)
        {
            kind = other;
        }

        return (isAnswer ? null : mark, success);
    }

    private int DetailOf(ActivityKind kind, Xoshiro256 random) => kind.Object switch
    {
        ObjectKind.Site or ObjectKind.Course or ObjectKind.Resource or ObjectKind.Quiz or ObjectKind.Assignment
            or ObjectKind.Forum or ObjectKind.Package => 0,
        ObjectKind.Question => random.Below(CourseCatalogue.QuestionCount),
        ObjectKind.Discussion => random.Below(CourseCatalogue.QuestionCount),
        ObjectKind.Video => SecondOf(kind, random),
        ObjectKind.Book or ObjectKind.Document => Turn(kind, random),
        _ => throw new InvalidOperationException($"No detail is defined for {kind.Object}."),
    };

    private static int SecondOf(ActivityKind kind, Xoshiro256 random) => kind.Verb.Label switch
    {
        "Started" => 0,
        "Ended" => CourseCatalogue.VideoSeconds,
        _ => random.Below(CourseCatalogue.VideoSeconds),
    };

    /// <summary>Moves to the page that the operation leads to.</summary>
    private int Turn(ActivityKind kind, Xoshiro256 random)
    {
        int pages = CourseCatalogue.PagesOf(course, unit);
        bool jumps = kind.Tool == LearningTool.Caliper
            || kind.EventName.EndsWith(BookRollActivities.JumpSuffix, StringComparison.Ordinal);
        if (jumps)
        {
            page = 1 + random.Below(pages);
        }
        else if (string.Equals(kind.EventName, BookRollActivities.NextPage, StringComparison.Ordinal))
        {
            page = Math.Min(page + 1, pages);
        }
        else if (string.Equals(kind.EventName, BookRollActivities.PreviousPage, StringComparison.Ordinal))
        {
            page = Math.Max(page - 1, 1);
        }

        return page;
    }
}
