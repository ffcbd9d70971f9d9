namespace Ledger.Workload;

/// <summary>
/// The latent traits of one student, 0 to 1000 each, drawn from the population's seed and the student's index alone.
/// </summary>
/// <param name="Ability">Drives right answers and scores.</param>
/// <param name="Diligence">Drives how much a student does, and how much of it in the evening.</param>
/// <param name="Sociability">Drives forums and comments.</param>
/// <param name="Annotation">Drives markers, memos and bookmarks.</param>
/// <param name="ToolLean">-200 to 200 of 1000 sessions moved from BookRoll to Moodle.</param>
/// <param name="FavouriteCourse">The course that interests the student most.</param>
/// <param name="SecondCourse">The course that interests the student next.</param>
public sealed record StudentTraits(
    int Ability,
    int Diligence,
    int Sociability,
    int Annotation,
    int ToolLean,
    int FavouriteCourse,
    int SecondCourse)
{
    private const int ToolLeanMost = 200;

    /// <summary>Terms of a sum that makes a bell-shaped trait without floating point.</summary>
    private const int BellTerms = 4;

    /// <summary>The traits of a student.</summary>
    internal static StudentTraits Of(ulong seed, int studentIndex)
    {
        var random = new Xoshiro256(seed, StreamPurpose.Traits, (ulong)studentIndex);
        int favourite = random.Below(CourseCatalogue.CourseCount);
        int second = (favourite + 1 + random.Below(CourseCatalogue.CourseCount - 1)) % CourseCatalogue.CourseCount;
        return new StudentTraits(
            Bell(random),
            Bell(random),
            Bell(random),
            Bell(random),
            random.Below((2 * ToolLeanMost) + 1) - ToolLeanMost,
            favourite,
            second);
    }

    /// <summary>
    /// The factor in thousandths by which a trait bends a weight: 250 to 1750 around 1000 for the average student.
    /// </summary>
    internal int Factor(Trait trait) => trait switch
    {
        Trait.None => 1000,
        Trait.Ability => FactorOf(Ability),
        Trait.Struggle => FactorOf(1000 - Ability),
        Trait.Diligence => FactorOf(Diligence),
        Trait.Sociability => FactorOf(Sociability),
        Trait.Annotation => FactorOf(Annotation),
        _ => throw new ArgumentOutOfRangeException(nameof(trait), trait, "Not a trait."),
    };

    private static int FactorOf(int value) => 250 + (value * 3 / 2);

    private static int Bell(Xoshiro256 random)
    {
        int sum = 0;
        for (int term = 0; term < BellTerms; term++)
        {
            sum += random.Below((1000 / BellTerms) + 1);
        }

        return sum;
    }
}
