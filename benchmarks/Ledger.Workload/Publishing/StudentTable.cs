namespace Ledger.Workload;

/// <summary>The columns in which students are published, with the traits from which their records were drawn.</summary>
internal static class StudentTable
{
    internal static IReadOnlyList<PublishedColumn<int>> Columns(Population population) =>
    [
        new("student", "number, from 0", student => student),
        new("school", "north, south, east or west", student => Schools.OfStudent(student).Key),
        new("moodle_name", "account name in Moodle and, as the last part of the IRI, in Caliper", student =>
            Accounts.MoodleName(population.Seed, student)),
        new("bookroll_name", "account name in BookRoll", student =>
            Accounts.BookRollName(population.Seed, student)),
        new("ability", "latent trait, 0 to 1000: right answers and scores", student =>
            population.TraitsOf(student).Ability),
        new("diligence", "latent trait, 0 to 1000: how much, and how much of it in the evening", student =>
            population.TraitsOf(student).Diligence),
        new("sociability", "latent trait, 0 to 1000: forums and comments", student =>
            population.TraitsOf(student).Sociability),
        new("annotation", "latent trait, 0 to 1000: markers, memos, bookmarks", student =>
            population.TraitsOf(student).Annotation),
        new("tool_lean", "-200 to 200 of 1,000 sessions moved from BookRoll to Moodle", student =>
            population.TraitsOf(student).ToolLean),
        new("favourite_course", "course with three times the weight", student =>
            population.TraitsOf(student).FavouriteCourse),
        new("second_course", "course with twice the weight", student =>
            population.TraitsOf(student).SecondCourse),
    ];
}
