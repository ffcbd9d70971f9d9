namespace Ledger.Workload;

/// <summary>Moodle's events, by the class names that its log store records.</summary>
internal static class MoodleActivities
{
    /// <summary>The event of being enrolled in a course; every student's first record.</summary>
    internal const string Enrolled = @"\core\event\user_enrolment_created";

    /// <summary>The event of logging in, with which half of the sessions begin.</summary>
    internal const string LoggedIn = @"\core\event\user_loggedin";

    /// <summary>The event of opening a course, with which the other sessions begin.</summary>
    internal const string CourseViewed = @"\core\event\course_viewed";

    /// <summary>The event of completing a whole course, which only the last unit of the year allows.</summary>
    internal const string CourseCompleted = @"\core\event\course_completed";

    private const LearningTool Tool = LearningTool.Moodle;

    internal static void AddTo(CatalogueBuilder to)
    {
        AddVisits(to);
        AddQuizzes(to);
        AddAssignments(to);
        AddForums(to);
        AddPackages(to);
    }

    private static void AddVisits(CatalogueBuilder to)
    {
        to.Add(Tool, Enrolled, VerbIris.Adl + "registered", ObjectKind.Course, 0);
        to.Add(Tool, LoggedIn, VerbIris.Brindlewaye + "loggedin/", ObjectKind.Site, 10);
        to.Add(Tool, @"\core\event\user_loggedout", VerbIris.Brindlewaye + "loggedout/", ObjectKind.Site, 8);
        to.Add(Tool, CourseViewed, VerbIris.TinCan + "viewed", ObjectKind.Course, 150);
        to.Add(Tool, @"\mod_resource\event\course_module_viewed", VerbIris.TinCan + "viewed", ObjectKind.Resource, 150);
        to.Add(Tool, @"\core\event\course_module_completion_updated", VerbIris.Adl + "completed",
            ObjectKind.Resource, 30, Trait.Diligence);
        to.Add(Tool, CourseCompleted, VerbIris.Adl + "completed", ObjectKind.Course, 4, Trait.Diligence);
    }

    private static void AddQuizzes(CatalogueBuilder to)
    {
        to.Add(Tool, @"\mod_quiz\event\course_module_viewed", VerbIris.TinCan + "viewed", ObjectKind.Quiz, 60);
        ActivityKind started = to.Add(Tool, @"\mod_quiz\event\attempt_started", VerbIris.ActivityStreams + "start",
            ObjectKind.Quiz, 20);
        to.Add(Tool, @"\mod_quiz\event\attempt_submitted", VerbIris.Adl + "answered", ObjectKind.Question, 160,
            outcome: OutcomeKind.Answer, requires: started);
        ActivityKind completed = to.Add(Tool, @"\mod_quiz\event\attempt_submitted", VerbIris.Adl + "completed",
            ObjectKind.Quiz, 60, Trait.Diligence, OutcomeKind.Score, started, ends: true);
        ActivityKind passed = to.Add(Tool, @"\mod_quiz\event\attempt_graded", VerbIris.Adl + "passed",
            ObjectKind.Quiz, 0, outcome: OutcomeKind.Score);
        to.Add(Tool, @"\mod_quiz\event\attempt_graded", VerbIris.Adl + "failed", ObjectKind.Quiz, 50,
            outcome: OutcomeKind.Score, requires: completed, whenSuccessful: passed);
        to.Add(Tool, @"\mod_quiz\event\attempt_reviewed", VerbIris.TinCan + "reviewed", ObjectKind.Quiz, 20,
            Trait.Diligence, requires: completed);
    }

    private static void AddAssignments(CatalogueBuilder to)
    {
        to.Add(Tool, @"\mod_assign\event\course_module_viewed", VerbIris.TinCan + "viewed", ObjectKind.Assignment, 60);
        ActivityKind submitted = to.Add(Tool, @"\mod_assign\event\assessable_submitted",
            VerbIris.ActivityStreams + "submit", ObjectKind.Assignment, 45, Trait.Diligence);
        to.Add(Tool, @"\assignsubmission_file\event\submission_updated", VerbIris.ActivityStreams + "update",
            ObjectKind.Assignment, 15, Trait.Diligence, requires: submitted);
        to.Add(Tool, @"\mod_assign\event\submission_graded", VerbIris.Adl + "scored", ObjectKind.Assignment, 30,
            outcome: OutcomeKind.Score, requires: submitted);
    }

    private static void AddForums(CatalogueBuilder to)
    {
        to.Add(Tool, @"\mod_forum\event\course_module_viewed", VerbIris.TinCan + "viewed", ObjectKind.Forum, 40,
            Trait.Sociability);
        to.Add(Tool, @"\mod_forum\event\discussion_viewed", VerbIris.TinCan + "viewed", ObjectKind.Discussion, 40,
            Trait.Sociability);
        ActivityKind posted = to.Add(Tool, @"\mod_forum\event\post_created", VerbIris.TinCan + "replied",
            ObjectKind.Discussion, 14, Trait.Sociability);
        to.Add(Tool, @"\mod_forum\event\post_updated", VerbIris.Curatr + "edited", ObjectKind.Discussion, 4,
            Trait.Sociability, requires: posted);
        to.Add(Tool, @"\assignsubmission_comments\event\comment_created", VerbIris.Adl + "commented",
            ObjectKind.Assignment, 14, Trait.Sociability);
    }

    private static void AddPackages(CatalogueBuilder to)
    {
        ActivityKind launched = to.Add(Tool, @"\mod_scorm\event\sco_launched", VerbIris.Adl + "launched",
            ObjectKind.Package, 16);
        ActivityKind suspended = to.Add(Tool, @"\mod_scorm\event\status_submitted", VerbIris.Adl + "suspended",
            ObjectKind.Package, 6, requires: launched);
        to.Add(Tool, @"\mod_scorm\event\sco_launched", VerbIris.Adl + "resumed", ObjectKind.Package, 6,
            requires: suspended, ends: true);
        to.Add(Tool, @"\mod_scorm\event\scoreraw_submitted", VerbIris.Adl + "scored", ObjectKind.Package, 8,
            outcome: OutcomeKind.Score, requires: launched);
    }
}
